import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { signal } from "@/infra/processes/process-identity";
import { seededRandom } from "@/projections/test-history";
import type { Bank } from "@/soak/bank";
import { workOf } from "@/soak/enough-work";
import { count, nowMs, type World } from "@/soak/world";

const doneBetween = 5;

type Random = () => number;
type Fault = { name: string; weight: number; strike(world: World, random: Random): Promise<void> };

/** Disturbs the bank on the schedule of its seed until the run ends. Faults overlap: each puts right what it did after its time. */
export async function runFaults(world: World): Promise<void> {
  const random = seededRandom(world.seed ^ 0x5eed);
  const lots = faults.flatMap((fault) => Array.from({ length: fault.weight }, () => fault));
  const struck: Promise<void>[] = [];
  let done = 0;
  while (!world.finishing) {
    await sleep(300 + random() * 1_500);
    done = await moreDone(world, done);
    const fault = oneOf(lots, random);
    const own = seededRandom(Math.floor(random() * 2 ** 32)); // so that what one fault meets does not change the schedule
    if (!fault || world.finishing) continue;
    count(world, fault.name);
    world.history.faults.push({ ms: Math.round(nowMs()), what: fault.name });
    struck.push(fault.strike(world, own).catch((error: unknown) => count(world, `fault failed: ${error}`)));
  }
  await Promise.all(struck);
}

/** Waits until commands were done since the fault before: on a slow machine the bank would else never stand up again. */
async function moreDone(world: World, before: number): Promise<number> {
  const doneNow = () => workOf(world)["commands done"];
  while (!world.finishing && doneNow() < before + doneBetween) await sleep(100);
  return doneNow();
}

/** Puts everything right: what is dead runs again, what is frozen goes on, clocks are true. */
export async function heal({ postgres, banks }: World): Promise<void> {
  for (const pid of postgres.children()) signal(pid, "SIGCONT");
  postgres.stepClock(0);
  await postgres.start();
  for (const bank of banks) {
    bank.proxy.flow();
    bank.signal("SIGCONT");
    bank.start();
    void bank.ask({ kind: "clock", seconds: 0 });
  }
}

const seconds = (random: Random, from: number, to: number) => sleep(1_000 * (from + random() * (to - from)));

function oneOf<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)];
}

const onBank = (strike: (bank: Bank, random: Random) => Promise<void>): Fault["strike"] => {
  return async ({ banks }, random) => {
    const bank = oneOf(banks, random);
    if (bank) await strike(bank, random);
  };
};

const faults: readonly Fault[] = [
  {
    name: "kill -9 of a process",
    weight: 5,
    strike: onBank(async (bank, random) => {
      bank.signal("SIGKILL");
      await bank.ended;
      await seconds(random, 0, 1);
      bank.start();
    }),
  },
  {
    name: "freeze of a process",
    weight: 3,
    strike: onBank(async (bank, random) => {
      bank.signal("SIGSTOP");
      await seconds(random, 0.3, random() < 0.2 ? 10 : 3);
      bank.signal("SIGCONT");
    }),
  },
  {
    name: "connections cut",
    weight: 4,
    strike: onBank(async (bank) => bank.proxy.cut()),
  },
  {
    name: "answers swallowed, then cut",
    weight: 4,
    strike: onBank(async ({ proxy }, random) => {
      proxy.swallow();
      await seconds(random, 0.05, 0.5);
      proxy.cut();
      proxy.flow();
    }),
  },
  {
    name: "network stalled",
    weight: 2,
    strike: onBank(async ({ proxy }, random) => {
      proxy.stall();
      await seconds(random, 0.2, random() < 0.2 ? 11 : 3);
      proxy.flow();
    }),
  },
  {
    name: "pg_terminate_backend",
    weight: 4,
    strike: ({ postgres }, random) =>
      asOwner(postgres.ownerUrl, async (client) => {
        const share = random() < 0.3 ? 1 : 0.4;
        await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'daybook%' and pid <> pg_backend_pid() and random() < $1",
          [share],
        );
      }),
  },
  {
    name: "kill -9 of Postgres",
    weight: 2,
    async strike({ postgres }, random) {
      postgres.kill();
      await seconds(random, 0, 1.5);
      await postgres.start();
    },
  },
  {
    name: "kill -9 of a backend",
    weight: 1,
    async strike({ postgres }, random) {
      const victim = oneOf(postgres.children(), random);
      if (victim) signal(victim, "SIGKILL"); // the server restarts all of itself
      await sleep(500);
      await postgres.start();
    },
  },
  {
    name: "freeze of a backend",
    weight: 2,
    async strike({ postgres }, random) {
      const victim = oneOf(postgres.children(), random);
      if (!victim) return;
      signal(victim, "SIGSTOP");
      await seconds(random, 0.2, 2);
      signal(victim, "SIGCONT");
    },
  },
  {
    name: "clock of a process stepped",
    weight: 2,
    strike: onBank(async (bank, random) => {
      const off = random() < 0.15 ? -90 : Math.round((random() - 0.5) * 100); // 90 s behind: every command is refused meanwhile
      void bank.ask({ kind: "clock", seconds: off });
      await seconds(random, 1, 4);
      void bank.ask({ kind: "clock", seconds: 0 });
    }),
  },
  {
    name: "clock of Postgres stepped",
    weight: 2,
    async strike({ postgres }, random) {
      if (postgres.clock === "real") return;
      postgres.stepClock(Math.round((random() - 0.6) * 50)); // at most 20 s ahead: a step forward stays in the log for good
      await seconds(random, 0.5, 4);
      postgres.stepClock(0);
    },
  },
];

async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 3_000 });
  client.on("error", () => {}); // the server may be killed meanwhile
  try {
    await client.connect();
    await work(client);
  } catch {
    // it was down: the fault before was worse
  } finally {
    await client.end().catch(() => {});
  }
}
