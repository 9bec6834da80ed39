import { expect } from "@playwright/test";
import { accountOf } from "./book";
import { expectNoSidewaysScroll, test } from "./fixtures";
import { people } from "./people";
import { screens } from "./screen-list";

// 320 CSS px is the smallest phone, and a window of 1280 × 1024 at 400 % zoom (WCAG 1.4.10).
test.use({ viewport: { width: 320, height: 256 } });

for (const person of new Set(screens.map((screen) => screen.person))) {
  test(`no page of ${person ?? "a signed-out person"} scrolls sideways at 320 px, and the menu is whole`, async ({
    page,
    as,
  }) => {
    if (person) await as(person);
    const accountId = await accountOf(people.ada.email, "EUR");
    for (const screen of screens.filter((one) => one.person === person)) {
      await test.step(screen.path("…"), async () => {
        await page.goto(screen.path(accountId));
        const framed = person !== undefined && screen.path("") !== "/change-password";
        if (framed) await expect(page.locator("html[data-keys=on]")).toBeAttached();
        await expectNoSidewaysScroll(page);
        await page.keyboard.press("Escape"); // an inspector lies over the page as a sheet
        await expect(page.locator(".inspector")).toHaveCount(0);
        const masthead = await page.locator(".masthead").evaluate((header) => getComputedStyle(header).position);
        expect(masthead, "a low window is left to the page").toBe("static");
        if (framed) {
          await page.getByRole("button", { name: /: menu$/ }).click();
          await expect(page.getByRole("link", { name: "Sign out" })).toBeInViewport({ ratio: 1 });
          await page.keyboard.press("Escape");
          await expect(page.getByRole("link", { name: "Sign out" })).toBeHidden();
        }
      });
    }
  });
}
