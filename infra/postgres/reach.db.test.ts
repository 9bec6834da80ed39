import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { until } from "@/infra/testing/until";
import { startProxy } from "@/soak/proxy";
import { createReach, type Reach } from "./reach";

let database: TestDatabase;
let network: Awaited<ReturnType<typeof startProxy>>;
let reach: Reach;

beforeAll(async () => {
  database = await testDatabase();
  const url = new URL(database.urls.reader);
  network = await startProxy(Number(url.port));
  url.host = `127.0.0.1:${network.port}`;
  reach = createReach(url.href);
});
afterAll(async () => {
  await reach.close();
  network.close();
  await database.drop();
});

test("a database that refuses connections is away, and answers again once it is back", async () => {
  expect(await reach.answers()).toBe(true);
  network.refuse();
  network.cut();
  reach.doubt();
  expect(await reach.answers()).toBe(false);
  network.flow();
  expect(await reach.answers()).toBe(true);
});

test("a connection that died with a server that is back since is no outage", async () => {
  expect(await reach.answers()).toBe(true);
  network.cut();
  reach.doubt();
  expect(await reach.answers()).toBe(true);
});

test("a database that says nothing is away, and many who ask wait for one question", async () => {
  expect(await reach.answers()).toBe(true);
  network.stall();
  reach.doubt();
  expect(await Promise.all(Array.from({ length: 20 }, () => reach.answers()))).toEqual(Array(20).fill(false));
  network.cut();
  network.flow();
  await until("it answers again", () => reach.answers());
});

test("all connections of a busy pool taken is no outage", async () => {
  const taken = await Promise.all(Array.from({ length: 10 }, () => database.pool.connect()));
  try {
    reach.doubt();
    expect(await reach.answers()).toBe(true);
  } finally {
    for (const client of taken) client.release();
  }
});
