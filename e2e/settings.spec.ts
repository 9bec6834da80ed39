import { expect } from "@playwright/test";
import { openAccount, test } from "./fixtures";

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
