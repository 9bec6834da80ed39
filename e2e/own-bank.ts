import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type OwnBank = {
  readonly origin: string;
  readonly ownerUrl: string;
  /** The file that the server's output goes to. */
  readonly log: string;
  /** Its server's exit code, once it has ended by itself. */
  readonly exited: Promise<number>;
  order(words: "stop database" | "stop server"): Promise<void>;
  end(): Promise<void>;
};

/** A bank beside the one that the other tests use: its database may be stopped, and its server ended. Call `end()` when done. */
export async function ownBank(): Promise<OwnBank> {
  const child = spawn(process.execPath, ["--import", "tsx", "e2e/own-bank-process.ts"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const heard: Record<string, unknown>[] = [];
  const waiting: { key: string; tell: (value: never) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line) as Record<string, unknown>;
    heard.push(said);
    for (const { key, tell } of waiting) if (key in said) tell(said[key] as never);
  });
  const first = <T>(key: string) =>
    new Promise<T>((tell, reject) => {
      waiting.push({ key, tell });
      void ended.then(() => reject(new Error(`the bank ended before it said "${key}"`)));
    });
  const [origin, ownerUrl, log] = await Promise.all([first<string>("origin"), first<string>("ownerUrl"), first<string>("log")]);
  const exited = first<number>("exited");
  exited.catch(() => undefined);
  return {
    origin,
    ownerUrl,
    log,
    exited,
    async order(words) {
      const stopped = first<string>("stopped");
      child.stdin.write(`${words}\n`);
      await stopped;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
