import { createHmac } from "node:crypto";
import type { Db } from "../postgres/connect";

/** The secrets that every process of one bank must share, each with its mark. */
export type SecretMarks = Readonly<Record<MarkedSecret, string>>;

export const markedSecrets = ["session", "serverActions", "roles", "hmac", "master", "seal"] as const;
export type MarkedSecret = (typeof markedSecrets)[number];

/** Tells whether another secret is the same one, and nothing else about it. */
export function marksOf(secrets: Readonly<Record<MarkedSecret, string | Buffer>>): SecretMarks {
  const mark = (name: MarkedSecret) => createHmac("sha256", secrets[name]).update(`daybook.mark.1 ${name}`).digest("hex");
  return Object.fromEntries(markedSecrets.map((name) => [name, mark(name)])) as SecretMarks;
}

/** Of each secret that the bank works with, its mark. Empty: it was never started, or by a build that made none. */
export async function readMarks(db: Db): Promise<Partial<SecretMarks>> {
  const { rows: found } = await db.query<{ there: boolean }>("select to_regclass('public.secret_marks') is not null as there");
  if (!found[0]?.there) return {};
  const { rows } = await db.query<{ name: string; mark: string }>("select name, mark from secret_marks");
  return Object.fromEntries(rows.map(({ name, mark }) => [name, mark]));
}

/**
 * Compares this start's secrets with those that the bank works with; returns which of them it has
 * marks of. `accepted` ones may differ.
 * @throws naming those that differ.
 */
export async function mustShareSecrets(
  db: Db,
  marks: SecretMarks,
  accepted: readonly MarkedSecret[] = [],
): Promise<MarkedSecret[]> {
  const noted = await readMarks(db);
  const others = markedSecrets.filter(
    (name) => noted[name] !== undefined && noted[name] !== marks[name] && !accepted.includes(name),
  );
  if (others.length > 0)
    throw new Error(
      `This bank works with other secrets than those here: ${others.join(", ")}. Nothing was changed. Copy them from the data folder that it was started from; docs/operating.md, "Several processes", says how.`,
    );
  return markedSecrets.filter((name) => noted[name] !== undefined);
}

/** From now on the bank works with these. */
export async function noteSecrets(db: Db, marks: SecretMarks): Promise<void> {
  await db.query(
    `insert into secret_marks as old (name, mark, since) select n, m, date_trunc('milliseconds', clock_timestamp())
       from unnest($1::text[], $2::text[]) x(n, m)
     on conflict (name) do update set mark = excluded.mark, since = excluded.since where old.mark <> excluded.mark`,
    [Object.keys(marks), Object.values(marks)],
  );
}
