import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@/infra/postgres/migrate";
import { roleLogins, urlsOf } from "@/infra/postgres/roles/role-logins";
import { startOwnPostgres } from "@/infra/testing/own-postgres";
import { waitMsMax } from "@/infra/testing/patience";
import { testSecrets } from "@/infra/testing/test-secrets";
import { startBank } from "@/soak/bank";
import { checkRun } from "@/soak/check/check-run";
import { newCustomer, runClient } from "@/soak/clients";
import { tooLittle, workOf } from "@/soak/enough-work";
import { heal, runFaults } from "@/soak/faults";
import { emptyHistory, isDefinite } from "@/soak/history";
import { nowMs, type World } from "@/soak/world";

export type SoakOptions = { minutes: number; seed: number; processes: number; clients: number };

const progressMs = 2_000;
const answerMsMax = waitMsMax; // after the last fault, for the last definite answer; against hanging alone
const moreMsMax = 5 * 60_000; // beyond what was asked, for a machine on which little gets done
const customersCount = 6;

/** `inconclusive`: too little was done to say anything. */
export type Verdict = "held" | "violated" | "inconclusive";

/** One run: a bank under load and faults, then the check of all that it said. */
export async function soak(options: SoakOptions): Promise<Verdict> {
  const { minutes, seed, processes } = options;
  const folder = path.resolve(".data/soak", String(seed));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const postgres = await startOwnPostgres(path.join(folder, "postgres"), { stepped: true });
  console.log(
    `seed ${seed}: ${minutes} min, ${processes} processes, ${options.clients} clients, Postgres with ${clockWords[postgres.clock]}`,
  );
  const { ownerUrl } = postgres;
  const logins = roleLogins({ ownerUrl, secret: testSecrets.roles });
  await migrate(ownerUrl, { book: { keys: testSecrets }, roles: { logins, alone: true } });
  const urls = urlsOf(logins);

  const bankOptions = { urls, folder, port: postgres.port };
  const banks = await Promise.all(Array.from({ length: processes }, (_, i) => startBank(i + 1, bankOptions)));
  const world: World = {
    seed,
    postgres,
    banks,
    customers: Array.from({ length: customersCount }, newCustomer),
    accounts: [],
    history: emptyHistory(),
    counts: new Map(),
    logTimeMs: 0,
    finishing: false,
    deadlineMs: Number.POSITIVE_INFINITY,
  };
  const violations: string[] = [];
  const report = (invariant: string, what: string) => void violations.push(`${invariant}: ${what}`);
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => {
      for (const bank of banks) bank.signal("SIGKILL");
      postgres.kill();
      process.exit(130);
    });
  const progress = setInterval(() => console.log(progressLine(world)), progressMs);
  try {
    await runClientsAndFaults(world, options);
    clearInterval(progress);
    console.log(`${progressLine(world)}: checking`);
    for (const bank of banks) for (const death of bank.deaths) report("alive", death);
    const lacking = tooLittle(workOf(world));
    if (lacking.length > 0) {
      console.log(`\nInconclusive, nothing is proved: ${lacking.join("; ")}.`);
      return violations.length > 0 ? "violated" : "inconclusive";
    }
    const checked = await checkRun(world.history, { ownerUrl, urls, sealFile: path.join(folder, "seals") }, report);
    console.log(finalReport(world, options, checked, violations));
  } catch (error) {
    report("run", error instanceof Error ? (error.stack ?? error.message) : String(error));
    console.error(violations.at(-1));
  } finally {
    clearInterval(progress);
    await heal(world).catch(() => {}); // a frozen process cannot end
    await Promise.all(banks.map((bank) => bank.close()));
    await postgres.stop();
    keep(folder, world, violations);
    if (violations.length === 0) postgres.remove();
    else console.log(`The history and the database are kept in ${path.relative(".", folder)}.`);
  }
  return violations.length === 0 ? "held" : "violated";
}

const clockWords = {
  libfaketime: "a clock that is stepped",
  real: "the real clock (no libfaketime here: its clock is not stepped)",
};

async function runClientsAndFaults(world: World, { minutes, clients }: SoakOptions): Promise<void> {
  const work = Promise.all(Array.from({ length: clients }, (_, i) => runClient(world, i + 1)));
  const faults = runFaults(world);
  await Promise.race([untilEnough(world, minutes * 60_000), work]); // clients end of themselves only by throwing
  world.finishing = true;
  await faults;
  await heal(world);
  world.deadlineMs = nowMs() + answerMsMax;
  await work;
}

/** As long as was asked, and on while too little was done. */
async function untilEnough(world: World, ms: number): Promise<void> {
  await sleep(ms);
  for (const end = nowMs() + moreMsMax; nowMs() < end && tooLittle(workOf(world)).length > 0; ) await sleep(progressMs);
}

function progressLine({ history: { attempts, past, views }, counts }: World): string {
  const kinds = new Map<string, number>();
  for (const { answer } of attempts) kinds.set(answer?.kind ?? "lost", (kinds.get(answer?.kind ?? "lost") ?? 0) + 1);
  const of = (kind: string) => kinds.get(kind) ?? 0;
  const faults = [...counts].filter(([name]) => name !== "retries").reduce((sum, [, n]) => sum + n, 0);
  return (
    `${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${of("done")} done, ${of("refused")} refused, ${of("mismatch")} mismatched, ` +
    `${of("checking") + of("busy") + of("failed")} unsettled, ${of("lost")} lost or open; ${past.length} of the past, ${views.length} balances; ${faults} faults`
  );
}

function finalReport(
  { counts, history: { attempts, past } }: World,
  { seed, minutes }: SoakOptions,
  checked: Awaited<ReturnType<typeof checkRun>>,
  violations: readonly string[],
): string {
  const definite = attempts.filter(({ answer }) => isDefinite(answer)).length;
  const final = past.filter((answer) => answer.final).length;
  return [
    "",
    `seed ${seed}, ${minutes} min: ${attempts.length} attempts, ${definite} definite answers; ${checked.commands} commands in the book ` +
      `(${checked.refused} refused), ${checked.events} events, ${checked.sealed} of them sealed`,
    `answers about the past asked again: ${past.length} (${final} final, the others by their pin)`,
    ...[...counts].sort().map(([name, n]) => `  ${String(n).padStart(6)}  ${name}`),
    `${violations.length} violations`,
    ...violations.slice(0, 40).map((what) => `  ${what}`),
  ].join("\n");
}

function keep(folder: string, { history }: World, violations: readonly string[]): void {
  const lines = Object.entries(history).flatMap(([kind, list]) => list.map((one) => JSON.stringify({ kind, ...one })));
  writeFileSync(path.join(folder, "history.jsonl"), `${lines.join("\n")}\n`);
  writeFileSync(path.join(folder, "violations.txt"), violations.join("\n"));
}
