import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { endGroup, endOf, spawnOwn } from "@/infra/processes/children";

/** Where a program is, as a shell would find it; undefined: it is not on the PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Whatever a tool would ask of the internet is refused at once: lists, newer versions of itself. */
const closed = "http://127.0.0.1:9";
const nowhereElse = { http_proxy: closed, https_proxy: closed, HTTP_PROXY: closed, HTTPS_PROXY: closed, no_proxy: "127.0.0.1" };

export type ToolRun = { said: string; isStopped: boolean };

/** Runs a tool in a folder of its own, which goes with it, for `msMax` at most. `read` looks at what it left there. */
export async function runTool<Read>(
  {
    program,
    args,
    msMax,
    signal,
  }: { program: string; args: (folder: string) => readonly string[]; msMax: number; signal: AbortSignal },
  read: (run: ToolRun, folder: string) => Read,
): Promise<Read> {
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-attack-"));
  const log = path.join(folder, "said.txt");
  const output = openSync(log, "w");
  try {
    const env = { ...process.env, ...nowhereElse, HOME: folder, TERM: "dumb" }; // what it keeps goes with the folder
    const child = spawnOwn(program, args(folder), { cwd: folder, env, stdio: ["ignore", output, output], abort: signal });
    let isStopped = false;
    const limit = setTimeout(() => {
      isStopped = true;
      endGroup(child, "SIGKILL");
    }, msMax);
    await endOf(child, signal).finally(() => clearTimeout(limit));
    return read({ said: readFileSync(log, "utf8"), isStopped }, folder);
  } finally {
    closeSync(output);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
