import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { closedLoop } from "./closed-loop";
import { commandCosts } from "./command-costs";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { ownBank } from "./own-bank";

const clients = 64;
const accountsCount = 256;

/** A bank that leaves something out. Only here: the database's function is rewritten in the benchmark's own book, and nothing in the product can be switched off. */
type Variant = { name: string; change?: (owner: pg.Pool) => Promise<void>; setUp?: readonly string[]; text?: undefined | string };

const described = "groceries at the corner";
const variants: readonly Variant[] = [
  { name: "whole", text: described },
  {
    name: "command-row",
    text: described,
    change: (owner) => rewrite(owner, [/ +select json_agg\([^;]*into known[^;]*;/, / +insert into commands [^;]*;/]),
  },
  { name: "version-check", text: described, change: (owner) => rewrite(owner, [/ +select json_agg\([^;]*into stale[^;]*;/]) },
  { name: "notify", text: described, change: (owner) => rewrite(owner, [/ +if n > 0 then perform pg_notify[^;]*; end if;/]) },
  { name: "triggers", text: described, change: withoutTriggers },
  { name: "personal-text" },
  { name: "durability", text: described, setUp: ["set synchronous_commit = off"] },
];

/**
 * What parts of a command cost: commands/s of banks that leave one out each, over the whole one (`ratio.whole` 1.1: a tenth faster without).
 * What happens in this process cannot be left out, and is timed alone: `commands.cost.*`, µs a command.
 */
export async function benchCommandsWithout({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds] = smoke ? [1, 0.2] : [5, 2];
  const banks: Runtime[] = [];
  const series = async ({ name, change, setUp = [], text }: Variant): Promise<Series> => {
    const own = await ownBank(server, `without_${name.replaceAll("-", "_")}`);
    await change?.(own.pool);
    await own.close();
    const runtime = createRuntime({
      urls: oneLogin(own.url),
      keys: testSecrets,
      writerSetUp: setUp,
      queueLimits: { perActorMax: 1_000 },
    });
    banks.push(runtime);
    const command = await commandsOf(runtime, text);
    const facts = { unit: "1/s", rows: accountsCount, clients, seconds, durable: name !== "durability", smoke } as const;
    const label = name === "whole" ? "commands.whole" : `commands.without.${name}`;
    return { ...facts, name: label, over: { whole: "commands.whole" }, run: () => closedLoop(clients, seconds, command) };
  };
  try {
    const all: Series[] = [];
    for (const variant of variants) all.push(await series(variant));
    return await interleaved([...all, ...commandCosts(smoke)], rounds);
  } finally {
    for (const bank of banks) await bank.close();
  }
}

async function commandsOf(runtime: Runtime, text: string | undefined): Promise<() => Promise<void>> {
  const actor = customer();
  const accounts = await Promise.all(Array.from({ length: accountsCount }, () => openAccount(runtime, actor)));
  let n = 0;
  return async () => {
    n += 1;
    const { kind } = await give(deposit(accounts[n % accountsCount] as AccountId, 100n, text), { runtime, actor });
    if (kind !== "done") throw new Error(kind);
  };
}

/** Leaves statements out of the function that writes a batch. @throws where one is not found: the function has changed. */
async function rewrite(owner: pg.Pool, statements: readonly RegExp[]): Promise<void> {
  const { rows } = await owner.query<{ text: string }>("select pg_get_functiondef('write_batch'::regproc) as text");
  let text = rows[0]?.text ?? "";
  for (const statement of statements) {
    if (!statement.test(text)) throw new Error(`write_batch has nothing like ${statement}`);
    text = text.replace(statement, "");
  }
  await owner.query(text);
}

async function withoutTriggers(owner: pg.Pool): Promise<void> {
  await owner.query("alter table events disable trigger user; alter table commands disable trigger user");
}
