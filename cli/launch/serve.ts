import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildApp } from "@/cli/launch/build-app";
import { choosePort } from "@/cli/launch/choose-port";
import { keepServing } from "@/cli/launch/keep-serving";
import { endBeforeAnswer, type NextServer, startNext } from "@/cli/launch/next-server";
import { type OpenBook, openBook, openServer, type Server } from "@/cli/launch/open-database";
import { clearLeftovers, forget, noteRunning } from "@/cli/launch/running";
import { otherRun, tryRunLock } from "@/cli/launch/running-elsewhere";
import { seedBook } from "@/cli/launch/seed-book";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { welcome } from "@/cli/launch/welcome";
import { step, tell } from "@/cli/progress";
import { type Addresses, addressesOf } from "@/infra/config/addresses";
import { env } from "@/infra/config/env";
import { exitCodes } from "@/infra/processes/exit-codes";
import { withLock } from "@/infra/processes/os-lock.mjs";
import { identify } from "@/infra/processes/process-identity";

const otherStartMsMax = 15 * 60_000;
const endMsMax = 4_800;

type Stoppable = { stop(): Promise<void> };

/** Everything from the database to the printed address; returns when it was told to stop, with the exit code. */
export async function serve(mode: "start" | "dev"): Promise<number> {
  const { dataDir } = env();
  const { signal, code } = stopSignals();
  signal.addEventListener("abort", () => setTimeout(() => process.exit(code()), endMsMax).unref(), { once: true });
  mkdirSync(dataDir, { recursive: true });

  const started: Stoppable[] = []; // stopped in the opposite order
  try {
    const waiting = (holder: string) => tell(`Another start on ${dataDir} is under way (${holder}): waiting for it.`);
    const options = { waitMsMax: otherStartMsMax, signal, tell: waiting };
    const lock = withLock(path.join(dataDir, "start.lock"), options, () => bringUp(mode, signal, started));
    const result = await unlessStopped(signal, lock);
    if ("other" in result) {
      console.log(`\n  ${result.other.words}\n`);
      return result.other.code;
    }
    console.log(await welcome(result));
    return await unlessStopped(signal, keepServing(result.next, result.restart, { signal, tell }));
  } catch (error) {
    if (signal.aborted) return code();
    if (endBeforeAnswer(error)?.code !== exitCodes.doNotRestart) throw error;
    console.error(error instanceof Error ? error.message : error);
    return exitCodes.doNotRestart;
  } finally {
    for (const { stop } of started.reverse()) await stop().catch((error: unknown) => console.error(error));
  }
}

type Up = { addresses: Addresses; open: OpenBook; server: Server; next: NextServer; restart: () => Promise<NextServer> };
type Other = { other: { words: string; code: number } };

async function bringUp(mode: "start" | "dev", signal: AbortSignal, started: Stoppable[]): Promise<Up | Other> {
  const settings = env();
  const { dataDir } = settings;
  const run = await tryRunLock(dataDir, signal);
  if (!run) return { other: otherRun(dataDir) };
  started.push({ stop: async () => run.release() });
  const serverLock = await clearLeftovers(dataDir, tell);
  started.push({ stop: async () => serverLock.release() });

  const server = await step(settings.databaseUrl ? "Connecting to PostgreSQL" : "Starting PostgreSQL", () =>
    openServer(settings, { abort: signal, tell }),
  );
  started.push(server);
  server.keepRunning(tell);
  signal.throwIfAborted();
  const open = await step("Bringing the database up to date", () => openBook(server, settings, { tell }));
  signal.throwIfAborted();
  const distDir = process.env.DAYBOOK_DIST || ".next";
  const build = mode === "start" ? await buildApp({ distDir, signal }) : "dev";
  await seedBook(open, signal);

  const serving = await startServing({ mode, distDir, build, open, lock: serverLock.fd, signal, started });
  return { ...serving, open, server };
}

type Serving = {
  mode: "start" | "dev";
  distDir: string;
  build: string;
  open: OpenBook;
  lock: number;
  signal: AbortSignal;
  started: Stoppable[];
};

async function startServing({ open, started, ...options }: Serving): Promise<Pick<Up, "addresses" | "next" | "restart">> {
  const { dataDir, host, port: wanted, statedOrigin } = env();
  const port = await choosePort(wanted, host);
  const addresses = addressesOf({ host, port, stated: statedOrigin });
  const main = identify(process.pid);
  let latest: NextServer | undefined;
  const restart = async () => {
    latest = await startNext({ ...options, host, port, dataDir, urls: open.urls, secrets: open.secrets });
    if (main) noteRunning(dataDir, { main, server: latest.identity, address: addresses.printed });
    return latest;
  };
  const stop = async () => {
    await latest?.stop();
    forget(dataDir);
  };
  started.push({ stop });
  return { addresses, next: await step("Starting the server", restart), restart };
}
