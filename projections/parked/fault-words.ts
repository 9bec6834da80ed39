import { ZodError } from "zod";
import { ImpossibleEvent } from "@/domain/account/account";
import { MisshapenEvent } from "@/infra/event-log/codec/unreadable-event";
import { sqlState } from "./blames-events";

const charactersMax = 500;
const issuesMax = 3;

/**
 * Why an event could not be applied, for people who run the bank. Never a value that somebody typed: messages of Postgres and of JavaScript
 * quote what they stumble over, so of those only the kind and the place are told.
 */
export function faultWords(error: unknown): string {
  return (
    words(error)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: Postgres takes no NUL in a text, and lists are one line each
      .replace(/[\u0000-\u001f\u007f]+/g, " ")
      .slice(0, charactersMax)
  );
}

function words(error: unknown): string {
  const code = sqlState(error);
  if (code !== undefined) return databaseWords(code, error as { constraint?: string; table?: string; column?: string });
  if (error instanceof ZodError) return zodWords(error);
  if (error instanceof MisshapenEvent)
    return error.cause instanceof ZodError ? `${error.message}: ${zodWords(error.cause)}` : error.message;
  if (error instanceof ImpossibleEvent) return error.message;
  if (!(error instanceof Error)) return "something was thrown that is no error";
  return error.constructor === Error ? error.message : `${error.name}${placeOf(error)}`;
}

function databaseWords(code: string, { constraint, table, column }: { constraint?: string; table?: string; column?: string }) {
  const what = code.startsWith("22")
    ? "a value that the database cannot hold"
    : code.startsWith("23")
      ? "a row that breaks a constraint"
      : code.startsWith("54")
        ? "something too large or too deep for the database"
        : "an exception in the database";
  const where = [table, column, constraint].filter(Boolean).join(", ");
  return `${what} (SQLSTATE ${code}${where ? `: ${where}` : ""})`;
}

/** Zod says what it expected, and not what it found. */
function zodWords({ issues }: ZodError): string {
  const told = issues.slice(0, issuesMax).map(({ path, message }) => `${path.map(String).join(".") || "it"}: ${message}`);
  return `${told.join("; ")}${issues.length > issuesMax ? `; and ${issues.length - issuesMax} more` : ""}`;
}

function placeOf({ stack }: Error): string {
  const place = /\n\s+at (?:async )?([\w.<>]+) /.exec(stack ?? "")?.[1];
  return place ? ` in ${place}` : "";
}
