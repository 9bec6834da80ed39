import { expect } from "@playwright/test";
import { accountOf } from "./book";
import { test } from "./fixtures";
import { people } from "./people";

test.use({ expectedErrors: /404 \(Not Found\)/ });

const rests = ["", "/deposit", "/withdraw", "/close", "/timeline", "/timeline?event=1", "/as-of", "/as-of?when=yesterday"];

test("somebody else's account looks like one that does not exist, on every page", async ({ page, as }) => {
  await as("tomas");
  const theirs = await accountOf(people.ada.email, "EUR");
  const nobodys = "acc_01jw0ragm0e098qr68a33z4ra0";
  for (const rest of rests) {
    const answers = [];
    for (const id of [theirs, nobodys]) {
      const response = await page.goto(`/accounts/${id}${rest}`);
      answers.push([response?.status(), await page.locator("main").innerText()]);
    }
    expect(answers[0], rest).toEqual(answers[1]);
    expect(answers[0]?.[0], rest).toBe(404);
  }
});

test("signed out, a page of the bank leads to sign-in and back", async ({ page }) => {
  await page.goto("/accounts?sort=number");
  await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
  await page.getByRole("button", { name: people.ada.name }).click();
  await expect(page).toHaveURL(/\/accounts\?sort=number$/);
});

test("a teller searches every account and may move its money", async ({ page, as }) => {
  await as("teller");
  await page.goto("/accounts");
  await page.getByRole("search").getByRole("searchbox").fill("lindqvist");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/q=lindqvist/);
  await expect(page.getByRole("row").filter({ hasText: "Ada Lindqvist" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Tomás" })).toHaveCount(0);
  await page.getByRole("search").getByRole("searchbox").fill("nobody of this name");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await page.goto(`/accounts/${await accountOf(people.tomas.email, "EUR")}`);
  await expect(page.getByRole("link", { name: "Deposit", exact: true })).toBeVisible();
});

test("an auditor reads everything and is offered nothing to write", async ({ page, as }) => {
  await as("auditor");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}`);
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Deposit", exact: true })).toHaveCount(0);
  expect((await page.goto(`/accounts/${id}/deposit`))?.status()).toBe(404);
  expect((await page.goto("/accounts/open"))?.status()).toBe(404);
});

test("an operator sees the readers of the log and no account", async ({ page, as }) => {
  await as("operator");
  await page.goto("/");
  await expect(page).toHaveURL(/\/operations$/);
  await expect(page.getByRole("row", { name: /account_balances/ })).toContainText(/Level|Catching up/);
  expect((await page.goto("/accounts"))?.status()).toBe(404);
  expect((await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}`))?.status()).toBe(404);
});
