/** Wall clock time in a named zone to a moment and back; the browser's own zone never matters. */

/** The offset of `zone` at `at`, in minutes east of UTC. */
export function offset(zone: string, at: Date): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  const p: Record<string, number> = {};
  for (const part of format.formatToParts(at)) p[part.type] = Number(part.value);
  const wall = Date.UTC(
    p.year ?? 0,
    (p.month ?? 1) - 1,
    p.day ?? 1,
    p.hour ?? 0,
    p.minute ?? 0,
    p.second ?? 0,
  );
  return Math.round((wall - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** `2026-11-21T10:32` on the wall of `zone` as an ISO moment with offset. */
export function toMoment(wall: string, zone: string): string {
  const asUtc = new Date(`${wall.length === 16 ? `${wall}:00` : wall}Z`);
  let minutes = offset(zone, asUtc);
  minutes = offset(zone, new Date(asUtc.getTime() - minutes * 60_000));
  const sign = minutes < 0 ? "-" : "+";
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${asUtc.toISOString().slice(0, 19)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** An ISO moment as `2026-11-21T10:32:00` on the wall of `zone`. */
export function toWall(moment: string, zone: string): string {
  const at = new Date(moment);
  return new Date(at.getTime() + offset(zone, at) * 60_000).toISOString().slice(0, 19);
}
