import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const secondsMax = 60;
const installations = "/usr/lib/postgresql";

/** Debian's pgbench, the newest; undefined on a machine without one. */
export function findPgbench(): string | undefined {
  try {
    const versions = readdirSync(installations).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => path.join(installations, version, "bin/pgbench"))[0];
  } catch {
    return undefined;
  }
}

/** The raw limit: one durable INSERT per transaction, prepared, values made in the server. Transactions per second. */
export async function pgbench(
  program: string,
  url: string,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-pgbench-"));
  try {
    const script = path.join(folder, "insert.sql");
    writeFileSync(
      script,
      `insert into raw_events (stream_id, version, type, data, metadata) values (gen_random_uuid()::text, 1, 'MoneyDeposited', '${body}', '${body}');\n`,
    );
    for (let limit = Math.max(1, Math.round(seconds)); limit <= secondsMax; limit *= 3) {
      const args = ["-n", "-M", "prepared", "-c", String(clients), "-j", "1", "-T", String(limit), "-f", script];
      const { stdout } = await run(program, [...args, url]);
      const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
      if (rate !== undefined) return Number(rate);
      // The time was over before a busy machine had opened all connections: no transaction, no rate. Its rate leaves out the opening.
    }
    throw new Error(`pgbench came to no transaction in ${secondsMax} s with ${clients} clients`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What every raw row holds. */
export const body = JSON.stringify({ amount: { minorUnits: "100", currency: "EUR" }, reference: "x".repeat(150) });
