/** The mark: a mortise and a tenon. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M3 6h10v6h7v8h-7v6H3z" />
      <path fill="currentColor" opacity=".5" d="M15 6h14v20H15v-4h7V10h-7z" />
    </svg>
  );
}
