/** The mark: an open book whose left leaf carries the margin rule. Decorative; the word beside it names it. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        d="M2.5 4.5h8a1.5 1.5 0 0 1 1.5 1.5v14.5a2 2 0 0 0-2-1.5H2.5z"
        fill="var(--sheet)"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      <path
        d="M21.5 4.5h-8A1.5 1.5 0 0 0 12 6v14.5a2 2 0 0 1 2-1.5h7.5z"
        fill="var(--sheet)"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      <path d="M5.25 5v13.5M6.75 5v13.5" stroke="var(--margin-rule)" strokeWidth="0.75" />
      <path d="M14.5 9.25h4.5M14.5 12h4.5M14.5 14.75h4.5" stroke="var(--accent)" strokeWidth="1" />
    </svg>
  );
}
