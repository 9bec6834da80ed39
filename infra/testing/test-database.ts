import { randomBytes } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import { createPool } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";
import { byRole, type DatabaseRole, type RoleUrls } from "@/infra/postgres/roles/database-roles";
import { urlsOf } from "@/infra/postgres/roles/role-logins";
import { asAdmin, databaseUrl, testRoles } from "@/infra/testing/template";
import { testSecrets } from "@/infra/testing/test-secrets";

/** A database of one's own, with how the application signs in, and pools of its roles and of the owner. `pool`: the reader's. */
export type TestDatabase = {
  readonly ownerUrl: string;
  readonly urls: RoleUrls;
  readonly pool: pg.Pool;
  readonly pools: Readonly<Record<DatabaseRole, pg.Pool>>;
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
  const roles = testRoles(ownerUrl, server.rolePrefix);
  if (options.demo) await migrate(ownerUrl, { book: { keys: testSecrets, demo: true }, roles });

  const urls = urlsOf(roles.logins);
  const pools = byRole((role) => createPool(urls[role], { max: 10, name: "daybook test" }));
  const owner = createPool(ownerUrl, { max: 4, name: "daybook test owner" });
  return {
    ownerUrl,
    urls,
    pool: pools.reader,
    pools,
    owner,
    async drop() {
      await Promise.all([owner, ...Object.values(pools)].map((pool) => pool.end()));
      await asAdmin(server.adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}
