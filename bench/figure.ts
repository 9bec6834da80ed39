/** One line of what a benchmark found. `ratio`: to what was measured beside it in the same run; a smoke figure is never quoted. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  /** Events in the log, where that matters. */
  rows?: number;
  clients: number;
  seconds: number;
  durable: boolean;
  smoke: boolean;
  ratio: Readonly<Record<string, number>>;
};

/** `values` over each of `peers` named, to two digits behind the point; peers without a figure are left out. */
export function ratios(value: number, peers: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(peers).flatMap(([name, peer]) => (peer ? [[name, Number((value / peer).toFixed(2))]] : [])),
  );
}
