import { expect } from "@playwright/test";
import { whilePaused } from "./book";
import { deposit, openAccount, test } from "./fixtures";

test("with the read models standing still a deposit shows the older balance, says so, and appears by itself later", async ({
  page,
  as,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "100");
  const balance = page.getByRole("region", { name: "Balance", exact: true });
  await whilePaused(async () => {
    await deposit(page, id, "11", "Posted while the runner slept");
    await expect(page.getByRole("status")).toContainText("It is booked. The balance below is older");
    await expect(page.getByText("Being posted…")).toBeVisible();
    await expect(page.getByText("Newer entries are being read")).toBeVisible();
    await expect(balance).toContainText("€100.00");
  });
  await expect(balance).toContainText("€111.00");
  await expect(page.getByRole("row", { name: /Posted while the runner slept/ })).toBeVisible();
});

test("an account opened while the read models stand still is there at once, for its holder alone", async ({
  page,
  as,
  context,
}) => {
  await as("ada");
  await whilePaused(async () => {
    const id = await openAccount(page);
    await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€0.00");
    await context.clearCookies();
    await as("tomas");
    expect((await page.request.get(`/accounts/${id}`)).status()).toBe(404);
  });
});

test("a page refreshes when money moves elsewhere, and neither focus nor scroll is taken", async ({ page, as, context }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "20");
  await page.goto(`/accounts/${id}`);
  const timeline = page.getByRole("link", { name: "Timeline", exact: true });
  await timeline.focus();
  const other = await context.newPage();
  await deposit(other, id, "3");
  await other.close();
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€23.00");
  await expect(timeline).toBeFocused();
});
