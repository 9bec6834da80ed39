import { expect } from "@playwright/test";
import { accountOf } from "./book";
import { openAccount, test } from "./fixtures";
import { people } from "./people";

test.use({ javaScriptEnabled: false });

test("without scripts: sign in, open, deposit, withdraw after review, be refused, look back", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page, "EUR");

  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("1.234");
  await page.getByRole("button", { name: "Deposit" }).click();
  await expect(page.getByText(/could mean/)).toBeVisible();
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("1.234");
  await page.getByLabel("Amount in EUR").fill("1,234");
  await page.getByLabel("Amount in EUR").fill("120.00");
  await page.getByRole("button", { name: "Deposit" }).click();
  await expect(page.getByText("Deposited €120.00")).toBeVisible();

  await page.goto(`/accounts/${id}/withdraw`);
  await page.getByLabel("Amount in EUR").fill("150");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await expect(page.getByText("€120.00 is available; this needs €150.00")).toBeVisible();
  await page.getByLabel("Amount in EUR").fill("50");
  await page.getByRole("button", { name: "Review withdrawal" }).click();
  await expect(page.getByText("Balance after")).toBeVisible();
  await page.getByRole("button", { name: "Withdraw €50.00" }).click();
  await expect(page.getByText("Withdrew €50.00")).toBeVisible();
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€70.00");

  const old = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${old}/as-of`);
  await page.getByLabel("Or in words").fill("end of march 2026");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("Viewing")).toBeVisible();
  await page.goto(`/accounts/${old}/timeline`);
  await page.getByRole("link", { name: "Load more" }).click();
  await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(60);
});
