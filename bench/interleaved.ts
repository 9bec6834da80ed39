import { type Figure, rounded } from "./figure";
import { median } from "./median";

export type Sample = { value: number; p50Ms?: number; p99Ms?: number; seconds?: number };

/** Something measured in every round. */
export type Series = Facts & {
  name: string;
  run: () => Promise<Sample>;
  /** A peer that fails is told of in its row, and ends nothing. */
  peer?: boolean;
  /** What its ratios are to, by their names in the figure: other series of the same run. */
  over?: Readonly<Record<string, string>>;
};

type Facts = Pick<Figure, "unit" | "rows" | "clients" | "durable" | "smoke"> & { seconds?: number };

/** Runs every series once a round, one after the other, so that what else the machine does falls on all of them. Medians. */
export async function interleaved(all: readonly Series[], rounds: number): Promise<Figure[]> {
  const samples = new Map<string, Sample[]>(all.map(({ name }) => [name, []]));
  const failed = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const { name, run, peer } of all) {
      if (failed.has(name)) continue;
      try {
        samples.get(name)?.push(await run());
      } catch (error) {
        if (!peer) throw error;
        failed.set(name, String(error).slice(0, 200));
      }
    }
  }
  const of = (name: string): Sample[] => (failed.has(name) ? [] : (samples.get(name) ?? []));
  return all.map(({ run: _, peer: __, over = {}, name, ...facts }) => {
    const own = of(name);
    const ratio = Object.entries(over).flatMap(([label, base]) => ratioOf(own, of(base)).map((value) => [label, value] as const));
    const failure = failed.get(name);
    return {
      name,
      value: own.length > 0 ? rounded(median(own.map(({ value }) => value))) : null,
      ...facts,
      seconds: facts.seconds ?? 0,
      ...medianOf("seconds", own),
      rounds,
      ...medianOf("p50Ms", own),
      ...medianOf("p99Ms", own),
      ratio: Object.fromEntries(ratio),
      ...(failure !== undefined && { failed: failure }),
    };
  });
}

/** Round by round, since the next round may find another machine. */
function ratioOf(own: readonly Sample[], base: readonly Sample[]): number[] {
  const ratios = own.flatMap(({ value }, round) => value / (base[round]?.value ?? Number.NaN)).filter(Number.isFinite);
  return ratios.length > 0 ? [Number(median(ratios).toPrecision(3))] : [];
}

function medianOf(what: "p50Ms" | "p99Ms" | "seconds", own: readonly Sample[]) {
  const values = own.flatMap((sample) => sample[what] ?? []);
  return values.length > 0 ? { [what]: rounded(median(values)) } : {};
}
