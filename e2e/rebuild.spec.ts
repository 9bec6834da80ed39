import { expect, type Page } from "@playwright/test";
import { query } from "./book";
import { expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";

test.use({ expectedErrors: /40[0134] \(/ });

const item = (page: Page, name: string) =>
  page.getByRole("region", { name: "Rebuilds" }).getByRole("listitem").filter({ hasText: name });

test("an operator makes a read model anew, sees how far it is, sees it swapped in, and goes back", async ({ page, as }) => {
  await as("operator");
  await page.goto("/operations");
  const entries = item(page, "account_entries");
  await entries.getByRole("link", { name: "Rebuild beside… account_entries" }).click();
  await expect(page.getByRole("heading", { name: "What will happen" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("At most so many events a second").fill("0.5");
  await page.getByRole("button", { name: "Start the rebuild" }).click();
  await expect(page.getByText("A whole number from 1 to 9999999")).toBeVisible();
  await page.getByLabel("At most so many events a second").fill("20");
  await page.getByRole("button", { name: "Start the rebuild" }).click();

  await expect(page.getByRole("status").filter({ hasText: "account_entries is being made anew" })).toBeFocused();
  const bar = entries.getByRole("progressbar");
  await expect.poll(async () => Number(await bar.getAttribute("value"))).toBeGreaterThan(0); // by itself
  await expect(entries).toContainText("at most 20");
  await expect(entries).toContainText("by Sam Okafor");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await entries.getByRole("link", { name: "Change the pace… account_entries" }).click();
  await expect(page.getByLabel("At most so many events a second")).toHaveValue("20");
  await page.getByLabel("At most so many events a second").fill("");
  await page.getByRole("button", { name: "Change the pace" }).click();
  await expect(entries).toContainText("Swapped in");
  await expect(entries).toContainText(/All [\d,]+ rows are as they were in the one before/);
  await expectAccessible(page);

  await entries.getByRole("link", { name: "Roll back… account_entries" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Roll back" }).click();
  await expect(entries).toContainText("Gone back to the one before");
  const wishes = await query<{ wish: string }>(
    "select detail ->> 'wish' as wish from security_log where kind = 'rebuild_operated' and detail ->> 'projection' = 'account_entries' order by id",
  );
  expect(wishes.map(({ wish }) => wish)).toEqual(["rebuild", "rebuild", "roll-back"]);
});

test("rows that were changed by something else stop it, are named, and are put right once an operator accepts", async ({
  page,
  as,
}) => {
  const [spoilt] = await query<{ id: string }>(
    "update daily_balances set balance = balance + 1 where ctid = (select ctid from daily_balances order by account_id limit 1) returning account_id as id",
  );
  await as("operator");
  await page.goto("/operations/daily_balances/rebuild");
  await page.getByRole("button", { name: "Start the rebuild" }).click();
  const days = item(page, "daily_balances");
  await expect(days).toContainText("Not swapped in");
  await expect(days).toContainText(/1 row of [\d,]+ compared differs/);
  await expect(days).toContainText(`daily_balances, ${spoilt?.id}`);
  await expectAccessible(page);
  await days.getByRole("link", { name: "Accept… daily_balances" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Accept and swap in" }).click();
  await expect(days).toContainText("Swapped in");
  await expect(days).toContainText("and were accepted");
});

test("one under way is cancelled, without scripts, and a wish that is no longer open leads back", async ({ browser, as }) => {
  const signedIn = await as("operator");
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies(await signedIn.context().cookies());
  const page = await context.newPage();
  await page.goto("/operations/activity/rebuild");
  await page.getByLabel("At most so many events a second").fill("x");
  await page.getByRole("button", { name: "Start the rebuild" }).click();
  await expect(page.getByText("A whole number from 1 to 9999999")).toBeVisible();
  await page.getByLabel("At most so many events a second").fill("10");
  await page.getByRole("button", { name: "Start the rebuild" }).click();
  await expect(page.getByText("activity is being made anew")).toBeVisible();
  await page.goto("/operations/activity/cancel");
  await page.getByRole("button", { name: "Cancel the rebuild" }).click();
  await expect(page.getByText("The rebuild of activity is cancelled")).toBeVisible();
  await expect(item(page, "activity")).toContainText(/Cancelled .* by Sam Okafor; asked for by Sam Okafor\. Nothing was changed/);
  await page.goto("/operations/activity/cancel");
  await expect(page).toHaveURL(/\/operations#rebuilds$/);
  await context.close();
});

test("to everybody else these pages are not there, and a form that they send does nothing", async ({ page, as }) => {
  for (const person of ["ada", "teller", "auditor"] as const) {
    await as(person);
    expect((await page.goto("/operations/account_balances/rebuild"))?.status(), person).toBe(404);
  }
  await as("operator");
  await page.goto("/operations/account_balances/rebuild");
  await expect(page.getByRole("button", { name: "Start the rebuild" })).toBeVisible();
  await as("auditor");
  const [before] = await query("select count(*) from rebuilds where projection = 'account_balances'");
  await page.getByRole("button", { name: "Start the rebuild" }).click(); // the operator's page, sent in the auditor's name
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
  expect(await query("select count(*) from rebuilds where projection = 'account_balances'")).toEqual([before]);
  const refused = await query(
    "select from security_log where kind = 'role_refused' and path like '/operations/account_balances%'",
  );
  expect(refused.length).toBeGreaterThanOrEqual(4);
});
