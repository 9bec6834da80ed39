import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Person, people } from "./people";

type Fixtures = {
  /** Console errors that this test provokes on purpose, as the browser's own line about a 404. */
  expectedErrors: RegExp | undefined;
  /** Signs the test's own page in. */
  as: (person: Person) => Promise<Page>;
};

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
const sessions = new Map<Person, Cookies>();

/** Every page of every test is watched: a console error, a page error or a word of the content policy fails it. */
export const test = base.extend<Fixtures>({
  expectedErrors: [undefined, { option: true }],
  page: async ({ page, expectedErrors }, use) => {
    const faults: string[] = [];
    const isExpected = (text: string) => expectedErrors?.test(text) ?? false;
    page.on("console", (message) => {
      const text = message.text();
      const isFault = message.type() === "error" || /content.security.policy/i.test(text);
      if (isFault && !isExpected(text)) faults.push(`console: ${text} (${message.location().url})`);
    });
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    await use(page);
    expect(faults, "errors in the browser").toEqual([]);
  },
  as: async ({ page, context }, use) => {
    await use(async (person) => {
      const known = sessions.get(person);
      if (known)
        await context.addCookies(known); // over another person's: an open page is never signed out between
      else {
        await page.goto("about:blank"); // an open page would ask for what moves, signed out
        await context.clearCookies(); // signing in again in one browser ends the session before
        sessions.set(person, await signIn(page, person));
      }
      return page;
    });
  },
});

async function signIn(page: Page, person: Person): Promise<Cookies> {
  await page.goto("/sign-in");
  await page.getByText(/^\d+ more people$/).click(); // each role has one person in front; the rest are behind a fold
  await page.getByRole("button", { name: people[person].name }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  return page.context().cookies();
}

/** Presses a single-key shortcut, once the page listens for them. */
export async function pressKey(page: Page, key: string): Promise<void> {
  await expect(page.locator("html[data-keys=on]")).toBeAttached();
  await page.keyboard.press(key);
}

/** No rule is switched off. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
}

/** Opens an account through the screen and returns its id. The page stands on the new account. */
export async function openAccount(page: Page, currency = "EUR"): Promise<string> {
  await page.goto("/accounts/open");
  await page.getByLabel("Currency").selectOption(currency);
  await page.getByRole("button", { name: "Open the account" }).click();
  await expect(page.getByRole("status")).toContainText("Account opened");
  const id = /acc_[0-9a-z]{26}/.exec(page.url())?.[0];
  if (!id) throw new Error(`no account in ${page.url()}`);
  return id;
}

export async function deposit(page: Page, accountId: string, amount: string, description = ""): Promise<void> {
  await page.goto(`/accounts/${accountId}/deposit`);
  await page.getByLabel("Amount in").fill(amount);
  await page.getByLabel("Description").fill(description);
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited");
}
