import { expect } from "@playwright/test";
import { accountOf, query } from "./book";
import { expectAccessible, pressKey, test } from "./fixtures";
import { people } from "./people";

test("every event is one sentence with the balance after it, newest first", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(rows).toHaveCount(30);
  await expect(rows.first()).toContainText(/You (deposited|withdrew) €/);
  await expect(rows.first()).toContainText("Balance after");
});

test("“Load more” is a link that grows the list, and Back returns to where one was", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await page.getByRole("link", { name: "Load more" }).click();
  await expect(rows).toHaveCount(60);
  await expect(page).toHaveURL(/count=60/);
  await page.goBack();
  await expect(rows).toHaveCount(30);
});

test("links are followed when they are pressed: the server is asked about none before", async ({ page, as }) => {
  await as("ada");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"] !== undefined) asked.push(request.url());
  });
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  await page.getByRole("link", { name: "Load more" }).click();
  await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(60);
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Older entries" })).toBeVisible();
  expect(asked).toEqual([]);
});

test("filters and order stand in the address", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  await page.getByRole("search").getByLabel("Events").selectOption("deposits");
  await page.getByLabel("Order").selectOption("oldest");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/show=deposits/);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(rows.first()).toContainText("deposited");
  await expect(rows.filter({ hasText: "withdrew" })).toHaveCount(0);
});

test("days narrow the timeline, both included, and one link shows everything again", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/timeline`);
  await page.getByLabel("From day").fill("2026-03-30");
  await page.getByLabel("To day").fill("2026-03-31");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/since=2026-03-30&until=2026-03-31/);
  const [within] = await query<{ count: string }>(
    "select count(*)::text from events where stream_id = $1 and recorded_at >= '2026-03-30T00:00:00+02' and recorded_at < '2026-04-01T00:00:00+02'",
    [id],
  );
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(rows).toHaveCount(Number(within?.count));
  await page.getByLabel("From day").fill("2001-01-01");
  await page.getByLabel("To day").fill("2001-01-02");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Every event", exact: true }).click();
  await expect(rows).toHaveCount(30);
});

test("the inspector steps through events by key, and closes", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline?event=300`);
  const inspector = page.getByRole("complementary", { name: "Event 300" });
  await expect(inspector).toContainText("State before and after");
  await expect(inspector.getByText("changed to")).not.toHaveCount(0);
  await pressKey(page, "]");
  await expect(page.getByRole("complementary", { name: "Event 301" })).toBeVisible();
  await pressKey(page, "[");
  await expect(inspector).toBeVisible();
  await page.getByRole("link", { name: "Close the inspector" }).click();
  await expect(page.getByRole("complementary")).toHaveCount(0);
});

test("an auditor sees envelope, payload and command; a customer sees none of them", async ({ page, as }) => {
  const path = `/accounts/${await accountOf(people.ada.email, "EUR")}/timeline?event=300`;
  await as("auditor");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Envelope" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Command" })).toBeVisible();
  await expect(page.getByText("Ada Lindqvist").first()).toBeVisible();
  await as("ada");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Event 300" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Envelope" })).toHaveCount(0);
  expect(await page.content()).not.toContain("cmd_");
});

test("“as stored” is what the book holds, encrypted text and all; “as read” is in clear", async ({ page, as }) => {
  await as("auditor");
  const id = await accountOf(people.ada.email, "EUR");
  const [event] = await query<{ version: number; data: { description: { ct: string } } }>(
    "select version, data from events where stream_id = $1 and data ? 'description' order by version desc limit 1",
    [id],
  );
  await page.goto(`/accounts/${id}/timeline?event=${event?.version}`);
  const payload = page.getByRole("region", { name: "Payload" });
  const stored = await payload
    .getByRole("figure", { name: /^As stored/ })
    .locator("pre")
    .textContent();
  expect(JSON.parse(stored ?? "")).toEqual(event?.data);
  const read = JSON.parse(
    (await payload
      .getByRole("figure", { name: /^As read/ })
      .locator("pre")
      .textContent()) ?? "",
  );
  const note = await page.getByRole("complementary").locator(".timeline-note").textContent();
  expect(read.description).toBe(note);
  expect(stored).not.toContain(note);
});
