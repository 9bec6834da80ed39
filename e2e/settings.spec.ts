import { expect } from "@playwright/test";
import { query } from "./book";
import { openAccount, test } from "./fixtures";
import { people } from "./people";

test("zone and number format change what is shown and how amounts are read", async ({ page, as }) => {
  await as("tomas");
  const id = await openAccount(page);
  await page.goto("/settings");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByLabel("Numbers").selectOption("1.234,56");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("1.234,50");
  await page.getByRole("button", { name: /Deposit 1\.234,50/ }).click();
  await expect(page.getByRole("status")).toContainText("1.234,50");
  await expect(page.getByText(/GMT\+9/).first()).toBeVisible();

  await page.goto("/settings");
  await page.getByLabel("Time zone").selectOption("");
  await page.getByLabel("Numbers").selectOption("1,234.56");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved")).toBeVisible();
});

test("an account gets a name that only its holder sees", async ({ page, as }) => {
  await as("tomas");
  const id = await openAccount(page);
  await page.goto("/settings");
  const form = page.locator(`form:has(input[value="${id}"])`);
  await form.getByRole("textbox").fill("Trip to Lisbon");
  await form.getByRole("button", { name: "Save name" }).click();
  await expect(form.getByText("Saved")).toBeVisible();
  await page.goto(`/accounts/${id}`);
  await expect(page.getByRole("heading", { name: "Trip to Lisbon" })).toBeVisible();
  await as("teller");
  await page.goto(`/accounts/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText("Lisbon");
});

test("single-key shortcuts can be switched off", async ({ page, as }) => {
  await as("tomas");
  await page.goto("/settings");
  await page.getByLabel("Single-key shortcuts").uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.goto("/accounts");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto("/settings");
  await page.getByLabel("Single-key shortcuts").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved")).toBeVisible();
});

test("who has more accounts than a page holds can name each of them", async ({ page, as }) => {
  test.slow(); // it opens accounts until there are enough
  await as("ada");
  const count = async () =>
    Number(
      (
        await query<{ count: string }>(
          "select count(*) from account_balances a join users u on a.holders @> array[u.party_id] where u.email = $1",
          [people.ada.email],
        )
      )[0]?.count,
    );
  for (let have = await count(); have <= 50; have++) await openAccount(page);
  const named = new Set<string>();
  const forms = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Save name" }) });
  await page.goto("/settings");
  for (let first = true; ; first = false) {
    if (!first) await expect(page.getByRole("link", { name: "Back to the first accounts" })).toBeVisible();
    const ids = await forms
      .locator('input[name="accountId"]')
      .evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value));
    for (const id of ids) named.add(id);
    const more = page.getByRole("link", { name: "More accounts" });
    if (!(await more.isVisible())) break;
    await more.click();
    await expect(forms.locator(`input[value="${ids[0]}"]`)).toHaveCount(0);
  }
  expect(named.size).toBe(await count());
  await page.getByRole("link", { name: "Back to the first accounts" }).click();
  await expect(forms).toHaveCount(50);
});
