import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { accountOf, query } from "./book";
import { expectAccessible, openAccount, test } from "./fixtures";
import { people } from "./people";

const newcomer = async (page: Page): Promise<string> => {
  const email = `newcomer-${Date.now()}@daybook.example`;
  await page.goto("/register");
  await page.getByLabel("Name").fill("Newcomer");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("heron pebble violin");
  await page.getByRole("button", { name: "Become a customer" }).click();
  await expect(page).toHaveURL(/accounts$/);
  return email;
};
const formatOf = async (email: string) => {
  const [row] = await query<{ format: string | null }>(
    "select s.number_format as format from users u left join viewer_settings s on s.user_id = u.id where u.email = $1",
    [email],
  );
  return row?.format ?? null;
};

test.describe("a form that anybody may send holds 8 kB, wherever it is sent", () => {
  const marks = (units: number) => "\u0315".repeat(units / 2) + "\u0316".repeat(units / 2);
  const send = (request: APIRequestContext, path: string, origin: string, email: string) =>
    request.post(path, { headers: { origin }, multipart: { email, password: email } });
  const paths = ["/sign-in", "/register", "/forgot-password", "/reset-password/x", "/change-password", "/sign-out"];

  for (const path of [...paths, "/nowhere", "/accounts"])
    test(path, async ({ request, baseURL }) => {
      const answer = await send(request, path, baseURL ?? "", marks(8_000));
      expect(answer.status()).toBe(413);
      expect(await answer.text()).toContain("more than a form holds");
    });
});

test("a description of nothing but marks is refused in words, and costs nothing", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("5");
  await page.getByLabel("Description").fill("\u0315".repeat(6_000) + "\u0316".repeat(6_000));
  await expect(page.getByText("Far more than 140 characters")).toBeVisible();
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByText("At most 140 characters; this has far more.")).toBeVisible();
  expect(await query("select from events where stream_id = $1", [id])).toHaveLength(1);
});

test("a hundred syllables of Hangul, pasted as three hundred units, are counted as a hundred and kept", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  const text = "한".repeat(100);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("€10.00");
  await page.getByLabel("Description").fill(text.normalize("NFD"));
  await expect(page.getByText("100 of 140 characters.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Deposit €10.00" }).click();
  await expect(page.getByRole("row", { name: text })).toBeVisible();
});

test("one rule for what cannot be seen, with a reason that names it: descriptions, nicknames, searches", async ({ page, as }) => {
  await as("tomas");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("1");
  await page.getByLabel("Description").fill("rent\u200b May");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByText(/zero-width space, U\+200B/)).toBeVisible();
  await page.getByLabel("Description").fill("\u200e🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩‍👩‍👧\u200f");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("row", { name: "🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩‍👩‍👧" })).toBeVisible();

  await page.goto("/settings");
  const form = page.locator(`form:has(input[value="${id}"])`);
  await form.getByRole("textbox").fill("Ho\u202elidays");
  await form.getByRole("button", { name: "Save name" }).click();
  await expect(form.getByText(/right-to-left override, U\+202E/)).toBeVisible();

  await as("teller");
  await page.goto(`/accounts?q=${encodeURIComponent("Ada\u00adLindqvist")}`);
  await expect(page.getByText(/soft hyphen, U\+00AD/)).toBeVisible();
  await expect(page.getByText("Nothing matches")).toHaveCount(0);
  await expect(page.locator("[data-row]").first()).toBeVisible();
});

test.describe("somebody who writes a comma", () => {
  test.use({ locale: "de-DE" });

  test("is understood from the first form on, and chooses otherwise in the settings", async ({ page }) => {
    const email = await newcomer(page);
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("12,50");
    await page.getByRole("button", { name: "Deposit 12,50" }).click();
    await expect(page.getByRole("status")).toContainText("12,50");
    expect(await formatOf(email)).toBeNull();
    await page.goto("/settings");
    await expect(page.getByLabel("Numbers")).toContainText("As your browser’s language: 1.234,56");
    await page.getByLabel("Numbers").selectOption("1,234.56");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    expect(await formatOf(email)).toBe("1,234.56");
  });
});

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("an amount in another format is offered in both, and the format is kept", async ({ page }) => {
      const email = await newcomer(page);
      const id = await openAccount(page);
      await page.goto(`/accounts/${id}/deposit`);
      const amount = page.getByLabel("Amount in EUR");
      const refuse = async () => {
        await amount.fill("12,50");
        await page.getByRole("button", { name: /^Deposit/ }).click();
        await expect(page.getByText("In your format write 12.50 · or do you write 1.234,56?")).toBeVisible();
      };
      await refuse();
      if (javaScriptEnabled) await expectAccessible(page);
      await amount.press("Enter"); // sends the form, and presses none of the buttons that are offered
      await expect(page.getByText("In your format write 12.50")).toBeVisible();
      await page.getByRole("button", { name: "Write 12.50" }).click();
      await expect(amount).toHaveValue("12.50");
      await refuse();
      await page.getByRole("button", { name: "I write 1.234,56" }).click();
      await expect(page.getByText("Written like 1.234,56")).toBeVisible();
      await expect(amount).toHaveValue("12,50");
      expect(await formatOf(email)).toBe("1.234,56");
      await page.getByRole("button", { name: /^Deposit/ }).click();
      await expect(page.getByText("Deposited 12,50")).toBeVisible();
      expect(await query("select from events where stream_id = $1", [id])).toHaveLength(2);
    });
  });

test("a moment is read as the page prints it, and refused in words beyond its range", async ({ page, as }) => {
  await as("ada");
  const id = await accountOf(people.ada.email, "EUR");
  await page.goto(`/accounts/${id}/as-of`);
  await page.getByLabel("Or in words").fill("31 Mar 2026, 23:59:59 CEST");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/t=2026-03-31T21%3A59%3A59.000Z/);
  for (const query of ["when=-99999y", "when=99999+years+ago", "when=-99999d", "t=0001-01-01T00:00:00Z"]) {
    expect((await page.goto(`/accounts/${id}/as-of?${query}`))?.status(), query).toBe(200);
    await expect(page.getByText(/from the year 1970 on/), query).toBeVisible();
  }
  for (const query of ["when=tomorrow", "when=9000-01-01", "t=9000-01-01T00:00:00Z", "t=%2B012026-01-01T00:00:00Z"]) {
    expect((await page.goto(`/accounts/${id}/as-of?${query}`))?.status(), query).toBe(200);
    await expect(page.getByText(/That moment has not come/), query).toBeVisible();
  }
  for (const query of ["position=0", "position=99999999999999999999", "event=abc", "event=0"]) {
    expect((await page.goto(`/accounts/${id}/as-of?${query}`))?.status(), query).toBe(200);
    await expect(page.getByText(/count from 1/), query).toBeVisible();
  }
  await page.goto(`/accounts/${id}/timeline?since=1969-12-31`);
  await expect(page.getByText("No calendar has this day")).toBeVisible();
  await page.goto(`/accounts/${id}/timeline?since=2026-03-02&until=2026-03-01`);
  await expect(page.getByText("The last day is before the first")).toBeVisible();
  await expect(page.getByText("Nothing matches")).toHaveCount(0);
  expect((await page.goto(`/accounts/${id}/timeline?until=9999-12-31`))?.status()).toBe(200);
});
