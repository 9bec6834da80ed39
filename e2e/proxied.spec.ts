import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { proxyBefore } from "./between";
import { query } from "./book";
import { openAccount, test } from "./fixtures";

test.use({ expectedErrors: /status of (403|413|502|504)|"daybook":\{"title"/ });

const refusedWords = "Daybook does not know this address";

const signIn = async (page: Page) => {
  await page.getByLabel("E-mail address").fill("nobody@example.org");
  await page.getByLabel("Password", { exact: true }).fill("not the one");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
};

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("behind a proxy that Daybook was not told of, a form is refused in words that name what to set", async ({
      page,
      baseURL,
    }) => {
      const { origin, close } = await proxyBefore(baseURL ?? "");
      try {
        await page.goto(`${origin}/sign-in`);
        await signIn(page);
        await expect(page.getByText(refusedWords)).toBeVisible();
        await expect(page.getByText(`sets DAYBOOK_ORIGIN to ${origin}`)).toBeVisible();
        await page.goto(`${origin}/sign-in`);
        await page.getByRole("button", { name: /Ada Lindqvist/ }).click();
        await expect(page.getByText(refusedWords)).toBeVisible();
      } finally {
        await close();
      }
      const log = readFileSync(path.join(process.env.E2E_DATA ?? "", "server.log"), "utf8");
      expect(log).toMatch(/Set DAYBOOK_ORIGIN=http:\/\/127\.0\.0\.1:\d+/);
    });
  });

const foreign = [
  { name: "a proxy's own 413", status: 413, contentType: "text/html", body: "<h1>413 Request Entity Too Large</h1>" },
  { name: "a proxy's own 502", status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" },
  { name: "a proxy's own 504 in plain text", status: 504, contentType: "text/plain", body: "upstream timed out" },
  { name: "the sign-in page of a network", status: 200, contentType: "text/html", body: "<h1>Welcome to our guest network</h1>" },
];

for (const { name, ...answer } of foreign)
  test(`${name} in place of an answer is told as not Daybook's, and nothing is told as booked`, async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("10");
    await page.route("**/deposit", (route) => (route.request().method() === "POST" ? route.fulfill(answer) : route.fallback()));
    await page.getByRole("button", { name: /^Deposit/ }).click();
    const notice = page.locator("main").getByRole("alert");
    await expect(notice).toContainText("Something else than Daybook answered");
    await expect(notice).toContainText("It was not booked", { timeout: 30_000 });
    await expect(page.getByLabel("Amount in EUR")).toHaveValue("10");
    expect(await query("select from events where stream_id = $1", [id])).toHaveLength(1);
    await page.unroute("**/deposit");
    await page.getByRole("button", { name: /^Deposit/ }).click();
    await expect(page.getByRole("status")).toContainText("Deposited €10.00");

    await page.route("**/settings", (route) => (route.request().method() === "POST" ? route.fulfill(answer) : route.fallback()));
    await page.goto("/settings");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.locator("main").getByRole("alert")).toContainText("Something else than Daybook answered");
  });

test("more than a form holds is refused in its own words with scripts too", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("10");
  await page.getByLabel("Description").evaluate((field: HTMLInputElement) => {
    field.removeAttribute("maxlength");
    field.value = "a".repeat(1_100_000);
  });
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("This is more than a form holds");
});
