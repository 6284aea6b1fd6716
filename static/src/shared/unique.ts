/** A name for one request that nobody else uses: also on pages without TLS, where the browser's own
 * `crypto.randomUUID` is missing. */
export function uniqueKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
