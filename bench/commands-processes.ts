import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { customer, openAccount } from "@/infra/testing/test-bank";
import type { BenchOptions, Figure } from "./figure";
import type { HotAnswer, HotOrder } from "./hot-writer-process";
import { interleaved, type Sample, type Series } from "./interleaved";
import { ownBank } from "./own-bank";

const clients = 64;
const one = { all: "commands.hot.one-process", half: "commands.hot.one-process.half" };

/**
 * Commands/s on one hot account from one process, and from two with half of the clients each: they take the account from one another, load it
 * again and decide again. Also from one with the clients that each of the two has, since only one of them can be at the account at a time. A busy
 * account wants one process; two must not stop it.
 */
export async function benchCommandsByProcesses({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds] = smoke ? [1, 0.3] : [5, 2];
  const { url, runtime, close } = await ownBank(server);
  const writers = [startWriter(url), startWriter(url)];
  try {
    const actor = customer();
    const from =
      (processes: number, all = clients) =>
      async () => {
        const order = { actor, accountId: await openAccount(runtime, actor), clients: all / processes, seconds };
        return together(await Promise.all(writers.slice(0, processes).map(({ measure }) => measure(order))));
      };
    await from(2)(); // both have opened their connections and made their plans
    const facts = { unit: "1/s", rows: 1, clients, seconds, durable: true, smoke } as const;
    const all: Series[] = [
      { ...facts, name: one.all, run: from(1) },
      { ...facts, name: one.half, clients: clients / 2, run: from(1, clients / 2) },
      { ...facts, name: "commands.hot.two-processes", run: from(2), over: { "one-process": one.all, "its-clients": one.half } },
    ];
    return await interleaved(all, rounds);
  } finally {
    await Promise.all(writers.map(({ end }) => end()));
    await close();
  }
}

/** Their rates added up; of their times the worse. */
function together(samples: readonly Sample[]): Sample {
  const worst = (which: "p50Ms" | "p99Ms") => Math.max(...samples.map((sample) => sample[which] ?? 0));
  return { value: samples.reduce((sum, { value }) => sum + value, 0), p50Ms: worst("p50Ms"), p99Ms: worst("p99Ms") };
}

function startWriter(url: string) {
  const args = ["--import", "tsx", "bench/hot-writer-process.ts"];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOT_WRITER_URL: url },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, "exit");
  return {
    async measure(order: HotOrder): Promise<Sample> {
      const answered = once(lines, "line");
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const [line] = await Promise.race([
        answered,
        ended.then(([code]) => Promise.reject(new Error(`a writer ended with ${code}`))),
      ]);
      const answer = JSON.parse(String(line)) as HotAnswer;
      if ("failed" in answer) throw new Error(answer.failed);
      return answer;
    },
    async end(): Promise<void> {
      child.stdin.end();
      await ended;
    },
  };
}
