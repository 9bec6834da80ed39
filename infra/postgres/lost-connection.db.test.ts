import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { createClient } from "./connect";
import { transaction } from "./transaction";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

// An error event that nobody listens to ends the process; here it would fail the whole run.
const end = (pid: unknown) => database.owner.query("select pg_terminate_backend($1, 5000)", [pid]);

test("a connection lost between two statements of a transaction fails that transaction, not the process", async () => {
  const lost = transaction(database.pool, async (client) => {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    const gone = new Promise((resolve) => client.once("end", resolve));
    await end(rows[0].pid);
    await gone;
    await client.query("select 1");
  });
  await expect(lost).rejects.toThrow();
  await expect(database.pool.query("select 1 as one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

test("a connection lost in the middle of a statement fails that transaction, not the process", async () => {
  const lost = transaction(database.pool, async (client) => {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    await Promise.all([client.query("select pg_sleep(30)"), end(rows[0].pid)]);
  });
  await expect(lost).rejects.toMatchObject({ code: "57P01" });
});

test("a connection of one's own that is lost while idle fails its next query, not the process", async () => {
  const client = createClient(database.urls.reader, "daybook test");
  await client.connect();
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const gone = new Promise((resolve) => client.once("end", resolve));
  await end(rows[0].pid);
  await gone;
  await expect(client.query("select 1")).rejects.toThrow();
});
