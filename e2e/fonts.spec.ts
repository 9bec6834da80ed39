import { expect, type Page } from "@playwright/test";
import { accountOf } from "./book";
import { test } from "./fixtures";
import { people } from "./people";

const fontBytesMax = 190_000;

test("a cold page loads at most 190 kB of fonts, and preloads the two faces that every page draws with", async ({ page, as }) => {
  await as("auditor");
  const id = await accountOf(people.ada.email, "EUR");
  // The inspector shows all three faces.
  await page.goto(`/accounts/${id}/timeline?event=300`);
  await page.evaluate(() => document.fonts.ready);
  const loaded = await fonts(page);
  expect(loaded).toHaveLength(3);
  expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(fontBytesMax);

  // Mono, which not every page shows, is loaded where it is drawn.
  const preloaded = await page.locator("link[rel=preload][as=font]").evaluateAll((links) => links.length);
  expect(preloaded).toBe(2);
});

async function fonts(page: Page): Promise<{ name: string; bytes: number }[]> {
  return page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith(".woff2"))
      .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize })),
  );
}
