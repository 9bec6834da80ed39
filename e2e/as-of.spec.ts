import { expect } from "@playwright/test";
import { accountOf, query } from "./book";
import { deposit, expectAccessible, openAccount, pressKey, test } from "./fixtures";
import { people } from "./people";

const balanceThen = "The account then";

test("a past balance: said in words, shown resolved, under an address that lasts", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of`);
  await page.getByLabel("Or in words").fill("end of march 2026");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/t=2026-03-31T21%3A59%3A59.999Z/);
  await expect(page.getByRole("note")).toContainText("Viewing 31 Mar 2026, 23:59:59.999 CEST");
  await expect(page.getByRole("note")).toContainText("Read only");
  const [row] = await query<{ balance: string }>(
    "select balance::text from account_entries where account_id = $1 and recorded_at <= '2026-03-31T21:59:59.999Z' order by version desc limit 1",
    [id],
  );
  const euros = (Number(row?.balance) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  await expect(page.getByRole("region", { name: balanceThen })).toContainText(`€${euros}`);
  await expect(page.getByText("This answer is final")).toBeVisible();
  await expect(page.getByText(/from snapshot at \d+ \+ \d+ events?/)).toBeVisible();
  await expect(page.getByText("Checked twice")).toBeVisible();
  await expect(page.getByRole("link", { name: /^(Deposit|Withdraw)$/ })).toHaveCount(0);
});

test("an answer about just now is pinned, and its address shows the same after more was booked", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "80");
  await page.goto(`/accounts/${id}/as-of?when=now`);
  await expect(page).toHaveURL(/position=\d+&hash=[0-9a-f]{64}/);
  const address = page.url();
  await expect(page.getByRole("region", { name: balanceThen })).toContainText("€80.00");
  await deposit(page, id, "5");
  await page.goto(address);
  await expect(page.getByRole("region", { name: balanceThen })).toContainText("€80.00");
  await expect(page.getByRole("note")).toContainText("as known at position");
});

test("previous and next event step through the account, the event itself being the cursor", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of?event=300`);
  await expect(page.getByRole("link", { name: "Event 300" })).toBeVisible();
  await expect(page.getByText("from snapshot at 300 + 0 events")).toBeVisible();
  await page.getByRole("link", { name: "Next event" }).click();
  await expect(page.getByRole("link", { name: "Event 301" })).toBeVisible();
  await pressKey(page, "[");
  await expect(page.getByRole("link", { name: "Event 300" })).toBeVisible();
});

test("an hour that clocks skipped is refused, one they showed twice is asked back", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of?when=2026-03-29T02:30&zone=Europe/Berlin`);
  await expect(page.getByText(/skipped this hour/)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/accounts/${id}/as-of?when=2026-10-25T02:30&zone=Europe/Berlin`);
  await page.getByRole("list", { name: "Which of them?" }).getByRole("link").last().click();
  await expect(page.getByRole("note")).toContainText("25 Oct 2026, 02:30:00.000 CET");
});

test("what has more than one meaning is asked back, each meaning a link", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of`);
  await page.getByLabel("Or in words").fill("christmas 2025");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText(/This could mean/)).toBeVisible();
  const choices = page.getByRole("list", { name: "Which of them?" });
  await choices.getByRole("link", { name: "Thu 25 Dec 2025, end of day, Berlin" }).click();
  await expect(page.getByRole("note")).toContainText("Viewing 25 Dec 2025, 23:59:59.999 CET");
});

test("how a moment is read is said while it is typed, and what has two meanings is chosen there", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of?when=soon`);
  await expect(page.getByText("This is not a moment we can read")).toBeVisible();
  const words = page.getByLabel("Or in words");
  const said = page.getByRole("form", { name: "Say a moment in words" }).getByRole("status");
  await expect(async () => {
    await words.fill("3 march 2026"); // once scripts run
    await expect(said).toHaveText("Tue 3 Mar 2026, end of day, Berlin", { timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("This is not a moment we can read")).toHaveCount(0);
  await words.fill("");
  await expect(said).toBeEmpty();
  await words.fill("third of march 2026"); // a way to say it that only chrono knows
  await expect(said).toHaveText("Tue 3 Mar 2026, end of day, Berlin");
  await words.fill("next tuesday maybe");
  await expect(said).toContainText("This is not a moment we can read");
  await words.fill("1 jan 9000");
  await expect(said).toContainText("That moment has not come: Wed 1 Jan 9000, end of day, Berlin.");
  await words.fill("");
  await expect(said).toBeEmpty();
  await words.fill("christmas 2025");
  await said.getByRole("button", { name: "Wed 24 Dec 2025, end of day, Berlin" }).click();
  await expect(said).toHaveText("Wed 24 Dec 2025, end of day, Berlin");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/t=2025-12-24T22%3A59%3A59.999Z/);
});

test("nobody who is not signed in is told how a moment is read", async ({ request }) => {
  const answer = await request.get("/api/moment?text=now&zone=UTC");
  expect([answer.status(), await answer.json()]).toEqual([401, { daybook: { kind: "signed_out" } }]);
});

test("the opening is the account's own", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/as-of?when=opening`);
  await expect(page.getByRole("link", { name: "Event 1", exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: balanceThen })).toContainText("€0.00");
});

test("an address of another history is named as such", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of?position=100&hash=${"0".repeat(64)}`);
  await expect(page.getByText("This address belongs to another history")).toBeVisible();
});

test("a changed row in the list of entries is noticed", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  const change = (by: number) =>
    query("update account_entries set balance = balance + $2 where account_id = $1 and version = 250", [id, by]);
  await change(1);
  try {
    await page.goto(`/accounts/${id}/as-of?event=250`);
    await expect(page.getByText("The list of entries is damaged")).toBeVisible();
    await expectAccessible(page);
  } finally {
    await change(-1);
  }
});
