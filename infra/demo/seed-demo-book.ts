import type pg from "pg";
import type { Actor } from "@/domain/access/policy";
import type { AccountCommand } from "@/domain/account/commands";
import type { PartyId } from "@/domain/ids";
import { readBook } from "../book/book";
import type { BookKeys } from "../book/ensure-book";
import { importEvents } from "../event-log/append";
import { setNickname } from "../identity/nicknames";
import { oneLogin } from "../postgres/roles/database-roles";
import { createRuntime, type Runtime } from "../runtime";
import { type DemoCommand, demoAccounts, generateBook } from "./generate";
import { type Cast, makePeople } from "./make-people";
import type { PersonKey } from "./people";

/** Fixed: whoever compares two demo books finds the same lives in them. */
export const demoSeed = "daybook";

const IN_FLIGHT_MAX = 500; // one batch of the executor, well below the 1,000 events that an import takes

export type SeedOptions = {
  ownerUrl: string;
  keys: BookKeys;
  signal?: AbortSignal;
  /** Commands of all lives: settled, and to settle. */
  report?: (done: number, total: number) => void;
};

export type Seeded = { kind: "seeded"; done: number; refused: number } | { kind: "not_needed" };

/**
 * Fills a demo book with its people's last eighteen months, through the bank's own commands, then closes it for imports.
 * Everything is derived from the seed and the book's birth, so after a kill the same commands go in again and have no second effect.
 */
export async function seedDemoBook(options: SeedOptions): Promise<Seeded> {
  const { ownerUrl, keys } = options;
  const runtime = createRuntime({
    urls: oneLogin(ownerUrl),
    keys,
    append: importEvents,
    queueLimits: { perActorMax: IN_FLIGHT_MAX, waitMsMax: 600_000 },
  });
  try {
    const book = await readBook(runtime.pool);
    if (!book.demo || book.seedingFinishedAt !== null) return { kind: "not_needed" };
    const cast = await makePeople(runtime.pool);
    const story = { seed: demoSeed, until: book.createdAt };
    await takeNumbers(runtime.pool, demoAccounts(story).length);
    const count = await giveAll(runtime, cast, generateBook({ ...story, parties: partiesOf(cast) }), options);
    await nameAccounts(runtime.pool, cast, story);
    await runtime.pool.query("select finish_seeding()");
    return { kind: "seeded", ...count };
  } finally {
    await runtime.close();
  }
}

async function giveAll(runtime: Runtime, cast: Cast, commands: readonly DemoCommand[], { signal, report }: SeedOptions) {
  const count = { done: 0, refused: 0 };
  for (let from = 0; from < commands.length; from += IN_FLIGHT_MAX) {
    signal?.throwIfAborted();
    const outcomes = commands.slice(from, from + IN_FLIGHT_MAX).map((command) => give(runtime, cast, command));
    for (const kind of await Promise.all(outcomes)) count[kind] += 1;
    report?.(count.done + count.refused, commands.length);
  }
  return count;
}

async function give({ executor }: Runtime, cast: Cast, { actor, ...request }: DemoCommand): Promise<"done" | "refused"> {
  const submit = (command: AccountCommand) => executor.submit({ ...request, command, actor: cast[actor], channel: "import" });
  let outcome = await submit(request.command);
  // A seeding that a build before sources began goes on: its deposits were given without one, and stand.
  if (outcome.kind === "mismatch" && outcome.fields.join() === "source") outcome = await submit(withoutSource(request.command));
  const { kind } = outcome;
  if (kind === "done" || kind === "refused") return kind;
  throw new Error(`Seeding stopped at ${request.command.type} ${request.commandId}: ${kind}. Seed again to go on from there.`);
}

function withoutSource(command: AccountCommand): AccountCommand {
  if (command.type !== "DepositMoney") return command;
  const { source: _, ...before } = command;
  return before;
}

/** Leaves the demo accounts' numbers behind for everybody who opens one later. */
async function takeNumbers(pool: pg.Pool, count: number): Promise<void> {
  await pool.query("select setval('account_numbers', greatest($1, (select last_value from account_numbers)))", [count]);
}

async function nameAccounts(pool: pg.Pool, cast: Cast, story: Parameters<typeof demoAccounts>[0]): Promise<void> {
  for (const { account, id } of demoAccounts(story)) {
    if (account.nickname === undefined) continue;
    for (const holder of account.holders) await setNickname(pool, cast[holder].userId, id, account.nickname);
  }
}

function partiesOf(cast: Cast): Record<PersonKey, PartyId | null> {
  const parties = Object.entries<Actor>(cast).map(([key, actor]) => [key, actor.partyId]);
  return Object.fromEntries(parties) as Record<PersonKey, PartyId | null>;
}
