import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { signal } from "../processes/process-identity";
import { childrenOf } from "./children-of";
import type { FolderLine } from "./folder-process";

/** Where a bank runs: beside the test, or as in a container of its own, which sees no process of others; `alone`: nor their network. */
export type Where = "here" | "container" | "container, alone" | "container, as its first process";

const processesOfItsOwn = ["--pid", "--ipc", "--fork", "--mount-proc"];
// Root may make namespaces at once, unless it is root of a container alone; others may inside a user namespace.
const ways = [...(process.getuid?.() === 0 ? [processesOfItsOwn] : []), ["--user", "--map-current-user", ...processesOfItsOwn]];
const possible = ways.find((way) => spawnSync("unshare", [...way, "true"], { stdio: "ignore" }).status === 0);
const namespaces = possible ?? processesOfItsOwn;

/** Whether this machine lets us make PID namespaces; CI requires it. */
export const hasNamespaces = possible !== undefined || process.env.DAYBOOK_REQUIRE_NAMESPACES === "1";

/** A bank on the embedded server of a folder, in a process of its own that tests kill. */
export type FolderBank = ReturnType<typeof startFolderBank>;

const started: ChildProcessWithoutNullStreams[] = [];

export function startFolderBank(home: string, where: Where) {
  const [command = "", ...args] = commandIn(where);
  const env = { ...process.env, FOLDER_PROCESS_HOME: home, DAYBOOK_LOG_LEVEL: "silent" };
  const child = spawn(command, args, { env });
  started.push(child);
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdin.on("error", () => {}); // it was killed while we wrote
  const lines: FolderLine[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line) as FolderLine));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const of = <Kind extends FolderLine["kind"]>(kind: Kind) =>
    lines.filter((line): line is Extract<FolderLine, { kind: Kind }> => line.kind === kind);
  return {
    of,
    ended,
    /** The names of all events whose deposits were acknowledged. */
    acknowledged: () => of("deposited").flatMap(({ events }) => events),
    words: () => of("told").map(({ words }) => words),
    errors: () => errors,
    /** Up, or refused; throws when it ended otherwise. */
    answered(): boolean {
      if (of("up").length + of("refused").length > 0) return true;
      if (child.exitCode !== null) throw new Error(`it ended (${child.exitCode}):\n${errors}`);
      return false;
    },
    /** kill -9 of the bank alone: what it started lives on. */
    killApp: () => signal(appOf(child.pid ?? 0, where), "SIGKILL"),
    stop: () => void child.stdin.end(),
  };
}

/** Ends what tests started and did not end. */
export function endFolderBanks(): void {
  for (const child of started.splice(0)) for (const pid of familyOf(child.pid ?? 0)) signal(pid, "SIGKILL");
}

function commandIn(where: Where): string[] {
  const node = [process.execPath, "--import", "tsx", path.resolve("infra/testing/folder-process.ts")];
  switch (where) {
    case "here":
      return node;
    case "container":
      // Another program is the first one there, and goes on when the bank has ended: with it everything would end.
      return ["unshare", ...namespaces, "--", "/bin/sh", "-c", '"$@"; sleep 600', "sh", ...node];
    case "container, alone":
      return ["unshare", "--net", ...namespaces, "--", ...node];
    case "container, as its first process":
      return ["unshare", ...namespaces, "--", ...node];
  }
}

/** The bank's process below the programs that lead to it. */
function appOf(pid: number, where: Where): number {
  const depth = { here: 0, container: 2, "container, alone": 1, "container, as its first process": 1 }[where];
  let found = pid;
  for (let level = 0; level < depth; level += 1) found = childrenOf(found)[0] ?? found;
  return found;
}

const familyOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(familyOf)];
