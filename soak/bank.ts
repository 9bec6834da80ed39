import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { byRole, type RoleUrls } from "@/infra/postgres/roles/database-roles";
import type { Order } from "@/soak/bank-process";
import { startProxy } from "@/soak/proxy";

/** One process of the bank behind a network of its own; killed and started again under the same number. */
export type Bank = Awaited<ReturnType<typeof startBank>>;

type Settle = (answer: unknown) => void;

export async function startBank(index: number, options: { urls: RoleUrls; folder: string; port: number }) {
  const proxy = await startProxy(options.port);
  const urls = byRole((role) => Object.assign(new URL(options.urls[role]), { port: String(proxy.port) }).href);
  const log = createWriteStream(path.join(options.folder, `process-${index}.log`), { flags: "a" });
  const waiting = new Map<number, Settle>();
  let child: ChildProcessWithoutNullStreams | undefined;
  let ended: Promise<void> = Promise.resolve();
  let asked = 0;
  let closing = false;
  let killed = false;
  const deaths: string[] = [];

  function start(): void {
    if (child || closing) return;
    const env = {
      ...process.env,
      SOAK_URLS: JSON.stringify(urls),
      SOAK_SEALS: path.join(options.folder, "seals"),
      DAYBOOK_LOG_LEVEL: "warn",
    };
    const started = spawn(process.execPath, ["--import", "tsx", "soak/bank-process.ts"], { env });
    child = started;
    killed = false;
    started.stdin.on("error", () => {}); // it was killed while we wrote
    started.stderr.pipe(log, { end: false });
    createInterface({ input: started.stdout }).on("line", (line) => {
      const { n, answer } = JSON.parse(line) as { n: number; answer: unknown };
      waiting.get(n)?.(answer);
      waiting.delete(n);
    });
    ended = new Promise((done) =>
      started.on("close", (code, signal) => {
        child = undefined;
        if (!killed && !closing) deaths.push(`process ${index} ended by itself (${signal ?? code})`);
        for (const lost of waiting.values()) lost(null);
        waiting.clear();
        done();
        if (!killed) start();
      }),
    );
  }
  start();

  return {
    index,
    proxy,
    start,
    get running(): boolean {
      return child !== undefined;
    },
    get ended(): Promise<void> {
      return ended;
    },
    /** The answer, or null where the process ended before it gave one. */
    ask(order: Order): Promise<unknown> {
      const to = child;
      if (!to) return Promise.resolve(null);
      asked += 1;
      const n = asked;
      return new Promise((resolve) => {
        waiting.set(n, resolve);
        to.stdin.write(`${JSON.stringify({ n, order })}\n`);
      });
    },
    /** Ends that nobody brought about, in words. */
    deaths: deaths as readonly string[],
    signal(name: NodeJS.Signals): void {
      if (name === "SIGKILL") killed = true;
      child?.kill(name);
    },
    async close(): Promise<void> {
      closing = true;
      child?.kill("SIGCONT");
      child?.stdin.end();
      const limit = setTimeout(() => child?.kill("SIGKILL"), 8_000);
      await ended;
      clearTimeout(limit);
      proxy.close();
      log.end();
    },
  };
}
