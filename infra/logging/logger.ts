import pino from "pino";
import { logLines, plainError } from "./log-lines.mjs";

const levels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"];

/**
 * Structured log of this process, one JSON line each on stderr; repeated warnings and errors are counted. Never holds names, texts, addresses
 * or secrets.
 */
export const logger = pino(
  {
    level: level(),
    base: { name: "daybook" },
    serializers: { err: (error: unknown) => plainError(error), error: (error: unknown) => plainError(error) },
  },
  logLines(),
);

/** A level that is none is refused by the start, in words. */
function level(): string {
  const wanted = process.env.DAYBOOK_LOG_LEVEL ?? "info";
  return levels.includes(wanted) ? wanted : "info";
}
