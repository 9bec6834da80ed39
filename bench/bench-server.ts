import type { RoleUrls } from "@/infra/postgres/roles/database-roles";
import { urlsOf } from "@/infra/postgres/roles/role-logins";
import { asAdmin, databaseUrl, makeTemplate, testRoles } from "@/infra/testing/template";
import { startTestServer } from "@/infra/testing/test-server";

/** A PostgreSQL of the run's own, with durable settings: one server for Daybook, its peers and the raw limit. */
export type BenchServer = {
  /** An empty, migrated book under this name; its url is the owner's. */
  book(name: string): Promise<string>;
  /** How the application opens the same book, with its own logins. */
  asApplication(bookUrl: string): RoleUrls;
  /** An empty database, for a peer. */
  empty(name: string): Promise<string>;
  /** Drops what was made, so that the next benchmark finds the server as the first one did. */
  clear(): Promise<void>;
  stop(): Promise<void>;
};

export async function startBenchServer(): Promise<BenchServer> {
  const server = await startTestServer();
  const { template, rolePrefix, drop } = await makeTemplate(server.adminUrl);
  const made: string[] = [];
  const create = async (name: string, from: string) => {
    const database = template.replace(/template$/, name);
    await asAdmin(server.adminUrl, (admin) => admin.query(`create database ${database} template ${from}`));
    made.push(database);
    return databaseUrl(server.adminUrl, database);
  };
  return {
    book: (name) => create(name, template),
    asApplication: (bookUrl) => urlsOf(testRoles(bookUrl, rolePrefix).logins),
    empty: (name) => create(name, "template0"),
    async clear() {
      await asAdmin(server.adminUrl, async (admin) => {
        for (const database of made.splice(0)) await admin.query(`drop database if exists ${database} with (force)`);
        await admin.query("checkpoint");
      });
    },
    async stop() {
      await drop();
      await server.stop();
    },
  };
}
