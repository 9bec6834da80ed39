import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { createPool } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";
import { asAdmin, databaseUrl } from "@/infra/testing/template";
import { testSecrets } from "@/infra/testing/test-secrets";

/** A database of one's own, with the pools of the application's role and of the owner. */
export type TestDatabase = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly pool: pg.Pool;
  readonly owner: pg.Pool;
  drop(): Promise<void>;
};

/**
 * A fresh, migrated, empty book made with `testSecrets`: real, closed for imports. With `demo: true` it is a demo book that can
 * still be seeded; with `empty: true` there is nothing in it at all. Call `drop()` when done.
 */
export async function testDatabase(options: { demo?: boolean; empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject("daybookTestServer");
  const name = server.template.replace(/template$/, randomBytes(6).toString("hex"));
  const ownerUrl = databaseUrl(server.adminUrl, name);
  const source = options.demo || options.empty ? "template1" : server.template;
  await asAdmin(server.adminUrl, (admin) => admin.query(`create database ${name} template ${source}`));
  if (options.demo) await migrate(ownerUrl, { book: { keys: testSecrets, demo: true }, appRole: server.appRole });

  const app = new URL(ownerUrl);
  [app.username, app.password] = [server.appRole.name, server.appRole.password];
  const pool = createPool(app.href, { max: 10, name: "daybook test" });
  const owner = createPool(ownerUrl, { max: 4, name: "daybook test owner" });
  return {
    ownerUrl,
    appUrl: app.href,
    pool,
    owner,
    async drop() {
      await Promise.all([pool.end(), owner.end()]);
      await asAdmin(server.adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}
