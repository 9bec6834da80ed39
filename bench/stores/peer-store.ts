/**
 * A library that Daybook is measured beside, with the same small account on it: an event is a deposit of about 300 bytes, the state a balance
 * and the number of events. On the same server, through a pool as wide as ours.
 */
export type PeerStore = {
  /** One event to a new stream. */
  append(): Promise<unknown>;
  /** Name of a stream that nothing is in yet. */
  newStream(): string;
  /** Loads, decides and appends one event; tried again at once until it is through, as often as it takes. */
  command(stream: string): Promise<void>;
  /** The state from all events of the stream. Returns how many there were. */
  load(stream: string): Promise<number>;
  /** Puts so many events into a new stream. */
  seed(stream: string, events: number): Promise<void>;
  close(): Promise<void>;
};

export type PeerName = "emmett" | "evtstore" | "castore";

const triesMax = 500;

/** What each of them stores of a deposit. */
export const deposited = { minorUnits: "100", currency: "EUR", reference: "x".repeat(150) };
export const context = {
  actor: "usr_01jd0000000000000000000001",
  correlationId: "cmd_01jd0000000000000000000001",
  channel: "web",
};

/** Tries again while `conflict` says that somebody else was first. */
export async function retried(attempt: () => Promise<unknown>, conflict: RegExp): Promise<void> {
  for (let tries = 0; tries < triesMax; tries++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!conflict.test(`${(error as { code?: unknown }).code} ${String(error)}`)) throw error;
    }
  }
  throw new Error(`a command lost ${triesMax} times`);
}
