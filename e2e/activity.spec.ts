import { expect } from "@playwright/test";
import { accountOf, query } from "./book";
import { expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";
import { people } from "./people";

test("staff looks through the whole bank, by words, amount and kind, page by page", async ({ page, as }) => {
  await as("auditor");
  await page.goto("/");
  await page.getByRole("navigation", { name: "Daybook" }).getByRole("link", { name: "Activity" }).click();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(51);
  await page.getByRole("link", { name: "Older events" }).click();
  await expect(page).toHaveURL(/before=\d+/);
  await expect(page.getByRole("link", { name: "Newest events" })).toBeVisible();

  const [salary] = await query<{ description: string; amount: string; count: string }>(
    "select description, min(amount)::text as amount, count(*)::text as count from activity where source = 'salary' and currency = 'EUR' and description is not null group by description order by count(*) limit 1",
  );
  await page.goto("/activity");
  await page.getByLabel("Words").fill(salary?.description ?? "");
  await page.getByLabel("What").selectOption("deposits");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(rows.nth(1)).toContainText("as salary");
  await expect(rows.nth(1)).toContainText(salary?.description ?? "");
  await expectAccessible(page);

  await page.getByLabel("Words").fill("");
  await page.getByLabel("Amount").fill((Number(salary?.amount) / 100).toFixed(2));
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/amount=/);
  await expect(rows.nth(1)).toContainText("EUR");
  const shown = await rows.allTextContents();
  for (const [typed, reason] of [
    ["a lot", "This is not an amount we can read"],
    [">500", "This is not an amount we can read"],
    ["12,50", "In your format write 12.50"],
  ] as const) {
    await page.getByLabel("Amount").fill(typed);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByText(reason)).toBeVisible();
    await expect(page.getByLabel("Amount")).toHaveValue(typed);
    await expect(page.getByText("Nothing matches")).toHaveCount(0);
    expect(await rows.allTextContents(), "the results that were there before").toEqual(shown);
  }
  const tops = await page
    .getByRole("search")
    .locator("input[type=search], input:not([type]), select")
    .evaluateAll((fields) => fields.map((field) => Math.round(field.getBoundingClientRect().top)));
  expect(new Set(tops).size, "every field keeps its line").toBe(1);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(rows).toHaveCount(51);
});

test.describe("who may not", () => {
  test.use({ expectedErrors: /404 \(Not Found\)/ });

  test("to customers and operators the feed is not there; a teller never sees accounts of their own", async ({ page, as }) => {
    for (const person of ["ada", "operator"] as const) {
      await as(person);
      expect((await page.goto("/activity"))?.status(), person).toBe(404);
      await page.context().clearCookies();
    }
  });
});

test("the balance by day is drawn and told as a table, for a span that stands in the address", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}`);
  await page.getByRole("navigation", { name: "Span of the chart" }).getByRole("link", { name: "All" }).click();
  await expect(page).toHaveURL(/range=all/);
  const days = await query<{ balance: string }>(
    "select balance::text from daily_balances where account_id = $1 order by day desc",
    [id],
  );
  const chart = page.getByRole("region", { name: "Balance by day" });
  await expect(chart.getByRole("img")).toBeVisible();
  await chart.getByText("As a table").click();
  await expect(chart.getByRole("row")).toHaveCount(days.length + 1);
  const euros = (Number(days[0]?.balance) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  await expect(chart.getByRole("row").nth(1)).toContainText(`€${euros}`);
  await expectAccessible(page);
});
