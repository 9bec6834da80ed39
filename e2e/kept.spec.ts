import { expect, type Page } from "@playwright/test";
import { query } from "./book";
import { expectAccessible, openAccount, test } from "./fixtures";
import { type Person, people } from "./people";

const signInHere = async (page: Page, person: Person) => {
  await page.getByText(/^\d+ more people$/).click();
  await page.getByRole("button", { name: people[person].name }).click();
  await expect(page).not.toHaveURL(/sign-in/);
};

const fillIn = async (page: Page) => {
  await page.getByLabel("Amount in EUR").fill("12.50");
  await page.getByLabel("Description").fill("Sold the old piano");
  await page.getByLabel("How it came").selectOption("Cheque");
};

const expectFilled = async (page: Page) => {
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("12.50");
  await expect(page.getByLabel("Description")).toHaveValue("Sold the old piano");
  await expect(page.getByLabel("How it came")).toHaveValue("cheque");
};

test("a session that ends in the middle of a form brings the form back as it was typed, and nothing was booked", async ({
  page,
  context,
}) => {
  await page.goto("/sign-in");
  await signInHere(page, "ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await fillIn(page);
  await context.clearCookies();
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page).toHaveURL(/sign-in/);
  await expect(page.getByText("You were signed out before your form was sent")).toBeVisible();
  await expectAccessible(page);
  await signInHere(page, "ada");
  await expect(page).toHaveURL(/deposit$/);
  await expect(page.getByText("You were signed out before this was sent")).toBeVisible();
  await expectFilled(page);
  await expectAccessible(page);
  expect(await query("select from events where stream_id = $1", [id])).toHaveLength(1);
  await page.getByRole("button", { name: "Deposit €12.50" }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €12.50");
  expect(await query("select from events where stream_id = $1", [id])).toHaveLength(2);
  await page.goto(`/accounts/${id}/deposit`);
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("");
});

test("what one person typed is not shown to another one in the same browser", async ({ page, as, context }) => {
  await as("ada");
  await page.goto("/settings");
  await page.getByLabel("Name", { exact: true }).fill("Ada, typed and not saved");
  await context.clearCookies();
  await as("tomas");
  await page.goto("/settings");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(people.tomas.name);
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await expect.poll(kept).not.toContain("typed and not saved"); // it goes once the page's scripts run
});

test("a way through other pages and a reload keep what was typed; it can be emptied", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await fillIn(page);
  await page.goto("/accounts");
  await page.goto(`/accounts/${id}/deposit`);
  await expect(page.getByText("What you typed before is back")).toBeVisible();
  await expectFilled(page);
  await expect(page.getByRole("button", { name: "Deposit €12.50" })).toBeVisible();
  await page.reload();
  await expectFilled(page);
  await page.getByRole("button", { name: "Empty the form" }).click();
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("");
  await expect(page.getByText("What you typed before is back")).toHaveCount(0);
});

test("sign-out forgets what was typed, and no password is ever kept", async ({ page, context }) => {
  await page.goto("/sign-in");
  await signInHere(page, "tomas");
  await page.goto("/settings");
  await page.getByLabel("Name", { exact: true }).fill("Typed and not saved");
  const other = await context.newPage();
  await other.goto("/settings");
  await other.getByLabel("Name", { exact: true }).fill("In another tab");
  await other.goto("/change-password");
  await other.getByLabel("The password you have now").fill("a secret that is typed");
  await other.getByLabel("New password").fill("another secret that is typed");
  const kept = () => other.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(await kept()).toContain("In another tab");
  expect(await kept()).not.toContain("secret");
  await page.goto("/sign-out");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await signInHere(page, "tomas");
  await expect(page).not.toHaveURL(/sign-in/);
  for (const tab of [page, other]) {
    await tab.goto("/settings");
    await expect(tab.getByLabel("Name", { exact: true })).toHaveValue(people.tomas.name);
  }
  await other.close();
});

test.describe("offline", () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|status of 503/ });

  test("a form that is sent without a network stays as it is, and is found not to be booked", async ({ page, as, context }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await fillIn(page);
    await context.setOffline(true);
    await page.getByRole("button", { name: /^Deposit/ }).click();
    await expect(page.locator("main").getByRole("alert")).toContainText("We don’t know yet. Checking");
    await expectFilled(page);
    await context.setOffline(false);
    await expect(page.locator("main").getByRole("alert")).toContainText("It was not booked", { timeout: 60_000 });
    await expectFilled(page);
    await page.getByRole("button", { name: /^Deposit/ }).click();
    await expect(page.getByRole("status")).toContainText("Deposited €12.50");
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("after signing in again it is said that nothing was booked", async ({ page, context }) => {
    await page.goto("/sign-in");
    await signInHere(page, "tomas");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("12.50");
    await context.clearCookies();
    await page.getByRole("button", { name: "Deposit" }).click();
    await expect(page.getByText("You were signed out before your form was sent")).toBeVisible();
    await expect(page.getByText("Nothing was booked")).toBeVisible();
    await signInHere(page, "tomas");
    await expect(page).toHaveURL(/deposit$/);
    const notice = page.locator("noscript .banner"); // text inside it is no text to Playwright
    await expect(notice).toContainText("You were signed out before this was sent");
    await expect(notice).toBeVisible();
    expect(await query("select from events where stream_id = $1", [id])).toHaveLength(1);
  });
});

test("an address alone does not say that something was done", async ({ page, as }) => {
  await as("ada");
  for (const [path, words] of [
    ["/sign-in?after=out", "You are signed out."],
    ["/sign-in?after=reset", "Your new password holds"],
    ["/settings?after=password", "Your new password holds"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(words)).toHaveCount(0);
  }
  await as("operator");
  await page.goto("/operations?of=account_balances&asked=rebuild");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("is being made anew")).toHaveCount(0);
});
