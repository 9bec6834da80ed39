import { errorKind } from "@/infra/commands/executor/error-kind";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";

/**
 * Whether a step failed because of the events it was given, and would fail again on the healthiest machine: what a fold throws of itself, a
 * value that the database cannot hold (SQLSTATE class 22), a constraint (23), an exception raised in SQL (P0001). All else is trouble of the
 * machine (connection, lock, room, time, rights, a standby), or an event of a newer build: no account is at fault.
 */
export function blamesEvents(error: unknown): boolean {
  if (error instanceof EventFromNewerBuild) return false;
  const code = sqlState(error);
  if (code !== undefined) return code === "P0001" || /^2[23]/.test(code);
  return errorKind(error) === "bad command";
}

/** Five characters of PostgreSQL's Appendix A; undefined for an error that is not the database's. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
