import type { Db } from "../postgres/connect";
import { type Seal, sealHash } from "./seal";

type Row = Omit<Seal, "bookId" | "commands"> & { count: bigint | null; commandsHash: Buffer | null };

const columns = `s.size, s.root, s.commands as count, s.commands_hash as "commandsHash", s.sealed_at as "sealedAt", s.key_id as "keyId", s.previous, s.signature`;

const saysCommands = "(s.commands is not null)";

/** Orders of `seals s`. Of two over the same events the one that says nothing of commands comes first. */
export const firstToLast = `s.size, ${saysCommands}`;
export const lastToFirst = `s.size desc, ${saysCommands} desc`;

export async function lastSeal(db: Db, bookId: string): Promise<Seal | undefined> {
  return (await read(db, bookId, `order by ${lastToFirst} limit 1`, []))[0];
}

/** The smallest tree that was sealed and holds this position. */
export async function sealCovering(db: Db, bookId: string, position: bigint): Promise<Seal | undefined> {
  return (await read(db, bookId, `where s.size >= $1 order by ${firstToLast} limit 1`, [position]))[0];
}

export async function sealOfSize(db: Db, bookId: string, size: bigint): Promise<Seal | undefined> {
  return (await read(db, bookId, `where s.size = $1 order by ${lastToFirst} limit 1`, [size]))[0];
}

/** The one that stands where this one would. */
export async function sealInPlaceOf(db: Db, { bookId, size, commands }: Seal): Promise<Seal | undefined> {
  return (await read(db, bookId, `where s.size = $1 and ${saysCommands} = $2`, [size, commands !== null]))[0];
}

/** In order, those after a seal, or those of trees larger than `after`. */
export async function sealsAfter(db: Db, bookId: string, after: bigint | Seal, limit: number): Promise<Seal[]> {
  const place = typeof after === "bigint" ? [after, true] : [after.size, after.commands !== null];
  return read(db, bookId, `where (s.size, ${saysCommands}) > ($1, $2) order by ${firstToLast} limit $3`, [...place, limit]);
}

/** The one way in: the database refuses what does not follow the last seal. */
export async function appendSeal(db: Db, seal: Seal): Promise<void> {
  const { size, root, commands, sealedAt, keyId, previous, signature } = seal;
  await db.query("select append_seal($1, $2, $3, $4, $5, $6, $7, $8, $9)", [
    size,
    root,
    sealedAt,
    keyId,
    previous,
    sealHash(seal),
    signature,
    commands?.count,
    commands?.hash,
  ]);
}

async function read(db: Db, bookId: string, clause: string, values: unknown[]): Promise<Seal[]> {
  const { rows } = await db.query<Row>(`select ${columns} from seals s ${clause}`, values);
  return rows.map(({ count, commandsHash: hash, ...row }) => ({
    bookId,
    ...row,
    commands: count === null || hash === null ? null : { count, hash },
  }));
}
