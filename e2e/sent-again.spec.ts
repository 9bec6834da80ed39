import { expect } from "@playwright/test";
import { query } from "./book";
import { commandIdOf, forgetSpentIds, openCopy } from "./copied-page";
import { deposit, expectAccessible, openAccount, test } from "./fixtures";

const movements = async (id: string) =>
  (await query("select from events where stream_id = $1 and type in ('MoneyDeposited', 'MoneyWithdrawn')", [id])).length;

const accountsOpenedBy = async (email: string) =>
  (
    await query(
      "select from commands c join users u on u.id = c.actor where u.email = $1 and c.type = 'OpenAccount' and c.outcome ->> 'ok' = 'yes'",
      [email],
    )
  ).length;

test("Back after a deposit leads to an empty form, which is a new deposit", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "10");
  const [spent] = await query<{ id: string }>("select id from commands where account_ids[1] = $1 and type = 'DepositMoney'", [
    id,
  ]);
  await page.goBack();
  await expect(page).toHaveURL(/deposit$/);
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("");
  await page.getByLabel("Amount in EUR").fill("10");
  expect(await commandIdOf(page)).not.toBe(spent?.id);
  await page.getByRole("button", { name: "Deposit €10.00" }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €10.00");
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€20.00");
  expect(await movements(id)).toBe(2);
});

test("every copy of a page knows what was done: after a reload, in a duplicated tab, in a tab that was open before", async ({
  page,
  as,
  context,
}) => {
  await as("ada");
  const id = await openAccount(page);
  const path = `/accounts/${id}/deposit`;
  await page.goto(path);
  const spent = await commandIdOf(page);
  const before = await context.newPage();
  await openCopy(before, path, spent);
  const filled = await context.newPage();
  await openCopy(filled, path, spent);
  await filled.getByLabel("Amount in EUR").fill("10");
  await page.bringToFront();
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");
  await page.reload();
  await page.goBack();
  await expect(page).toHaveURL(/deposit$/);
  const after = await context.newPage();
  await openCopy(after, path, spent);
  let booked = 1;
  for (const tab of [page, before, after]) {
    await tab.bringToFront();
    await tab.getByLabel("Amount in EUR").fill("10");
    await tab.getByRole("button", { name: /^Deposit/ }).click();
    await expect(tab.getByRole("status")).toContainText("Deposited");
    booked += 1;
    expect(await movements(id)).toBe(booked);
  }
  // Filled in before, and not touched since: it may be the same intent.
  await filled.bringToFront();
  await filled.getByRole("button", { name: /^Deposit/ }).click();
  await expect(filled.locator("main").getByRole("alert")).toContainText("Nothing was booked now.");
  expect(await movements(id)).toBe(booked);
});

test("the same form sent again by a browser that does not know books nothing, says so, and offers it once more", async ({
  page,
  as,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  const spent = await commandIdOf(page);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByLabel("Description").fill("Twice meant");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");
  await forgetSpentIds(page);
  await openCopy(page, `/accounts/${id}/deposit`, spent);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByLabel("Description").fill("Twice meant");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  const notice = page.locator("main").getByRole("alert");
  await expect(notice).toContainText("Booked before: deposit of €10.00");
  await expect(notice).toContainText("Nothing was booked now.");
  await expectAccessible(page);
  expect(await movements(id)).toBe(1);
  await page.getByRole("button", { name: "Deposit €10.00 again" }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €10.00");
  await expect(page.getByRole("row", { name: /Twice meant/ })).toHaveCount(2);
  expect(await movements(id)).toBe(2);
});

test("an account is opened a second time after Back, and not told as opened when it was not", async ({ page, as }) => {
  await as("tomas");
  await openAccount(page);
  const before = await accountsOpenedBy("tomas@daybook.example");
  const first = page.url();
  await page.goBack();
  await page.getByRole("button", { name: "Open the account" }).click();
  await expect(page).toHaveURL(/command=/);
  await expect(page.getByRole("status")).toContainText("Account opened");
  expect(page.url()).not.toBe(first);
  expect(await accountsOpenedBy("tomas@daybook.example")).toBe(before + 1);
});

test("a withdrawal after Back is a new one, reviewed on the balance of now", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "100");
  await page.goto(`/accounts/${id}/withdraw`);
  for (const [step, left] of [
    ["60.00", "€60.00"],
    ["20.00", "€20.00"],
  ] as const) {
    await page.getByLabel("Amount in EUR").fill("40");
    await page.getByRole("button", { name: "Review withdrawal" }).click();
    await expect(page.locator(".review")).toContainText(step);
    await page.getByRole("button", { name: "Withdraw €40.00" }).click();
    await expect(page.getByRole("status")).toContainText("Withdrew €40.00");
    await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText(left);
    await page.goBack();
    await expect(page.getByLabel("Amount in EUR")).toHaveValue("");
  }
  expect(await movements(id)).toBe(3);
});

test("a refusal that was given before is not told as if it were given now", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/withdraw`);
  await page.getByLabel("Amount in EUR").fill("30");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("€0.00 is available");
  await deposit(page, id, "50");
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/withdraw$/);
  await page.getByLabel("Amount in EUR").fill("30");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await expect(page.locator(".review")).toContainText("€20.00");
});

test("a closed account is not told as closed again after Back", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/close`);
  await page.getByRole("button", { name: /Close the account/ }).click();
  await expect(page.getByRole("status")).toContainText("Account closed");
  await page.goBack();
  const button = page.getByRole("button", { name: /Close the account/ });
  if (await button.isVisible()) {
    await button.click();
    await expect(page.locator("main").getByRole("alert")).toContainText("This account is closed");
  }
  expect(await query("select from events where stream_id = $1 and type = 'AccountClosed'", [id])).toHaveLength(1);
});

test("a double click is one deposit", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByRole("button", { name: /^Deposit/ }).dblclick();
  await expect(page.getByRole("status")).toContainText("Deposited €10.00");
  expect(await movements(id)).toBe(1);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a deposit sent again under its old id is answered as done before, with the offer to book it once more", async ({
    page,
    as,
  }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    const spent = await commandIdOf(page);
    await page.getByLabel("Amount in EUR").fill("10");
    await page.getByRole("button", { name: "Deposit" }).click();
    await expect(page.getByText("Deposited €10.00")).toBeVisible();

    await openCopy(page, `/accounts/${id}/deposit`, spent); // from the browser's cache
    await page.getByLabel("Amount in EUR").fill("10");
    await page.getByRole("button", { name: "Deposit" }).click();
    await expect(page.getByText("Booked before: deposit of €10.00")).toBeVisible();
    await expect(page.getByText("Nothing was booked now.")).toBeVisible();
    expect(await movements(id)).toBe(1);
    await page.getByRole("button", { name: "Deposit €10.00 again" }).click();
    await expect(page.getByText("Deposited €10.00")).toBeVisible();
    expect(await movements(id)).toBe(2);
  });

  test("a withdrawal, an opening and a closing sent again say that they were done before", async ({ page, as }) => {
    await as("ada");
    await page.goto("/accounts/open");
    const opening = await commandIdOf(page);
    await page.getByRole("button", { name: "Open the account" }).click();
    const id = /acc_[0-9a-z]{26}/.exec(page.url())?.[0] ?? "";
    await openCopy(page, "/accounts/open", opening);
    await page.getByRole("button", { name: "Open the account" }).click();
    await expect(page.getByText("This form opened an account before")).toBeVisible();
    await page.getByRole("link", { name: "See it" }).click();
    await expect(page).toHaveURL(new RegExp(id));

    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("40");
    await page.getByRole("button", { name: "Deposit" }).click();
    await page.goto(`/accounts/${id}/withdraw`);
    const withdrawal = await commandIdOf(page);
    await page.getByLabel("Amount in EUR").fill("40");
    await page.getByRole("button", { name: "Review withdrawal" }).click();
    await page.getByRole("button", { name: "Withdraw €40.00" }).click();
    await expect(page.getByText("Withdrew €40.00")).toBeVisible();
    await openCopy(page, `/accounts/${id}/withdraw`, withdrawal);
    await page.getByLabel("Amount in EUR").fill("40");
    await page.getByRole("button", { name: "Review withdrawal" }).click();
    await expect(page.getByText("Booked before: withdrawal of €40.00")).toBeVisible();

    await page.goto(`/accounts/${id}/close`);
    await page.getByRole("button", { name: /Close the account/ }).click();
    await expect(page.getByRole("status")).toContainText("Account closed");
    expect(await movements(id)).toBe(2);
  });
});
