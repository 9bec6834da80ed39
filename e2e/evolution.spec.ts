import { expect } from "@playwright/test";
import { accountOf, query, whilePaused } from "./book";
import { deposit, expectAccessible, openAccount, test } from "./fixtures";
import { people } from "./people";
import { rewritten } from "./rewritten";

test("staff see a deposit of the days before sources as it is stored, and what it is read as", async ({ page, as }) => {
  await as("auditor");
  const id = await accountOf(people.ada.email, "EUR");
  const [first] = await query<{ version: number }>(
    "select version from events where stream_id = $1 and type = 'MoneyDeposited' order by version limit 1",
    [id],
  );
  const version = first?.version ?? 0;
  await rewritten(id, version, "schema_version = 1, data = data - 'source'", async () => {
    await page.goto(`/accounts/${id}/timeline?order=oldest&event=${version}`);
    const payload = page.getByRole("region", { name: "Payload" });
    await expect(payload).toContainText("As stored, version 1");
    await expect(payload.locator("pre").last()).not.toContainText("source");
    await expect(payload).toContainText("As read, version 2");
    await expect(payload.locator("pre").first()).toContainText('"source": "unknown"');
    await expectAccessible(page);
  });
});

test("an account that holds an event of a newer build says so on each of its pages, and shows what came before", async ({
  page,
  as,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "20");
  const notice = page.getByRole("alert").filter({ hasText: "Event 3 of this account is newer than this Daybook" });
  await whilePaused(async () => {
    await deposit(page, id, "7");
    await rewritten(id, 3, "schema_version = 99", async () => {
      await page.goto(`/accounts/${id}`);
      await expect(notice).toContainText("MoneyDeposited, version 99");
      await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€20.00");
      await page.goto(`/accounts/${id}/as-of?when=now`);
      await expect(notice).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/accounts/${id}/timeline`);
      await expect(notice).toBeVisible();
      await notice.getByRole("link", { name: "See what happened before it" }).click();
      await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(2);
    });
  });
  await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(2);
  await page.goto(`/accounts/${id}/timeline`);
  await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(3);
});
