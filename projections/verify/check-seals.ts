import { Fault } from "@/infra/checks/fault";
import type { Db } from "@/infra/postgres/connect";
import { followCommands, noCommands } from "@/infra/seals/command-chain";
import { hashLeaf, type Leaf } from "@/infra/seals/leaf";
import { growingTree } from "@/infra/seals/merkle/growing-tree";
import { isSignedBy, noSeal, parseSealLine, type Seal, sealHash, sealLine } from "@/infra/seals/seal";
import { sealKey } from "@/infra/seals/seal-key";
import { firstToLast, sealInPlaceOf, sealsAfter } from "@/infra/seals/seal-rows";
import { sealStanding } from "@/infra/seals/seal-standing";
import { filedSeals, holdsAnything } from "./filed-seals";

const sealsPerRead = 1_000;
const filedMsMax = 60_000; // a seal is in the file a moment after it is in the table

/**
 * Where a check stopped, as JSON: a later one goes on there. `checked`: the line of the last seal.
 * `filed`: how many seals were checked, which is where the file has the line of the next one.
 */
export type SealProgress = {
  size: string;
  peaks: readonly { level: number; root: string }[];
  checked: string | null;
  commands: { count: string; hash: string; upTo: string };
  filed: number;
};

export type SealCheck = Awaited<ReturnType<typeof createSealCheck>>;

/**
 * Holds the seals against the log as it is read, one after another: signature, chain, the root of the tree over all events so far, the hash of
 * all commands decided up to there, and the line in the file. Seals that are made meanwhile are checked at the end for all but their root, and not counted.
 */
export async function createSealCheck(
  db: Db,
  bookId: string,
  sealSecret: Buffer,
  sealFile: string | undefined,
  start?: SealProgress,
) {
  const isFiled = sealFile !== undefined && (await holdsAnything(sealFile)); // else nothing outside the database bears witness
  const filed = filedSeals(isFiled ? sealFile : undefined);
  const { sealed: until } = await sealStanding(db);
  const key = sealKey(sealSecret);
  const tree = growingTree(
    undefined,
    start?.peaks.map(({ level, root }) => ({ level, root: Buffer.from(root, "hex") })),
  );
  let waiting: Seal[] = [];
  let checked: Seal | undefined = start?.checked ? parseSealLine(start.checked) : undefined;
  let previous: Buffer = checked ? sealHash(checked) : noSeal;
  let commands = start ? commandsFrom(start) : { sealed: noCommands, upTo: 0n };
  let place = start?.filed ?? 0; // of the next seal's line: counted without a file too, since one may come to be meanwhile
  let linesRead = 0;

  async function nextSeal(from: Db): Promise<Seal | undefined> {
    if (waiting.length === 0) waiting = await sealsAfter(from, bookId, checked ?? 0n, sealsPerRead);
    return waiting[0];
  }

  async function mustBeSound(seal: Seal): Promise<void> {
    const where = `the seal over ${seal.size} events`;
    if (seal.keyId !== key.id) throw new Fault(where, `made with the key ${seal.keyId}, and the book's is ${key.id}`);
    if (!isSignedBy(seal, key.publicKey)) throw new Fault(where, "its signature is not that of the book's seal key");
    if (!seal.previous.equals(previous)) throw new Fault(where, "does not name the seal before it");
    await mustBeFiled(where, seal);
    previous = sealHash(seal);
    checked = seal;
    waiting.shift();
  }

  async function mustBeFiled(where: string, seal: Seal): Promise<void> {
    place += 1;
    if (!isFiled) return;
    const line = await lineBefore(place);
    if (line === undefined && Date.now() - seal.sealedAt.getTime() > filedMsMax) throw new Fault(where, `is not in ${sealFile}`);
    if (line !== undefined && line !== sealLine(seal))
      throw new Fault(where, `${sealFile} has another line in its place: ${told(line)}`);
  }

  /** The last one of the first `count` lines; those before it were compared, or were not in the file yet when they could be. */
  async function lineBefore(count: number): Promise<string | undefined> {
    let line: string | undefined;
    while (linesRead < count) {
      line = await filed.next();
      if (line === undefined) return undefined;
      linesRead += 1;
    }
    return line;
  }

  return {
    /** Events that were covered by a seal when the check began. */
    sealed: until,
    isFiled,
    progress: (): SealProgress => ({
      size: tree.size.toString(),
      peaks: tree.peaks().map(({ level, root }) => ({ level, root: root.toString("hex") })),
      checked: checked ? sealLine(checked) : null,
      commands: {
        count: commands.sealed.count.toString(),
        hash: commands.sealed.hash.toString("hex"),
        upTo: commands.upTo.toString(),
      },
      filed: place,
    }),
    /** The next events of the log, in order. */
    async follow(from: Db, leaves: readonly Leaf[]): Promise<void> {
      for (const leaf of leaves) {
        if (tree.size >= until) return;
        tree.push(hashLeaf(leaf));
        for (let seal = await nextSeal(from); seal && seal.size <= tree.size; seal = await nextSeal(from)) {
          await mustHaveRoot(seal);
          await mustHaveCommands(from, seal);
        }
      }
    },
    /** Commands that are covered by a seal that was checked, so far. */
    get commands(): bigint {
      return commands.sealed.count;
    },
    /**
     * What came meanwhile, and what only the file knows: nothing, unless events were dropped together with their seals. Not in one snapshot
     * with anything: a seal stands in the table before it stands in the file, so whoever looks anew finds each line's seal.
     */
    async end(from: Db): Promise<void> {
      if (tree.size < until)
        throw new Fault(`the seal over ${until} events`, `the log ends at position ${tree.size}: events are missing`);
      for (let seal = await nextSeal(from); seal; seal = await nextSeal(from)) await mustBeSound(seal);
      await mustMatchRows(from);
      for (let line = await filed.next(); line !== undefined; line = await filed.next()) await mustBeKnown(from, line);
    },
  };

  async function mustHaveRoot(seal: Seal): Promise<void> {
    const [root, before] = [tree.root(), checked?.size ?? 0n];
    await mustBeSound(seal);
    if (!seal.root.equals(root))
      throw new Fault(
        `the seal over ${seal.size} events`,
        `its root is not that of these events: one of positions ${before + 1n} to ${seal.size} is not what was sealed`,
      );
  }

  async function mustHaveCommands(from: Db, seal: Seal): Promise<void> {
    if (!seal.commands) return;
    const sealed = await followCommands(from, commands.sealed, { from: commands.upTo, to: seal.size });
    if (!sealed.hash.equals(seal.commands.hash) || sealed.count !== seal.commands.count)
      throw new Fault(
        `the seal over ${seal.size} events`,
        `it covers ${seal.commands.count} commands, and of those decided at positions ${commands.upTo} to ${seal.size} one is not what was sealed`,
      );
    commands = { sealed, upTo: seal.size };
  }

  // The column that `append_seal` chains by; what it holds is known from the other columns.
  async function mustMatchRows(from: Db): Promise<void> {
    const { rows } = await from.query<{ size: bigint }>(
      `select size from (select s.size, s.hash, lead(s.previous) over (order by ${firstToLast}) as named from seals s) c
        where c.named <> c.hash order by size limit 1`,
    );
    if (rows[0]) throw new Fault(`the seal over ${rows[0].size} events`, "its hash is not the one that the next seal names");
  }

  async function mustBeKnown(from: Db, line: string): Promise<void> {
    const seal = attempt(line);
    const known = seal && (await sealInPlaceOf(from, seal));
    if (!known || sealLine(known) !== line)
      throw new Fault(`${sealFile}`, `knows ${told(line)}, and the database does not: the log's end is missing, or was replaced`);
  }
}

function commandsFrom({ commands: { count, hash, upTo } }: SealProgress) {
  return { sealed: { count: BigInt(count), hash: Buffer.from(hash, "hex") }, upTo: BigInt(upTo) };
}

function told(line: string): string {
  const seal = attempt(line);
  return seal ? `a seal over ${seal.size} events of ${seal.sealedAt.toISOString()}` : "something that is no seal";
}

function attempt(line: string): Seal | undefined {
  try {
    return parseSealLine(line);
  } catch {
    return undefined;
  }
}
