import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts the bare server in a process of its own. */
export async function startBareServer(): Promise<{ origin: string; stop(): Promise<void> }> {
  const args = ["--import", "tsx", "bench/http/bare-server-process.ts"];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const told = once(createInterface({ input: child.stdout }), "line");
  const [origin] = await Promise.race([told, ended.then(() => Promise.reject(new Error("the bare server ended at once")))]);
  return {
    origin: String(origin),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
