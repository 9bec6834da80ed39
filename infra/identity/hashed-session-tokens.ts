import { createHash } from "node:crypto";
import type { DBAdapter, DBAdapterInstance, DBTransactionAdapter, Where } from "better-auth";

/**
 * Keeps session tokens as hashes in the database, which better-auth by itself does not: whoever reads the table signs in as nobody.
 * Above this layer tokens are plain (the cookie's), below it they are hashed. Rows found without naming a token keep the hash: it opens nothing.
 */
export function hashedSessionTokens(inner: DBAdapterInstance): DBAdapterInstance {
  return (options) => {
    const adapter = inner(options);
    return {
      ...adapter,
      ...wrapped(adapter),
      transaction: (work) => adapter.transaction((open) => work({ ...open, ...wrapped(open) })),
    } satisfies DBAdapter;
  };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

type Methods = Pick<
  DBTransactionAdapter,
  "create" | "findOne" | "findMany" | "update" | "updateMany" | "delete" | "deleteMany" | "consumeOne" | "count"
>;

function wrapped(adapter: DBTransactionAdapter): Methods {
  return {
    async create<T extends object, R = T>(input: {
      model: string;
      data: Omit<T, "id">;
      select?: string[] | undefined;
      forceAllowId?: boolean | undefined;
    }): Promise<R> {
      const token = input.model === "session" ? tokenOf(input.data) : undefined;
      if (token === undefined) return adapter.create<T, R>(input);
      const row = await adapter.create<T, R>({ ...input, data: { ...input.data, token: hashToken(token) } });
      return { ...row, token };
    },
    async findOne<T>(input: Parameters<Methods["findOne"]>[0]): Promise<T | null> {
      return restored(input, await adapter.findOne<T>({ ...input, where: whereHashed(input) }));
    },
    findMany: (input) =>
      adapter.findMany(input.where ? { ...input, where: whereHashed({ model: input.model, where: input.where }) } : input),
    async update<T>(input: Parameters<Methods["update"]>[0]): Promise<T | null> {
      return restored(input, await adapter.update<T>({ ...input, where: whereHashed(input) }));
    },
    updateMany: (input) => adapter.updateMany({ ...input, where: whereHashed(input) }),
    delete: (input) => adapter.delete({ ...input, where: whereHashed(input) }),
    deleteMany: (input) => adapter.deleteMany({ ...input, where: whereHashed(input) }),
    consumeOne: (input) => adapter.consumeOne({ ...input, where: whereHashed(input) }),
    count: (input) =>
      adapter.count(input.where ? { ...input, where: whereHashed({ model: input.model, where: input.where }) } : input),
  };
}

type Query = { model: string; where: Where[] };

function whereHashed({ model, where }: Query): Where[] {
  if (model !== "session") return where;
  return where.map((condition) => {
    if (condition.field !== "token") return condition;
    if (Array.isArray(condition.value)) return { ...condition, value: condition.value.map((token) => hashToken(String(token))) };
    return { ...condition, value: hashToken(String(condition.value)) };
  });
}

/** A row that was asked for by its token carries that token again. */
function restored<T>({ model, where }: Query, row: T | null): T | null {
  const asked = model === "session" ? where.find((condition) => condition.field === "token") : undefined;
  if (!row || typeof asked?.value !== "string") return row;
  return { ...row, token: asked.value };
}

function tokenOf(data: object): string | undefined {
  return "token" in data && typeof data.token === "string" ? data.token : undefined;
}
