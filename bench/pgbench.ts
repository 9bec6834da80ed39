import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const leadInSeconds = 3; // not counted: each backend opens, and reads the catalogue, at the cost of some thousand inserts
const leadInSecondsMax = 60;
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

/** The raw limit: one durable INSERT per transaction, prepared, values made in the server. Transactions per second, once all clients are at it. */
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
    const counted = Math.max(1, Math.round(seconds));
    const asked = ["-n", "-M", "prepared", "-c", String(clients), "-j", "1", "-P", "1", "-f", script];
    for (let leadIn = leadInSeconds; leadIn <= leadInSecondsMax; leadIn *= 3) {
      const { stderr } = await run(program, [...asked, "-T", String(leadIn + counted), url]);
      const rates = [...stderr.matchAll(/^progress: .* s, ([\d.]+) tps/gm)].map(([, rate]) => Number(rate)).slice(-counted);
      if (rates.length === counted && rates.every((rate) => rate > 0)) return rates.reduce((sum, rate) => sum + rate) / counted;
      // A busy machine has not opened all connections yet.
    }
    throw new Error(`pgbench came to no transaction in ${leadInSecondsMax} s with ${clients} clients`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What every raw row holds. */
export const body = JSON.stringify({ amount: { minorUnits: "100", currency: "EUR" }, reference: "x".repeat(150) });
