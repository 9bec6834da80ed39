import { newCommandId } from "@/infra/ids";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { closedLoop } from "./closed-loop";
import { emmettPeer } from "./emmett";
import { median } from "./median";
import { ownBank } from "./own-bank";
import { body, findPgbench, pgbench } from "./pgbench";

type Measured = { perSecond: number; p99Ms?: number };
type Series = { name: string; run: (clients: number, seconds: number) => Promise<Measured> };

/**
 * Commands/s through dispatch (no HTTP): durable, hash chain, command row, encrypted description and triggers on. Interleaved in one run with
 * pgbench (the raw limit, where the machine has it), the bare named INSERT through `pg`, and Emmett. Medians; ratios count, machines are shared.
 */
export async function benchCommands({ smoke }: { smoke: boolean }): Promise<object[]> {
  const [rounds, seconds] = smoke ? [1, 0.3] : [5, 2];
  const { url, pool, runtime, close } = await ownBank();
  try {
    await pool.query(
      "create table raw_events (position bigint generated always as identity primary key, stream_id text, version int, type text, data jsonb, metadata jsonb, recorded_at timestamptz default now(), unique (stream_id, version))",
    );
    const emmett = await emmettPeer(url, pool);
    const actor = customer();
    const accounts = await Promise.all(Array.from({ length: 256 }, () => openAccount(runtime, actor)));
    let n = 0;
    const insert = () => {
      n += 1;
      const text = "insert into raw_events (stream_id, version, type, data, metadata) values ($1, $2, $3, $4, $5)";
      return pool.query({ name: "raw", text, values: [`raw_${n}`, 1, "MoneyDeposited", body, body] });
    };
    const command = (account: (n: number) => number) => async () => {
      n += 1;
      const accountId = accounts[account(n)];
      if (!accountId) throw new Error("no account");
      const asked = deposit(accountId, 100n, "groceries at the corner");
      const { kind } = await give(asked, { runtime, actor, commandId: newCommandId() });
      if (kind !== "done") throw new Error(kind);
    };
    const looped = (name: string, op: () => Promise<unknown>): Series => ({ name, run: (c, s) => closedLoop(c, s, op) });
    const program = findPgbench();
    const raw: Series[] = program
      ? [{ name: "raw", run: async (clients, s) => ({ perSecond: await pgbench(program, url, { clients, seconds: s }) }) }]
      : [];
    const all: Series[] = [
      ...raw,
      looped("pg", insert),
      looped("emmett.many", emmett.append),
      looped("emmett.hot", () => emmett.command("account-hot")),
      looped(
        "many",
        command((i) => i % accounts.length),
      ),
      looped(
        "hot",
        command(() => 0),
      ),
    ];
    const figures: object[] = [];
    for (const clients of [1, 16, 64]) figures.push(...(await interleaved(all, { clients, rounds, seconds, smoke })));
    return figures;
  } finally {
    await close();
  }
}

type Plan = { clients: number; rounds: number; seconds: number; smoke: boolean };

async function interleaved(all: readonly Series[], { clients, rounds, seconds, smoke }: Plan): Promise<object[]> {
  const measured = new Map<string, Measured[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, run } of all) measured.get(name)?.push(await run(clients, seconds));
  const rate = (name: string) => median((measured.get(name) ?? []).map(({ perSecond }) => perSecond));
  return all.map(({ name }) => {
    const p99s = (measured.get(name) ?? []).flatMap(({ p99Ms }) => p99Ms ?? []);
    const peers = all.filter(
      (one) => ["raw", "pg"].includes(one.name) || one.name === (name === "hot" ? "emmett.hot" : "emmett.many"),
    );
    const ratio = Object.fromEntries(peers.map((peer) => [peer.name, Number((rate(name) / rate(peer.name)).toFixed(2))]));
    const figure = {
      name: `commands.${name}`,
      value: Math.round(rate(name)),
      unit: "1/s",
      clients,
      seconds,
      rounds,
      durable: true,
      smoke,
    };
    return { ...figure, ...(p99s.length > 0 && { p99Ms: Number(median(p99s).toFixed(2)) }), ratio };
  });
}
