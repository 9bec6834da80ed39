import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildApp } from "@/cli/launch/build-app";
import { choosePort } from "@/cli/launch/choose-port";
import { startNext } from "@/cli/launch/next-server";
import { type OpenBook, openBook, openServer, type Server } from "@/cli/launch/open-database";
import { clearLeftovers, findRunning, forget, note, type Running } from "@/cli/launch/running";
import { seedBook } from "@/cli/launch/seed-book";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { welcome } from "@/cli/launch/welcome";
import { step } from "@/cli/progress";
import { type Addresses, addressesOf } from "@/infra/config/addresses";
import { env } from "@/infra/config/env";
import { withLockFile } from "@/infra/processes/folder-lock";
import { identify } from "@/infra/processes/process-identity";

const otherStartMsMax = 15 * 60_000;
const endMsMax = 4_800;

type Stoppable = { stop(): Promise<void> };

/** Everything from the database to the printed address; returns when it was told to stop, with the exit code. */
export async function serve(mode: "start" | "dev"): Promise<number> {
  const { dataDir } = env();
  const { signal, code } = stopSignals();
  signal.addEventListener("abort", () => setTimeout(() => process.exit(1), endMsMax).unref(), { once: true });
  mkdirSync(dataDir, { recursive: true });

  const started: Stoppable[] = []; // stopped in the opposite order
  try {
    const lock = withLockFile(path.join(dataDir, "start.lock"), otherStartMsMax, () => bringUp(mode, signal, started));
    const result = await unlessStopped(signal, lock);
    if ("running" in result) {
      console.log(`\n  Daybook already runs at ${result.running.address}\n`);
      return 0;
    }
    console.log(await welcome(result));
    return await Promise.race([result.exited, untilAborted(signal).then(code)]);
  } catch (error) {
    if (!signal.aborted) throw error;
    return code();
  } finally {
    for (const { stop } of started.reverse()) await stop().catch((error: unknown) => console.error(error));
  }
}

type Up = { addresses: Addresses; open: OpenBook; server: Server; exited: Promise<number> };

async function bringUp(mode: "start" | "dev", signal: AbortSignal, started: Stoppable[]): Promise<Up | { running: Running }> {
  const settings = env();
  const { dataDir, host } = settings;
  const running = findRunning(dataDir);
  if (running) return { running };
  if (await clearLeftovers(dataDir)) console.error("  Ended what an earlier start had left behind.");

  const server = await step(settings.databaseUrl ? "Connecting to PostgreSQL" : "Starting PostgreSQL", () =>
    openServer(settings),
  );
  started.push(server);
  server.keepRunning((message) => console.error(`  ${message}`));
  signal.throwIfAborted();
  const open = await step("Bringing the database up to date", () => openBook(server, settings));
  signal.throwIfAborted();
  const distDir = ".next";
  const build = mode === "start" ? await buildApp({ distDir, signal }) : "dev";
  await seedBook(open, signal);

  const port = await choosePort(settings.port, host);
  const options = { mode, host, port, distDir, dataDir, appUrl: open.appUrl, secrets: open.secrets, build, signal };
  const next = await step("Starting the server", () => startNext(options));
  started.push(next);
  const main = identify(process.pid);
  const addresses = addressesOf({ host, port, stated: settings.statedOrigin });
  const address = addresses.printed;
  if (main) note(dataDir, { main, server: next.identity, address });
  started.push({ stop: async () => forget(dataDir) });
  return { addresses, open, server, exited: next.exited };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
