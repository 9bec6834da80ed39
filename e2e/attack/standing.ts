import type { AttackedBank } from "./attacked-bank";

/** What a form can change, each as a number or a digest. Left out is what moves by itself: when a session was last seen, say. */
const changed: Readonly<Record<string, string>> = {
  events: "select count(*)::text from events",
  commands: "select count(*)::text from commands",
  logins: "select md5(string_agg(t::text, '|' order by t.id)) from users t",
  parties: "select md5(string_agg(t::text, '|' order by t.id)) from parties t",
  passwords: "select md5(string_agg(t::text, '|' order by t.id)) from credentials t",
  sessions: "select md5(string_agg(t.id, '|' order by t.id)) from sessions t",
  links: "select md5(string_agg(t::text, '|' order by t.id)) from verifications t",
  settings: "select md5(string_agg(t::text, '|' order by t.user_id)) from viewer_settings t",
  nicknames: "select md5(string_agg(t::text, '|' order by t::text)) from account_nicknames t",
  rebuilds: "select md5(string_agg(t.projection || t.started_at, '|' order by t.projection)) from rebuilds t",
  retries: "select count(*)::text from security_log where kind = 'held_retried'",
};

/** Everything that a form can change, as it is now. */
export async function standing({ query }: Pick<AttackedBank, "query">): Promise<Readonly<Record<string, string>>> {
  const columns = Object.entries(changed).map(([name, sql]) => `coalesce((${sql}), '') as ${name}`);
  const [row] = await query<Record<string, string>>(`select ${columns.join(", ")}`);
  if (!row) throw new Error("what stands cannot be read");
  return row;
}

/** What of it changed in between, by name; "" where nothing did. */
export async function changedSince(
  bank: Pick<AttackedBank, "query">,
  before: Awaited<ReturnType<typeof standing>>,
): Promise<string> {
  const now = await standing(bank);
  return Object.keys(changed)
    .filter((name) => now[name] !== before[name])
    .join(", ");
}
