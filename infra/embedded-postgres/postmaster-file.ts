import { readFileSync } from "node:fs";
import path from "node:path";
import type { Place } from "@/infra/embedded-postgres/place";
import { commandLine, identify, type ProcessIdentity } from "@/infra/processes/process-identity";
import { processesIn } from "@/infra/processes/processes-in-folder";

type Home = Pick<Place, "home">;

/** What PostgreSQL writes about itself. */
export const pidFile = (place: Home) => path.join(place.home, "data/postmaster.pid");

/** What a server wrote about itself when it started; whether it still runs, the file does not say. */
export function recorded(place: Home): { pid: number; port: number } | undefined {
  const lines = read(pidFile(place)).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && port < 65_536 ? { pid, port } : undefined;
}

/** The recorded process, where it can be seen from here and is the server of this very folder. */
export function visibleServer(place: Home): ProcessIdentity | undefined {
  const found = recorded(place);
  return found && isServerOf(found.pid, place) ? identify(found.pid) : undefined;
}

/** Where it ran the last time: whoever knows that address finds it again. */
export function lastPort(place: Home): number | undefined {
  const port = Number(/"-p" "(\d+)"/.exec(read(path.join(place.home, "data/postmaster.opts")))?.[1]);
  return port > 0 && port < 65_536 ? port : undefined;
}

/** In another PID namespace the number may be any other program's: on Linux the folder that it works in tells. */
function isServerOf(pid: number, place: Home): boolean {
  const data = path.join(place.home, "data");
  const words = commandLine(pid);
  if (!words.includes("postgres")) return false;
  return process.platform === "linux" ? processesIn(data).includes(pid) : words.includes(data);
}

/** Empty where there is nothing to read: such a file is a hint, and no more. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
