import { expect } from "@playwright/test";
import { test } from "./fixtures";

test("whoever changes the password stays signed in and is told so", async ({ page }) => {
  const login = `reader-${Date.now()}@example.org`;
  await page.goto("/register");
  await page.getByLabel("Name").fill("Rita Reader");
  await page.getByLabel("E-mail address").fill(login);
  await page.getByLabel("Password").fill("kettle-orbit-meadow-9");
  await page.getByRole("button", { name: /account|customer|register/i }).click();
  await expect(page).toHaveURL(/\/accounts/);
  await page.goto("/change-password");
  await page.getByLabel("The password you have now").fill("kettle-orbit-meadow-9");
  await page.getByLabel("New password").fill("lantern-gravel-tulip-7");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page).toHaveURL(/\/settings/);
  await expect(page.getByText("Your new password holds")).toBeVisible();
  await page.goto("/accounts");
  await expect(page).toHaveURL(/\/accounts/);
});

test("addresses that nobody would type are answered, not broken", async ({ page, as }) => {
  await as("ada");
  const href = await page.goto("/accounts").then(() => page.locator("a[href*='/accounts/acc_']").first().getAttribute("href"));
  for (const path of [
    "/accounts?q=%00",
    "/accounts?sort=number&after=%00",
    "/accounts?after=1",
    "/accounts?after=Foo%201~x",
    "/accounts?after=2026-02-30~a",
    `${href}/as-of?position=9999999999999999999`,
    `${href}/as-of?position=5&hash=zz`,
    `${href}/timeline?from=2147483647&order=oldest`,
  ])
    expect([path, (await page.request.get(path)).status()]).toEqual([path, 200]);
  expect((await page.request.get("/accounts/acc%00")).status()).toBe(404);
});
