import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { nextProgram, withoutSecrets } from "@/cli/launch/build-app";
import type { Secrets } from "@/infra/config/secrets";
import { databaseRoles, type RoleUrls, roleVariables } from "@/infra/postgres/roles/database-roles";
import { describeEnd, type End, endGroup, endOf, spawnOwn } from "@/infra/processes/children";
import { identify, type ProcessIdentity } from "@/infra/processes/process-identity";

/** A server process of Next, answering. */
export type NextServer = { readonly identity: ProcessIdentity; readonly ended: Promise<End>; stop(): Promise<void> };

type Options = {
  mode: "start" | "dev";
  host: string;
  port: number;
  distDir: string | undefined;
  dataDir: string;
  urls: RoleUrls;
  secrets: Secrets;
  build: string;
  signal: AbortSignal;
  extra?: Readonly<Record<string, string>>;
  /** Where the server writes; the terminal unless a file is given. */
  output?: number | "inherit";
  /** The descriptor of a lock that is to be held for as long as the server runs. */
  lock?: number;
};

const consoleToLog = pathToFileURL("infra/logging/console-to-log.mjs").href;
const readyMsMax = 180_000; // against hanging alone: a busy machine starts slowly
const stopMsMax = 4_000;

/**
 * Starts Next in a session of its own, so that Ctrl-C reaches the launcher alone, which then stops things in order. Its standard input is a
 * pipe that nothing is written to: when the launcher is killed, the pipe closes, and the server stops by itself.
 */
export async function startNext(options: Options): Promise<NextServer> {
  const { mode, host, port, lock } = options;
  const output = options.output ?? "inherit";
  // Whoever develops reads words; what collects the log of a server reads lines of JSON.
  const format = mode === "start" ? ["--import", consoleToLog] : [];
  const args = [...format, nextProgram, mode, "--hostname", host, "--port", String(port)];
  options.signal.throwIfAborted();
  const child = spawnOwn(process.execPath, args, {
    env: serverEnv(options),
    stdio: ["pipe", output, output, ...(lock === undefined ? [] : [lock])],
  });
  const ended = endOf(child);
  ended.catch(() => undefined);
  try {
    await waitUntilListening(child, options);
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (!identity) throw new Error("The server ended at once.");
    return { identity, ended, stop: () => stop(child, ended) };
  } catch (error) {
    endGroup(child, "SIGKILL");
    throw error;
  }
}

/** How the server ended, where that was before it answered. */
export function endBeforeAnswer(error: unknown): End | undefined {
  return error instanceof Error && "end" in error ? (error.end as End) : undefined;
}

/** The server gets the application's logins and its secrets; never the owner's URL, nor what the logins' passwords are made from. */
function serverEnv({ mode, host, port, distDir, dataDir, urls, secrets, build, extra }: Options): NodeJS.ProcessEnv {
  return {
    ...withoutSecrets(process.env),
    ...extra,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.serverActions,
    ...(mode === "start" ? { NEXT_MANUAL_SIG_HANDLE: "true" } : {}),
    ...(distDir === undefined ? {} : { DAYBOOK_DIST: distDir }),
    ...Object.fromEntries(databaseRoles.map((role) => [roleVariables[role], urls[role]])),
    DAYBOOK_DATA: dataDir,
    DAYBOOK_BUILD: build,
    DAYBOOK_SECRET_SESSION: secrets.session,
    DAYBOOK_SECRET_RUN_ROUTE: secrets.runRoute,
    DAYBOOK_SECRET_METRICS: secrets.metrics,
    DAYBOOK_SECRET_SERVER_ACTIONS: secrets.serverActions,
    DAYBOOK_SECRET_HMAC: secrets.hmac.toString("base64"),
    DAYBOOK_SECRET_MASTER: secrets.master.toString("base64"),
    DAYBOOK_SECRET_SEAL: secrets.seal.toString("base64"),
    PORT: String(port),
    HOST: host,
    DAYBOOK_LAUNCHED: "1",
  };
}

async function waitUntilListening(child: ChildProcess, { host, port, signal }: Options): Promise<void> {
  const end = Date.now() + readyMsMax;
  const address = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  while (Date.now() < end) {
    signal.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) {
      const end: End = { code: child.exitCode, signal: child.signalCode };
      throw Object.assign(new Error(`The web server ended before it answered (${describeEnd(end)}).`), { end });
    }
    if (await accepts(address, port)) return;
    await sleep(50);
  }
  throw new Error(`The server did not answer within ${readyMsMax / 1000} s.`);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket
      .once("connect", () => answer(true))
      .once("error", () => answer(false))
      .once("timeout", () => answer(false));
  });
}

async function stop(child: ChildProcess, ended: Promise<End>): Promise<void> {
  endGroup(child, "SIGTERM");
  const timer = setTimeout(() => endGroup(child, "SIGKILL"), stopMsMax);
  await ended.catch(() => undefined);
  clearTimeout(timer);
}
