import { expect, type Page } from "@playwright/test";
import { accountOf } from "./book";
import { expectAccessible, expectNoSidewaysScroll, pressKey, test } from "./fixtures";
import { people } from "./people";
import { screens } from "./screen-list";

const themes = ["light", "dark"] as const;
const widths = [360, 1280] as const;

for (const colorScheme of themes) {
  for (const width of widths) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });
      for (const screen of screens) {
        test(`${screen.path("…")} ${screen.person ? `as ${screen.person}` : "signed out"} is whole and accessible`, async ({
          page,
          as,
        }) => {
          if (screen.person) await as(screen.person);
          await page.goto(screen.path(await accountOf(people.ada.email, "EUR")));
          await expectWhole(page, screen.title);
        });
      }
    });
  }
}

async function expectWhole(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^${title}.*Daybook$`));
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

test("a chosen theme is in the page as the server sends it", async ({ page, as, request }) => {
  await as("tomas");
  await page.goto("/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const html = await (await request.get("/accounts", { headers: { cookie } })).text();
  expect(html).toContain('data-theme="dark"');
  await page.getByRole("radio", { name: "As the system" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
});

test("the keyboard gets past the masthead at once, and to every row", async ({ page, as }) => {
  await as("ada");
  await page.goto("/accounts");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await pressKey(page, "j");
  await expect(page.locator("[data-row]").first()).toBeFocused();
  await pressKey(page, "?");
  await expect(page.getByRole("dialog")).toBeVisible();
});
