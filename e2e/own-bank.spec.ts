import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { type OwnBank, ownBank } from "./own-bank";

// What ends a server or takes its database away: on a bank of the test's own.

test.setTimeout(300_000);
let bank: OwnBank;
test.beforeEach(async () => {
  bank = await ownBank();
});
test.afterEach(() => bank.end());

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: bank.ownerUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const ask = async (path: string, init?: RequestInit) => {
  const answer = await fetch(`${bank.origin}${path}`, { redirect: "manual", ...init });
  return { status: answer.status, text: await answer.text() };
};

test("a server that the book takes no more answers 503 in words on every page and route, says so in health, and ends with code 78", async ({
  page,
}) => {
  await page.goto(`${bank.origin}/sign-in`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(JSON.parse((await ask("/api/health")).text)).toMatchObject({ status: "ok" });

  await asOwner("select raise_schema_floor(newest + 1, newest + 1) from book_schema");
  await expect.poll(async () => (await ask("/api/health")).text, { timeout: 60_000 }).toContain("outdated");
  const health = await ask("/api/health");
  expect(health.status).toBe(503);
  expect(JSON.parse(health.text)).toMatchObject({ status: "outdated", message: expect.stringContaining("start a newer build") });
  for (const path of ["/", "/sign-in", "/accounts", "/api/events", "/api/seals", "/nowhere"])
    expect(await ask(path), path).toEqual({ status: 503, text: expect.stringContaining("This server is being replaced") });
  const posted = await ask("/sign-in", {
    method: "POST",
    headers: { origin: bank.origin },
    body: new URLSearchParams({ email: "x" }),
  });
  expect(posted).toEqual({ status: 503, text: expect.stringContaining("Nothing was done") });
  await page.goto(`${bank.origin}/accounts`);
  await expect(page.getByRole("heading", { name: "This server is being replaced" })).toBeVisible();
  expect(await bank.exited).toBe(78);
  expect(linesOf(bank.log).filter(({ msg }) => String(msg).includes("too old"))).toHaveLength(1);
});

test("with the database away every line of the server's output is JSON, and what repeats is counted", async () => {
  expect((await ask("/sign-in")).status).toBe(200);
  await bank.order("stop database");
  await expect.poll(async () => (await ask("/api/health")).status, { timeout: 60_000 }).toBe(503);
  const asked = 120;
  for (let i = 0; i < asked; i++) await ask(i % 2 ? "/sign-in" : "/api/health").catch(() => undefined);
  await bank.order("stop server");

  const lines = linesOf(bank.log);
  const trouble = lines.filter(({ level }) => Number(level) >= 40);
  const counted = trouble.reduce((sum, { more }) => sum + Number(more ?? 1), 0);
  expect(counted).toBeGreaterThan(trouble.length); // some line says how often it came again
  expect(trouble.length).toBeLessThan(80);
  for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(16_000);
});

function linesOf(log: string): Record<string, unknown>[] {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    try {
      return JSON.parse(line) as Record<string, unknown>;
    } catch {
      throw new Error(`a line of the log that is no JSON: ${line.slice(0, 300)}`);
    }
  });
}
