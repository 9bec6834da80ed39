import type { MomentProblem } from "./moment-problem";
import type { Named } from "./spans";

/** How a moment is read while it is typed. Instants are ISO, UTC. */
export type LiveReading =
  | { kind: "read"; instant: string; named: Named; spoken: string }
  /** Each choice is what to write instead, which is then read. */
  | { kind: "refused"; code: MomentProblem["code"]; text: string; choices: readonly string[] }
  | { kind: "signed_out" }
  /** The bank could not say, or could not be asked. */
  | { kind: "unknown" };

const askMsMax = 8_000;

export type Typed = { text: string; zone: string; opening?: Date | undefined };

/** Asks the bank. Undefined: something else is asked by now. */
export async function askReading({ text, zone, opening }: Typed, stop: AbortSignal): Promise<LiveReading | undefined> {
  const query = new URLSearchParams({ text, zone, ...(opening && { opening: opening.toISOString() }) });
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(askMsMax)]);
    const response = await fetch(`/api/moment?${query}`, { cache: "no-store", redirect: "manual", signal });
    const { daybook } = (await response.json()) as { daybook?: LiveReading };
    return stop.aborted ? undefined : (daybook ?? { kind: "unknown" });
  } catch {
    return stop.aborted ? undefined : { kind: "unknown" };
  }
}
