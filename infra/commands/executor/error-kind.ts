import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { BuildTooOld } from "@/infra/schema/schema-standing";

/** What an error of the database means for a batch of commands. */
export type ErrorKind =
  /** It may or may not have been committed: send the same ids again. */
  | "connection lost"
  /** Nothing was written, and nothing is wrong with the commands: wait and try again. */
  | "try again"
  /** The book takes this build no more: nothing was written. */
  | "build too old"
  /** A statement that the schema does not take, or no longer: nothing was written. A new connection finds out. */
  | "schema moved"
  /** The log refuses every command now: its clock ran ahead (DB002), or it takes no imports (DB003). */
  | "refused all"
  /** Something in the batch is unacceptable: find out which command. */
  | "bad command";

const tryAgain = new Set([
  "40001", // serialization failure
  "40P01", // deadlock
  "55P03", // lock timeout: the gate is held
  "57014", // statement cancelled
  "25006", // read-only: a standby, or a failover under way
]);

/** By SQLSTATE (PostgreSQL Appendix A); errors without one come from the socket. */
export function errorKind(error: unknown): ErrorKind {
  if (error instanceof EventFromNewerBuild) return "bad command"; // whatever words the name of its type is made of
  if (error instanceof BuildTooOld) return "build too old";
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string" || !/^[0-9A-Z]{5}$/.test(code))
    return isDatabaseOrSocket(error) ? "connection lost" : "bad command";
  if (code === "DB002" || code === "DB003") return "refused all";
  if (code === "23505" && (error as { constraint?: unknown }).constraint === "events_stream_version") return "try again"; // the net below the version check
  if (code.startsWith("08") || code.startsWith("57P") || code === "25P03" || code === "25P04") return "connection lost";
  if (code.startsWith("42") || code === "0A000") return "schema moved"; // 0A000: a statement's plan was made before a migration
  if (tryAgain.has(code) || code.startsWith("53")) return "try again";
  return "bad command";
}

// pg reports a dead socket as a plain Error with such a text, Node's own with a code like ECONNRESET.
function isDatabaseOrSocket(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return !code.startsWith("ERR_");
  return /connection|timeout|socket|client has encountered|client was closed/i.test(error.message);
}
