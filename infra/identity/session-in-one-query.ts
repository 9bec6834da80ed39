import type { DBAdapter, DBAdapterInstance } from "better-auth";
import { getTableColumns } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type pg from "pg";
import { sessions } from "@/infra/identity/sessions.table";
import { users } from "@/infra/identity/users.table";

type Question = Parameters<DBAdapter["findOne"]>[0];

/**
 * Answers what better-auth asks on every request, a session by its token with its login, in one prepared statement; by itself it sends two that
 * Postgres has to plan. Nothing is kept between requests: a session that was ended, or a role that was changed, is so at once. Inside a
 * transaction better-auth has another adapter, and asks as before.
 */
export function sessionInOneQuery(inner: DBAdapterInstance, pool: pg.Pool): DBAdapterInstance {
  return (options) => {
    const adapter = inner(options);
    return {
      ...adapter,
      async findOne<T>(question: Question): Promise<T | null> {
        const token = tokenAskedFor(question);
        return token === undefined ? adapter.findOne<T>(question) : ((await sessionWithUser(pool, token)) as T | null);
      },
    };
  };
}

// Not through Drizzle, which gives these columns' times as text.
const fieldsOf = (table: PgTable, alias: string) =>
  Object.entries(getTableColumns(table)).map(([field, { name }]) => `${alias}.${name} as "${alias}.${field}"`);
const text = `select ${[...fieldsOf(sessions, "s"), ...fieldsOf(users, "u")].join(", ")}
  from sessions s join users u on u.id = s.user_id where s.token = $1`;

async function sessionWithUser(pool: pg.Pool, token: string): Promise<Record<string, unknown> | null> {
  const { rows } = await pool.query<Record<string, unknown>>({ name: "session_with_user", text, values: [token] });
  if (!rows[0]) return null;
  const session: Record<string, unknown> = {};
  const user: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rows[0])) (name.startsWith("s.") ? session : user)[name.slice(2)] = value;
  return { ...session, user };
}

/** Undefined: another question than the one that is answered here. */
function tokenAskedFor({ model, where, select, join }: Question): string | undefined {
  const [condition, ...more] = where;
  if (model !== "session" || more.length > 0 || select || join?.user !== true || Object.keys(join).length > 1) return undefined;
  if (condition?.field !== "token" || (condition.operator ?? "eq") !== "eq" || condition.mode) return undefined;
  return typeof condition.value === "string" ? condition.value : undefined;
}
