import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";
import { people } from "./people";

const password = "kettle-orbit-meadow-9";

async function register(page: Page, name: string): Promise<string> {
  const email = `somebody-${crypto.randomUUID()}@example.org`;
  await page.goto("/register");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: /account|customer|register/i }).click();
  await expect(page).toHaveURL(/\/accounts/);
  return email;
}

async function search(page: Page, text: string) {
  await page.goto("/accounts/open");
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/[?&]q=/);
  return page.getByRole("list", { name: "Customers found" }).getByRole("listitem");
}

test("a teller finds a customer by name, e-mail or number, and sees who is only called alike", async ({ page, as, browser }) => {
  const stranger = await browser.newContext();
  const strangerEmail = await register(await stranger.newPage(), "Аda Lindqvist"); // a Cyrillic A
  await stranger.close();

  await as("teller");
  const byName = await search(page, "lindq ada");
  const real = byName.filter({ hasText: people.ada.email });
  const alike = byName.filter({ hasText: strangerEmail });
  for (const one of [real, alike]) await expect(one.getByText("Others have this name, or one that looks like it")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);

  const number = /CN[\d ]+/.exec((await real.textContent()) ?? "")?.[0]?.trim() ?? "";
  for (const text of [number, number.replaceAll(" ", "").toLowerCase(), people.ada.email]) {
    const found = await search(page, text);
    await expect(found).toHaveCount(1);
    await expect(found).toContainText(people.ada.email);
  }
  await (await search(page, "nobody-is-called-this")).first().waitFor({ state: "detached" });
  await expect(page.getByText("Nobody matches")).toBeVisible();

  await (await search(page, number)).getByRole("link").click();
  await expect(page.getByText(number)).toBeVisible();
  await page.getByRole("button", { name: "Open the account" }).click();
  await expect(page.getByRole("status")).toContainText("Account opened");
});

test("people read their customer number in their settings", async ({ page, as }) => {
  await as("ada");
  await page.goto("/settings");
  await expect(page.getByText(/CN\d{2} \d{4} \d{4}/)).toBeVisible();
});

test("a browser that somebody signed in with stays a known device after signing out", async ({ page, context }) => {
  await register(page, "Dora Device");
  const device = async () => (await context.cookies()).find(({ name }) => name.endsWith("daybook.device"));
  const known = await device();
  expect(known).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(known?.expires).toBeGreaterThan(Date.now() / 1000 + 30 * 86_400);
  await page.goto("/sign-out");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in|\/$/);
  expect((await device())?.value).toBe(known?.value);
});
