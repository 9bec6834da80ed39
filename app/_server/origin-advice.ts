/** At most one line a minute, however many forms are refused. */
const everyMs = 60_000;

type Refused = { origin: string; expected: readonly string[] };
type Line = (facts: { origin: string; expected: readonly string[]; refusedSince: number }, text: string) => void;

/** Tells the operator which address to set, when a browser says that a refused form came from the page's own address. */
export function createOriginAdvice(line: Line, now: () => number = Date.now) {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let refusedSince = 0;
  return ({ origin, expected }: Refused): void => {
    refusedSince += 1;
    if (now() - saidAtMs < everyMs) return;
    line(
      { origin, expected, refusedSince },
      `forms are refused: people use Daybook at ${origin}, which it does not know. Set DAYBOOK_ORIGIN=${origin} and start it again`,
    );
    saidAtMs = now();
    refusedSince = 0;
  };
}
