import type { Page } from "@playwright/test";

/** Opens a form as a copy of its page has it, from a cache or a duplicated tab: with the command id of then. */
export async function openCopy(page: Page, path: string, commandId: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/cmd_[0-9a-z]{26}/g, commandId) });
  });
  await page.goto(path);
  await page.unroute(`**${path}`);
}

/** As another browser, which has not seen what was done. */
export async function forgetSpentIds(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.removeItem("daybook:spent"));
}

export const commandIdOf = (page: Page): Promise<string> => page.locator("input[name=commandId]").inputValue();
