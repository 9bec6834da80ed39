import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

/** A bank as `npm start` makes it: launcher, database and web server, on a data folder of its own. It serves the build of this run. */
export type StartedBank = { child: ChildProcess; origin: string; said(): string; ended: Promise<number | null> };

export function startBank(dataDir: string, port: number): StartedBank {
  const { PATH, HOME, CI } = process.env;
  const own = {
    DAYBOOK_DATA: dataDir,
    DAYBOOK_DIST: ".next-test",
    DAYBOOK_DEMO: "off",
    DAYBOOK_LOG_LEVEL: "warn",
    PORT: String(port),
  };
  const child = spawn(process.execPath, ["cli/bootstrap.mjs", "start"], {
    env: { PATH, HOME, CI, NODE_ENV: "production", ...own },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  return { child, origin: `http://127.0.0.1:${port}`, said: () => said, ended };
}

/** The processes that were started for this data folder and that still run, with their commands. */
export function survivors(dataDir: string): string[] {
  const pids = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      const isOurs = variables.includes(`DAYBOOK_DATA=${dataDir}`) || command.includes(path.join(dataDir, "postgres/data"));
      return isOurs && command !== "" ? [`${pid} ${command}`] : [];
    } catch {
      return []; // it ended while we looked, or is somebody else's
    }
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
