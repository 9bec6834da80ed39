/** Inks by which accounts and people are told apart: of one, always the same, chosen by number and never by meaning. */
const inks = [
  "[--hue:var(--tile-blue)]",
  "[--hue:var(--tile-green)]",
  "[--hue:var(--tile-brick)]",
  "[--hue:var(--tile-plum)]",
  "[--hue:var(--tile-ochre)]",
  "[--hue:var(--tile-teal)]",
] as const;

/** The ink of an account or a customer, by the digits at the end of its number. */
export function inkOf(number: string): string {
  const last = Number(number.replace(/\D/g, "").slice(-6)) || 0;
  return inks[(last + inks.length - 1) % inks.length] ?? inks[0];
}

const sizes = { small: "size-6.5 text-[1rem]", large: "size-10 text-[1.375rem]" } as const;

/** The letter of an account on its ink. Decorative: its name stands beside it. */
export function Tile({ name, number, size = "small" }: { name: string; number: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      className={`${inkOf(number)} ${sizes[size]} grid flex-none place-items-center rounded-control bg-[color-mix(in_oklab,var(--hue)_15%,var(--sheet))] font-serif leading-none text-(--hue) ring-1 ring-[color-mix(in_oklab,var(--hue)_30%,transparent)] ring-inset`}
    >
      {firstLetter(name)}
    </span>
  );
}

/** The initials of a person. Decorative. */
export function Face({ name, number }: { name: string; number: string }) {
  return (
    <span
      aria-hidden="true"
      className={`${inkOf(number)} grid size-7.5 flex-none place-items-center rounded-full bg-[color-mix(in_oklab,var(--hue)_16%,var(--sheet))] text-xs leading-none font-semibold text-(--hue)`}
    >
      {initials(name)}
    </span>
  );
}

const firstLetter = (text: string) => [...text.trim()][0]?.toLocaleUpperCase("en") ?? "";

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word ?? "")).join("");
}
