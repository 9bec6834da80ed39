import { expect } from "@playwright/test";
import { query } from "./book";
import { commandIdOf, forgetSpentIds, openCopy } from "./copied-page";
import { deposit, expectAccessible, openAccount, test } from "./fixtures";

test("a deposit is shown only once it is booked, with the balance and its position", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("1,234.50");
  await page.getByLabel("Description").fill("Sold the old piano");
  await page.getByRole("button", { name: "Deposit €1,234.50" }).click();

  const result = page.getByRole("status");
  await expect(result).toContainText("Deposited €1,234.50");
  await expect(result).toBeFocused();
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€1,234.50");
  await expect(page.getByRole("row", { name: /Sold the old piano/ })).toContainText("+1,234.50");
  await expect(page.getByText(/True at position \d+/)).toBeVisible();
  await expectAccessible(page);
});

test("one form sent twice books once, and says so", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  const commandId = await commandIdOf(page);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");

  await forgetSpentIds(page);
  await openCopy(page, `/accounts/${id}/deposit`, commandId);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("Nothing was booked now.");
  expect(await query("select from events where stream_id = $1", [id])).toHaveLength(2);
});

test("a form whose id was used for another amount shows both versions and can be posted as new", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  const commandId = await commandIdOf(page);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");

  await forgetSpentIds(page);
  await openCopy(page, `/accounts/${id}/deposit`, commandId);
  await page.getByLabel("Amount in EUR").fill("25");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  const notice = page.locator("main").getByRole("alert");
  await expect(notice).toContainText("€10.00");
  await expect(notice).toContainText("€25.00");
  await page.getByRole("button", { name: "Post this as a new deposit" }).click();
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€35.00");
});

test("a withdrawal is reviewed with the balance before and after, then booked", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "100");
  await page.goto(`/accounts/${id}/withdraw`);
  await page.getByLabel("Amount in EUR").fill("40");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await expect(page.getByText("Balance now")).toBeVisible();
  await expect(page.locator(".review")).toContainText("€100.00");
  await expect(page.locator(".review")).toContainText("€60.00");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Withdraw €40.00" }).click();
  await expect(page.getByRole("status")).toContainText("Withdrew €40.00");
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€60.00");
});

test("a withdrawal beyond the balance is refused with both figures, and the input stays", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "100");
  await page.goto(`/accounts/${id}/withdraw`);
  await page.getByLabel("Amount in EUR").fill("150");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  const notice = page.locator("main").getByRole("alert");
  await expect(notice).toContainText("€100.00 is available; this needs €150.00");
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("150");
  await expectAccessible(page);
  const recorded = await query(
    "select input -> 'amount' as asked, outcome -> 'refusal' ->> 'code' as code from commands where account_ids[1] = $1 and outcome ->> 'ok' = 'no'",
    [id],
  );
  expect(recorded).toEqual([{ asked: { minorUnits: "15000", currency: "EUR" }, code: "insufficient_funds" }]);
});

test("an amount that could be read two ways is asked back, beside its field", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("1.234");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByText(/could mean 1234\.00 or 1\.234/)).toBeVisible();
  await expect(page.getByLabel("Amount in EUR")).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Write 1234.00" }).click();
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("1234.00");
  await page.getByRole("button", { name: "Deposit €1,234.00" }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €1,234.00");
});

test.describe("with a cut connection", () => {
  test.use({ expectedErrors: /ERR_CONNECTION_RESET/ });

  test("an answer that is lost on its way is asked for again under the same id", async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    let cut = 1;
    await page.route("**/deposit", async (route) => {
      if (route.request().method() !== "POST" || cut-- <= 0) return route.fallback();
      await route.fetch({ maxRedirects: 0 }); // it arrives and is booked; the answer does not come back
      await route.abort("connectionreset");
    });
    await page.getByLabel("Amount in EUR").fill("70");
    await page.getByRole("button", { name: "Deposit €70.00" }).click();
    await expect(page.getByText("We don’t know yet. Checking")).toBeVisible();
    await expect(page.getByRole("status")).toContainText("Deposited €70.00");
    expect(await query("select from events where stream_id = $1", [id])).toHaveLength(2);
  });
});

test("an account is closed at zero only", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page, "KWD");
  await deposit(page, id, "1.500");
  await page.goto(`/accounts/${id}/close`);
  await page.getByRole("button", { name: /Close the account/ }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText(/still holds KWD\s1\.500/);
  await page.goto(`/accounts/${id}/withdraw`);
  await page.getByLabel("Amount in KWD").fill("1.500");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await page.getByRole("button", { name: /^Withdraw/ }).click();
  await expect(page.getByRole("status")).toContainText("Withdrew");
  await page.getByRole("link", { name: "Close this account" }).click();
  await page.getByRole("button", { name: /Close the account/ }).click();
  await expect(page.getByRole("status")).toContainText("Account closed");
  await expect(page.getByRole("link", { name: "Deposit" })).toHaveCount(0);
});

test("a deposit may say how it came, and its timeline does", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("12");
  await page.getByLabel("How it came").selectOption("Cheque");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");
  await page.goto(`/accounts/${id}/timeline`);
  await expect(page.getByRole("list", { name: "Events" })).toContainText("You deposited €12.00 by cheque");
});

test("a closed account offers no form, on any of its addresses", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/close`);
  await page.getByRole("button", { name: "Close the account for good" }).click();
  await expect(page.getByRole("status")).toContainText("closed");
  for (const form of ["deposit", "withdraw", "close"]) {
    await page.goto(`/accounts/${id}/${form}`);
    await expect(page.getByRole("heading", { name: "This account is closed" })).toBeVisible();
    await expect(page.locator("main input[name=commandId]")).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.getByRole("link", { name: "Read its timeline" }).click();
  await expect(page.getByRole("list", { name: "Events" })).toContainText("You closed the account");
});
