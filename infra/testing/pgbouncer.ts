import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandFor, waysToRun, worksFor } from "@/infra/embedded-postgres/run-as";
import { freePort } from "@/infra/processes/free-port";
import { until } from "@/infra/testing/until";

const program = [...(process.env.PATH ?? "").split(":"), "/usr/sbin"]
  .map((folder) => path.join(folder, "pgbouncer"))
  .find((file) => existsSync(file));

/** Where a run must prove it with the program itself, DAYBOOK_REQUIRE_PGBOUNCER says so. */
export const lacksPgbouncer = program === undefined && process.env.DAYBOOK_REQUIRE_PGBOUNCER !== "1";

export type Pgbouncer = Awaited<ReturnType<typeof startPgbouncer>>;

type Options = {
  poolMode: "session" | "transaction" | "statement";
  /** Lines of userlist.txt; left out: passwords are looked up in the server, as a superuser. */
  users?: readonly string[];
  /** Further settings, as "server_round_robin = 1". */
  settings?: readonly string[];
};

/**
 * A pooler before the server of `adminUrl`, for all of its databases. It marks the connections that
 * it hands on: see `marked`.
 */
export async function startPgbouncer(adminUrl: string, { poolMode, users, settings = [] }: Options) {
  if (program === undefined) throw new Error("DAYBOOK_REQUIRE_PGBOUNCER is set, and there is no pgbouncer");
  const admin = new URL(adminUrl);
  const [name, password] = [admin.username, admin.password].map(decodeURIComponent);
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-pgbouncer-"));
  chmodSync(folder, 0o711);
  const way = waysToRun().find((one) => worksFor(one, { postgres: program }, folder)); // like PostgreSQL it refuses to run as root
  if (!way) throw new Error("there is no user that pgbouncer could run as");
  const port = await freePort();
  const write = (file: string, lines: readonly string[]) => {
    writeFileSync(path.join(folder, file), `${lines.join("\n")}\n`, { mode: 0o600 });
    if (way.owner) chownSync(path.join(folder, file), way.owner.uid, way.owner.gid);
    return path.join(folder, file);
  };
  const lookUp = [`auth_user = ${name}`, "auth_query = select usename, passwd from pg_shadow where usename = $1"];
  const config = write("pgbouncer.ini", [
    "[databases]",
    `* = host=${admin.hostname} port=${admin.port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${write("userlist.txt", [`"${name}" "${password}"`, ...(users ?? [])])}`,
    `pool_mode = ${poolMode}`,
    "application_name_add_host = 1",
    ...(users ? [] : lookUp),
    ...settings,
  ]);
  const [command, args] = commandFor(way, program, [config]);
  const child = spawn(command, args, { ...way.spawn, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  await until(`pgbouncer listens: ${readFileSync(config, "utf8")}`, () => mustRun(child, said) && said.includes("process up"));
  return {
    /** The same login and database, by way of the pooler. */
    through: (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    async stop(): Promise<void> {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether a connection's application_name says that it came by way of a pooler. */
export const marked = (application: string): boolean => / - 127\.0\.0\.1:\d+$/.test(application);

function mustRun({ exitCode, signalCode }: ChildProcess, said: string): boolean {
  if (exitCode !== null || signalCode !== null) throw new Error(`pgbouncer ended: ${said}`);
  return true;
}
