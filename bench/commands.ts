import { newCommandId } from "@/infra/ids";
import { createPool } from "@/infra/postgres/connect";
import { createRuntime } from "@/infra/runtime";
import { makeTemplate } from "@/infra/testing/template";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { startTestServer } from "@/infra/testing/test-server";
import { closedLoop } from "./closed-loop";
import { median } from "./median";

/**
 * Commands/s through dispatch (no HTTP), durable, hash chain, command row, encrypted description and triggers on; against the bare named
 * INSERT through `pg` in the same run, interleaved. Medians of the rounds; ratios count, the machine is shared.
 */
export async function benchCommands({ smoke }: { smoke: boolean }): Promise<object[]> {
  const rounds = smoke ? 1 : 5;
  const seconds = smoke ? 0.3 : 2;
  const server = await startTestServer();
  const { appRole: _, ...template } = await makeTemplate(server.adminUrl);
  const url = Object.assign(new URL(server.adminUrl), { pathname: `/${template.template}` }).href;
  const pool = createPool(url, { max: 64 });
  const runtime = createRuntime({ url, keys: testSecrets, queueLimits: { perActorMax: 1_000 } });
  try {
    await pool.query(
      "create table raw_events (position bigint generated always as identity primary key, stream_id text, version int, type text, data jsonb, metadata jsonb, recorded_at timestamptz default now(), unique (stream_id, version))",
    );
    const actor = customer();
    const accounts = await Promise.all(Array.from({ length: 256 }, () => openAccount(runtime, actor)));
    const data = JSON.stringify({ amount: { minorUnits: "100", currency: "EUR" }, reference: "x".repeat(150) });
    let n = 0;
    const raw = () => {
      n += 1;
      const text = "insert into raw_events (stream_id, version, type, data, metadata) values ($1, $2, $3, $4, $5)";
      return pool.query({ name: "raw", text, values: [`raw_${n}`, 1, "MoneyDeposited", data, data] });
    };
    const command = (account: number) => async () => {
      n += 1;
      const accountId = accounts[account < 0 ? n % accounts.length : account];
      if (!accountId) return;
      const outcome = await give(deposit(accountId, 100n, "groceries at the corner"), {
        runtime,
        actor,
        commandId: newCommandId(),
      });
      if (outcome.kind !== "done") throw new Error(outcome.kind);
    };
    const figures: object[] = [];
    for (const clients of [1, 64]) {
      const series = { raw: [] as number[], many: [] as number[], hot: [] as number[] };
      const p99 = { raw: [] as number[], many: [] as number[], hot: [] as number[] };
      for (let round = 0; round < rounds; round++)
        for (const [name, op] of [
          ["raw", raw],
          ["many", command(-1)],
          ["hot", command(0)],
        ] as const) {
          const result = await closedLoop(clients, seconds, op);
          series[name].push(result.perSecond);
          p99[name].push(result.p99Ms);
        }
      for (const name of ["raw", "many", "hot"] as const)
        figures.push({
          name: `commands.${name}`,
          unit: "1/s",
          value: Math.round(median(series[name])),
          clients,
          seconds,
          rounds,
          durable: true,
          smoke,
          p99Ms: Number(median(p99[name]).toFixed(2)),
          ratio: { raw: Number((median(series[name]) / median(series.raw)).toFixed(2)) },
        });
    }
    return figures;
  } finally {
    await runtime.close();
    await pool.end();
    await template.drop();
    await server.stop();
  }
}
