import { expect, type Page } from "@playwright/test";
import { deposit, openAccount, test } from "./fixtures";
import { whileAway } from "./outage";

test.use({ expectedErrors: /status of 503|503|ERR_/ });
test.setTimeout(120_000);

test("a page that was open through an outage hears of what moves afterwards", async ({ page, as, context }) => {
  await as("ada");
  const id = await openAccount(page);
  const release = await holdRefreshes(page); // one on its way would be answered by the page of an outage
  await page.goto(`/accounts/${id}`);
  const balance = page.getByRole("region", { name: "Balance", exact: true });
  await expect(balance).toContainText("€0.00");
  await whileAway(async () => {
    await expect(page.getByText("The connection is lost.")).toBeVisible({ timeout: 30_000 });
  });
  release();
  const other = await context.newPage();
  await deposit(other, id, "7");
  await expect(balance).toContainText("€7.00", { timeout: 45_000 });
  await other.close();
});

test("a page that comes to the front during an outage stays as it is, and is up to date afterwards", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "5");
  await page.goto(`/accounts/${id}`);
  const balance = page.getByRole("region", { name: "Balance", exact: true });
  await expect(balance).toContainText("€5.00");
  const release = await holdRefreshes(page);
  let refreshes = 0;
  page.on("request", (request) => {
    if (request.url().includes("_rsc=")) refreshes += 1;
  });
  await whileAway(async () => {
    await expect(page.getByText("The connection is lost.")).toBeVisible({ timeout: 30_000 });
    refreshes = 0; // the stream is gone: nothing is on its way any more
    for (const _ of ["once", "and again, when the first has had its effect"]) {
      const asked = page.waitForResponse((answer) => answer.request().method() === "HEAD" && answer.status() === 503);
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await asked;
    }
    expect(refreshes).toBe(0);
    await expect(balance).toContainText("€5.00");
  });
  release();
  await expect(page.getByText("The connection is lost.")).toBeHidden({ timeout: 45_000 });
  await expect.poll(() => refreshes, { timeout: 45_000 }).toBeGreaterThan(0);
  await expect(balance).toContainText("€5.00");
});

/** What the page asks the server for anew waits until it is released. */
async function holdRefreshes(page: Page): Promise<() => void> {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/[?&]_rsc=/, async (route) => {
    await isReleased;
    await route.continue();
  });
  return release;
}
