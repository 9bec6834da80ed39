/**
 * What every connection states for itself. A role can always change its own defaults (`alter role … set statement_timeout = 1`), and a server or
 * a database has defaults too: what is stated at the start of a session goes before all of them. Not stated is `default_transaction_read_only`:
 * a server that is short of room is made read-only by it, and a role's own is taken back at the next start.
 */
const settings: Readonly<Record<string, string>> = {
  statement_timeout: "0",
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "600000",
  idle_session_timeout: "0",
  search_path: "public",
  default_transaction_isolation: "read\\ committed",
  default_transaction_deferrable: "off",
  DateStyle: "ISO,MDY",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  bytea_output: "hex",
  standard_conforming_strings: "on",
  transform_null_equals: "off",
  array_nulls: "on",
  extra_float_digits: "1",
  gin_fuzzy_search_limit: "0",
  local_preload_libraries: "",
  tcp_user_timeout: "0",
  client_connection_check_interval: "0",
  jit: "off", // compiling costs every append more than it takes: docs/decisions/0009
  "daybook.stated": "on",
};

/** Whether a session has these settings: a pooler may take them and leave them aside. */
export const areStated = "current_setting('daybook.stated', true) = 'on'";

/** `transaction_timeout` came with this version; older servers refuse a session that states it. */
const transactionTimeoutFrom = 17;

/** In the query of a URL: which version answers there, and that it takes settings only as statements, as some poolers do. */
const majorParameter = "daybook_major";
const asStatementParameter = "daybook_settings";

/** A URL as `pg` takes it, with what the session states: at its start, or by a first statement where a pooler lets nothing else through. */
export type Session = { connectionString: string; options?: string; firstStatement?: string };

export function sessionOf(url: string): Session {
  if (!URL.canParse(url)) return { connectionString: url, options: asOptions(settings) };
  const parsed = new URL(url);
  const query = parsed.searchParams;
  const major = Number(query.get(majorParameter) ?? 0);
  const asStatement = query.get(asStatementParameter) === "statement";
  const given = query.get("options");
  for (const name of [majorParameter, asStatementParameter, ...(asStatement ? [] : ["options"])]) query.delete(name);
  const stated = major >= transactionTimeoutFrom ? { ...settings, transaction_timeout: "0" } : settings;
  if (asStatement) return { connectionString: parsed.href, firstStatement: asStatements(stated) };
  return { connectionString: parsed.href, options: [given, asOptions(stated)].filter(Boolean).join(" ") };
}

/** The URL, with what a start has found out about the server that answers there. */
export function withSessionFacts(url: string, facts: { major: number; asStatement: boolean }): string {
  const parsed = new URL(url);
  parsed.searchParams.set(majorParameter, String(facts.major));
  if (facts.asStatement) parsed.searchParams.set(asStatementParameter, "statement");
  return parsed.href;
}

function asOptions(stated: Readonly<Record<string, string>>): string {
  return Object.entries(stated)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

function asStatements(stated: Readonly<Record<string, string>>): string {
  return Object.entries(stated)
    .map(([name, value]) => `set ${name} = ${name === "search_path" ? value : `'${value.replace("\\", "")}'`}`)
    .join("; ");
}
