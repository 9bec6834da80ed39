import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { dataFolder, superuser } from "@/infra/embedded-postgres/cluster";
import type { Place } from "@/infra/embedded-postgres/place";

const wrongPassword = "28P01";

/**
 * Whether the server at this port is that of this very folder, and answers. A password proves little: a copy of the folder holds the same
 * one, and names the same port. So a file is put into the data folder, and the server is asked whether it sees it there.
 * One that is starting or stopping says "not now".
 */
export async function answersFor(place: Place, port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: superuser,
    password,
    database: "postgres",
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  client.on("error", () => undefined); // the connection is closed below in every case
  const name = `daybook-probe-${randomBytes(8).toString("hex")}`;
  const probe = path.join(dataFolder(place), name);
  try {
    await client.connect();
    writeFileSync(probe, "", { flag: "wx" });
    const { rows } = await client.query<{ seen: boolean }>("select (pg_stat_file($1, true)).size is not null as seen", [name]);
    return rows[0]?.seen === true;
  } catch (error) {
    const { code, syscall } = error as { code?: string; syscall?: string };
    if (code === wrongPassword) return false; // another folder's server, at a port that ours had once
    if (syscall === "open") throw new Error(`${dataFolder(place)} cannot be written to (${code}).`, { cause: error });
    return false;
  } finally {
    rmSync(probe, { force: true });
    await client.end().catch(() => undefined);
  }
}
