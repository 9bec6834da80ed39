/** What a run asked and was told. Plain text and digits only: the checker believes nobody's types. */

export type Who = { userId: string; partyId: string };

export type Ask =
  | { kind: "deposit" | "withdraw"; accountId: string; minorUnits: string; text?: string | undefined }
  | { kind: "close"; accountId: string }
  | { kind: "open" };

export type CommandAnswer =
  | { kind: "done"; position: string; events: string[]; recordedAt: string; replayed: boolean }
  | { kind: "refused"; refusal: Refusal; position: string; replayed: boolean }
  | { kind: "mismatch"; fields: string[] }
  | { kind: "not_found" | "busy" | "checking" | "failed" };

export type Refusal = { code: string; available?: Amount; balance?: Amount; asked?: Amount };
type Amount = { minorUnits: string; currency: string };

/** One try of one command at one process. Times in ms on the clock of the run, which nobody steps. `answer` null: it was lost. */
export type Attempt = {
  command: string;
  who: Who;
  ask: Ask;
  process: number;
  askedMs: number;
  answeredMs: number | null;
  answer: CommandAnswer | null;
};

/** A question about the past, as a process answered it. Instants in ISO form. */
export type PastAnswer = {
  accountId: string;
  who: Who;
  t: string;
  final: boolean;
  pin: { position: string; hash: string } | null;
  version: number;
  state: unknown;
  /** The balance as the quick way has it, asked for when the answer was final. */
  balance: string | null;
};

/** A balance as the read model had it, with the position that it said it was true for. */
export type ViewAnswer = { accountId: string; position: string; version: number; balance: string };

export type History = { attempts: Attempt[]; past: PastAnswer[]; views: ViewAnswer[]; faults: { ms: number; what: string }[] };

export const emptyHistory = (): History => ({ attempts: [], past: [], views: [], faults: [] });

/** An answer after which there is no more to ask: it stands for ever. */
export function isDefinite(answer: CommandAnswer | null): answer is Extract<CommandAnswer, { kind: "done" | "refused" }> {
  return answer?.kind === "done" || answer?.kind === "refused";
}
