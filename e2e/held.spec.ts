import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { query, whilePaused } from "./book";
import { deposit, expectAccessible, expectNoSidewaysScroll, openAccount, test } from "./fixtures";
import { rewritten } from "./rewritten";

const damage = `data = jsonb_set(data, '{amount,minorUnits}', '"-7"')`;

const readersHolding = async (id: string) => (await query("select from parked_accounts where account_id = $1", [id])).length;

/** As an operator does, in the terminal. */
async function retry(): Promise<string> {
  const env = { ...process.env, DAYBOOK_DATA: process.env.E2E_DATA, DAYBOOK_DEMO: "on" };
  return (await promisify(execFile)(process.execPath, ["cli/bootstrap.mjs", "retry"], { env })).stdout;
}

test("an account with a damaged event is held there: every page says so, others go on, and once it is put right a retry posts all that waited", async ({
  page,
  as,
  request,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "20");
  const balance = page.getByRole("region", { name: "Balance", exact: true });
  const notice = page.getByText("This account is held at event 3");
  await whilePaused(async () => {
    await deposit(page, id, "7");
    await rewritten(id, 3, damage, async () => {
      await query("update projection_checkpoints set paused = false");
      await expect.poll(() => readersHolding(id)).toBeGreaterThanOrEqual(4);
      await deposit(page, id, "5"); // decided on what the process knows of the account
      await expect(page.getByRole("status")).toContainText("the account is held, and this waits");
      await expect(page.getByRole("row", { name: /Waits: the account is held/ })).toContainText("5.00");
      await expect(notice).toBeVisible();
      await expect(balance).toContainText("€20.00");
      await expect(balance).toContainText("Held at event 3: true up to event 2, later ones wait.");
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScroll(page);
      await page.goto("/accounts");
      await expect(page.getByText("Held at event 3")).toBeVisible();
      await expect(page.getByText("One account is held, and its later events wait.")).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      for (const path of ["timeline", "as-of?when=now"]) {
        await page.goto(`/accounts/${id}/${path}`);
        await expect(page.getByRole("alert").filter({ hasText: "Event 3 of this account cannot be read" })).toBeVisible();
      }
      const other = await openAccount(page);
      await deposit(page, other, "3");
      await expect(page.getByRole("status")).toContainText("Booked at position");

      const health = async () => {
        const answer = await request.get("/api/health");
        return [answer.status(), await answer.json()];
      };
      await expect.poll(health).toEqual([200, { status: "degraded" }]); // strangers share one look a second
    });
  });
  expect(await retry()).toContain(`account_balances, ${id}: held no more, 2 events applied.`);
  expect(await readersHolding(id)).toBe(0);
  await page.goto(`/accounts/${id}`);
  await expect(notice).toBeHidden();
  await expect(balance).toContainText("€32.00");
});

test("an account whose very first event is damaged is said to be held, to those who may see it alone, and is there again after a retry from the screen", async ({
  page,
  as,
  context,
}) => {
  await as("ada");
  await whilePaused(async () => {
    const id = await openAccount(page);
    await rewritten(id, 1, `data = '{"odd":"yes"}'`, async () => {
      await query("update projection_checkpoints set paused = false");
      await expect.poll(() => readersHolding(id)).toBeGreaterThanOrEqual(4);
      for (const rest of ["", "/timeline", "/as-of", "/deposit"]) {
        await page.goto(`/accounts/${id}${rest}`);
        await expect(page).toHaveURL(`/accounts/${id}/held`);
      }
      await expect(page.getByRole("heading", { level: 1, name: "This account is held" })).toBeVisible();
      await expect(page.getByText("Event 1 of this account cannot be read")).toBeVisible();
      await expectAccessible(page);
      const row = page.getByRole("row", { name: /Held at event 1 .*Not posted yet/ });
      await page.goto("/accounts");
      await expect(row.getByRole("link")).toHaveAttribute("href", `/accounts/${id}`);
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScroll(page);
      await page.setViewportSize({ width: 1280, height: 720 });
      await as("auditor");
      await page.goto("/accounts");
      await expect(row).toContainText("Ada");
      await page.goto(`/accounts/${id}`);
      await expect(page.getByText("Event 1 of this account cannot be read")).toBeVisible();
      await as("tomas");
      await page.goto("/accounts");
      await expect(row).toHaveCount(0);
      expect((await page.request.get(`/accounts/${id}/held`)).status()).toBe(404);
    });

    const staff = await context.browser()?.newContext();
    if (!staff) throw new Error("no browser");
    await as("operator");
    await staff.addCookies(await context.cookies());
    const operations = await staff.newPage();
    await operations.goto("/operations");
    const held = operations.getByRole("region", { name: "Held accounts" }).getByRole("row").filter({ hasText: id });
    await expect(held).toHaveCount(1);
    await expect(held).toContainText("account_balances");
    await expect(held).toContainText("account_entries");
    await expectAccessible(operations);
    await as("ada");
    await page.goto(`/accounts/${id}`); // whole again in the book, and still to be posted
    await expect(page.getByText("This account is held at event 1")).toBeVisible();
    await held.getByRole("button", { name: "Try again" }).click();
    await expect(held).toHaveCount(0);
    await staff.close();
    await expect(page.getByText("This account is held at event 1")).toBeHidden(); // by itself
    expect(await readersHolding(id)).toBe(0);
    const told = await query("select from security_log where kind = 'held_retried' and detail ->> 'accountId' = $1", [id]);
    expect(told).toHaveLength(1);
  });
});
