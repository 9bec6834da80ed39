import type pg from "pg";

const versionMin = 150_000;
const durable: Readonly<Record<string, readonly string[]>> = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_apply"],
};

/** Checks that an acknowledged deposit survives a power cut on this server. Throws an error that names the setting. */
export async function checkServer(client: Pick<pg.Client, "query">): Promise<{ version: string }> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any ($1)",
    [[...Object.keys(durable), "server_version_num", "server_version", "server_encoding"]],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const version = settings.get("server_version") ?? "unknown";
  if (Number(settings.get("server_version_num")) < versionMin)
    throw new Error(`Daybook needs PostgreSQL 15 or newer; this server is ${version}.`);
  if (settings.get("server_encoding") !== "UTF8") throw new Error("The database's encoding must be UTF8.");
  for (const [name, allowed] of Object.entries(durable)) {
    const value = settings.get(name) ?? "";
    if (allowed.includes(value)) continue;
    throw new Error(
      `${name} is ${value} on this PostgreSQL: deposits that were acknowledged could be lost. Set it to ${allowed[0]}.`,
    );
  }
  return { version };
}
