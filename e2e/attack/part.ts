import type { AttackedBank } from "./attacked-bank";

/** What became of one attack. `fell`: the smallest repeats of what did not hold; `skipped`: why it was not tried. */
export type Finding = {
  readonly attack: string;
  readonly tries: number;
  readonly fell: readonly string[];
  readonly skipped?: string;
};

type Findings = readonly Finding[];

/**
 * Attacks of one kind. Each part is a file of its own beside this one. What `begin` starts goes on during all other parts, and is asked for
 * its findings last.
 */
export type Part = { readonly name: string } & (
  | { run(bank: AttackedBank, signal: AbortSignal): Promise<Findings> }
  | { begin(bank: AttackedBank): Promise<() => Promise<Findings>> }
);

const repeatsMax = 5;

/** Counts the tries of one attack. `expect` says how to repeat what did not hold; the shortest repeats are kept. */
export function attack(name: string) {
  let tries = 0;
  const fell = new Set<string>();
  return {
    expect(held: boolean, repeat: string): void {
      tries += 1;
      if (!held) fell.add(repeat);
    },
    finding(): Finding {
      const shortest = [...fell].sort((a, b) => a.length - b.length).slice(0, repeatsMax);
      const more = fell.size - shortest.length;
      return { attack: name, tries, fell: more > 0 ? [...shortest, `and ${more} more`] : shortest };
    },
  };
}

export type Attack = ReturnType<typeof attack>;
