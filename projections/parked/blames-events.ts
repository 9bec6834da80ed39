import { errorKind } from "@/infra/commands/executor/error-kind";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";

/**
 * Whether a step failed because of the events it was given, and would fail again on the healthiest machine: what a fold throws of itself, and
 * SQLSTATEs that speak of rows and values. All else is trouble of the machine (connection, lock, room, time, rights, a standby), a statement
 * that this schema does not take (42), or an event of a newer build: no account is at fault. Class by class: decisions/0012.
 */
export function blamesEvents(error: unknown): boolean {
  if (error instanceof EventFromNewerBuild) return false;
  const code = sqlState(error);
  if (code !== undefined) return eventsFault.test(code);
  return errorKind(error) === "bad command";
}

// 21: more rows than one. 22: no such value. 23: a constraint. 44: a view's check. 54: too large or too deep, for an index, a row or the stack;
// a set that is too large only as a whole goes through in halves, and nobody is held. P0: raised in SQL.
const eventsFault = /^(2[123]|44|54|P0)/;

/** Whether a step may have failed only because it was too large for the time or the memory that there is: half of it may go. */
export function mayBeTooMuch(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== undefined) return ["53200", "53400", "57014", "25P04"].includes(code); // memory, a configured limit, statement and transaction timeout
  return error instanceof Error && error.message === "Query read timeout";
}

/** Five characters of PostgreSQL's Appendix A; undefined for an error that is not the database's. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
