import { expect } from "@playwright/test";
import { accountOf } from "./book";
import { pressKey, test } from "./fixtures";
import { people } from "./people";

test("a key that names a field focuses it: filters, the amount, the moment", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/timeline`);
  await pressKey(page, "/");
  await expect(page.getByRole("search").getByLabel("Events")).toBeFocused();

  await page.goto(`/accounts/${id}`);
  await pressKey(page, "n");
  await expect(page).toHaveURL(/\/deposit$/);
  await expect(page.getByLabel("Amount in")).toBeFocused();

  await page.goto(`/accounts/${id}/timeline`);
  await pressKey(page, "t");
  await expect(page).toHaveURL(/\/as-of$/);
  await expect(page.getByLabel("Date and time")).toBeFocused();
  await page.locator("main").focus();
  await pressKey(page, "t");
  await expect(page.getByLabel("Date and time")).toBeFocused();

  await page.goto("/accounts");
  await pressKey(page, "n");
  await expect(page).toHaveURL(/\/accounts\/open$/);
  await expect(page.locator("main form select, main form input:not([type=hidden])").first()).toBeFocused();
});

test("Esc closes the inspector and returns to the row of its event", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  const row = page.locator("[data-row]").nth(2);
  await row.click();
  await expect(page.getByRole("complementary")).toBeVisible();
  await pressKey(page, "Escape");
  await expect(page.getByRole("complementary")).toHaveCount(0);
  await expect(row).toBeFocused();
});

test("the list of keys names those that work on this page, and no others", async ({ page, as }) => {
  await as("ada");
  await page.goto("/settings");
  await pressKey(page, "?");
  const list = page.getByRole("dialog").locator("kbd");
  await expect(list).toHaveText(["Esc", "?"]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline?event=300`);
  await pressKey(page, "?");
  await expect(list).toHaveText(["j / k", "[ / ]", "t", "/", "Esc", "?"]);
});
