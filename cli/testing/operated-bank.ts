import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { inject } from "vitest";
import { runNode } from "@/cli/launch/child";
import { type OpenBook, type OpenOptions, openBook, openServer } from "@/cli/launch/open-database";
import { readEnv } from "@/infra/config/env";
import { signingIn } from "@/infra/postgres/roles/role-logins";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { waitMsMax } from "@/infra/testing/patience";
import { asAdmin, databaseUrl, dropLogins } from "@/infra/testing/template";

/**
 * Variables of one process of the bank; DATABASE_URL and a data folder of its own where they say
 * nothing.
 */
export type Variables = Readonly<Record<string, string>>;

export type OperatedBank = Awaited<ReturnType<typeof operatedBank>>;

/**
 * A database as an operator gives one to Daybook, whose owner is no superuser, with folders and
 * processes of a bank on it. Nothing of it is left after `close`.
 */
export async function operatedBank({ mayMakeRoles = true } = {}) {
  const { adminUrl, template } = inject("daybookTestServer");
  const name = `${template.replace(/template$/, "")}${randomBytes(4).toString("hex")}`;
  const owner = `${name}_owner`;
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`create role ${owner} login nosuperuser ${mayMakeRoles ? "createrole" : "nocreaterole"} password 'owner'`);
    await admin.query(`create database ${name} owner ${owner}`);
  });
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-operated-"));
  const runtimes: Runtime[] = [];
  const ownerUrl = signingIn(databaseUrl(adminUrl, name), { name: owner, password: "owner" });
  const variablesOf = (given: Variables) => ({ DATABASE_URL: ownerUrl, DAYBOOK_DATA: path.join(folder, "first"), ...given });

  /** Rows of the database, asked for by a superuser. */
  const asked = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    asAdmin(databaseUrl(adminUrl, name), async (admin) => (await admin.query<Row>(sql, values)).rows);

  return {
    name,
    ownerUrl,
    asked,
    /** A login's name and URL, at the database's own address. */
    login: (role: string, password: string) => ({
      name: `${name}_${role}`,
      url: signingIn(ownerUrl, { name: `${name}_${role}`, password }),
    }),
    folder: (data: string) => path.join(folder, data),
    /** What a start does before there is a server. */
    async start(given: Variables = {}, options: OpenOptions = {}): Promise<OpenBook> {
      const env = readEnv(variablesOf(given));
      return openBook(await openServer(env), env, options);
    },
    /** A process of the bank, as far as the database can tell. */
    runtime({ urls, secrets }: OpenBook): Runtime {
      const runtime = createRuntime({ urls, keys: secrets, queueLimits: { waitMsMax } });
      runtimes.push(runtime);
      return runtime;
    },
    /** A command of the terminal in a process of its own. */
    terminal: (words: readonly string[], given: Variables = {}) =>
      runNode(["--import", "tsx", "cli/testing/terminal-process.ts", ...words], {
        env: { ...process.env, DAYBOOK_SEAL_FILE: "", ...variablesOf(given) },
      }),
    /** Every connection of the application's logins: which, and from which port. */
    connections: () =>
      asked<{ login: string; application: string; port: number }>(
        `select usename as login, application_name as application, client_port as port from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
      ),
    async close(): Promise<void> {
      await Promise.all(runtimes.map((runtime) => runtime.close()));
      await asAdmin(adminUrl, async (admin) => {
        await admin.query(`drop database ${name} with (force)`);
        await dropLogins(admin, name);
      });
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a start says that was refused. */
export const refusal = (start: Promise<unknown>): Promise<string> =>
  start.then(
    () => "it started",
    (error: Error) => error.message,
  );
