/** What the bank knows of a command. */
export type LookedUp =
  /** Booked: its page. */
  | { kind: "done"; to: string }
  | { kind: "refused"; title: string; text: string }
  /** It is being decided. */
  | { kind: "deciding" }
  /** It is not in the book. */
  | { kind: "absent" }
  | { kind: "signed_out" }
  /** The bank could not say, or could not be asked. */
  | { kind: "unknown" };

const askMsMax = 8_000;
const waitsMs = [300, 1_000, 2_000, 3_000, 5_000, 8_000, ...Array<number>(10).fill(10_000)]; // about two minutes
const absentLooks = 3; // as often it was not there, in 3 s: what was on its way has arrived by then

/** Looks again and again, further and further apart, until the answer stands or the looks are used up. Undefined: the page was left. */
export async function findOut(commandId: string, left: AbortSignal): Promise<LookedUp | undefined> {
  let absent = 0;
  for (const waitMs of waitsMs) {
    await pause(waitMs, left);
    if (left.aborted) return undefined;
    const found = await lookUp(commandId);
    if (found.kind === "done" || found.kind === "refused" || found.kind === "signed_out") return found;
    absent = found.kind === "absent" ? absent + 1 : 0;
    if (absent >= absentLooks) return found;
  }
  return { kind: "unknown" };
}

const kinds: readonly string[] = ["done", "refused", "deciding", "absent", "signed_out"] satisfies LookedUp["kind"][];

async function lookUp(commandId: string): Promise<LookedUp> {
  try {
    const asked = { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(askMsMax) } as const;
    const response = await fetch(`/api/commands/${commandId}`, asked);
    const { daybook } = (await response.json()) as { daybook?: LookedUp };
    return daybook && kinds.includes(daybook.kind) ? daybook : { kind: "unknown" };
  } catch {
    return { kind: "unknown" };
  }
}

function pause(ms: number, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    left.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
