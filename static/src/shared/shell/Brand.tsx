/** The mark: a mortise and a tenon. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M4 6h12v6h6V6h6v20H16v-6h-6v6H4z" />
    </svg>
  );
}
