import { expect, type Page } from "@playwright/test";
import { query } from "./book";
import { deposit, expectAccessible, expectNoSidewaysScroll, openAccount, test } from "./fixtures";
import { network, whileAway } from "./outage";

test.use({ expectedErrors: /status of 50[03]|503|ERR_|"daybook":\{"title"/ });
test.setTimeout(120_000);

const bookedOn = async (id: string) =>
  (await query("select from events where stream_id = $1 and type = 'MoneyDeposited'", [id])).length;

/** Every kind of form: where it is, and how it is filled in and sent. */
type Sending = { name: string; path: (account: string) => string; send: (page: Page) => Promise<void> };

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

const sendings: readonly Sending[] = [
  {
    name: "a deposit",
    path: (account) => `/accounts/${account}/deposit`,
    send: async (page) => {
      await page.getByLabel("Amount in EUR").fill("12.00");
      await page.getByLabel("Description").fill("Kept through an outage");
      await press(/^Deposit/)(page);
    },
  },
  {
    name: "a withdrawal",
    path: (account) => `/accounts/${account}/withdraw`,
    send: async (page) => {
      await page.getByLabel("Amount in EUR").fill("1.00");
      await press("Review withdrawal")(page);
    },
  },
  { name: "a closing", path: (account) => `/accounts/${account}/close`, send: press(/Close the account/) },
  { name: "an opening", path: () => "/accounts/open", send: press("Open the account") },
  { name: "settings", path: () => "/settings", send: (page) => page.getByRole("button", { name: "Save", exact: true }).click() },
  { name: "an account's name", path: () => "/settings", send: press("Save name") },
  {
    name: "another password",
    path: () => "/change-password",
    send: async (page) => {
      await page.getByLabel("The password you have now").fill("not the one");
      await page.getByLabel("New password").fill("three words apart");
      await press("Change the password")(page);
    },
  },
  { name: "a sign-out", path: () => "/sign-out", send: press("Sign out") },
  {
    name: "a sign-in",
    path: () => "/sign-in",
    send: async (page) => {
      await page.getByLabel("E-mail address").fill("ada@daybook.example");
      await page.getByLabel("Password", { exact: true }).fill("not the one");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
    },
  },
  { name: "a demo sign-in", path: () => "/sign-in", send: press(/Ada Lindqvist/) },
  {
    name: "a registration",
    path: () => "/register",
    send: async (page) => {
      await page.getByLabel("Name").fill("Nora Berg");
      await page.getByLabel("E-mail address").fill("nora@example.org");
      await page.getByLabel("Password", { exact: true }).fill("three words apart");
      await press("Become a customer")(page);
    },
  },
  {
    name: "a forgotten password",
    path: () => "/forgot-password",
    send: async (page) => {
      await page.getByLabel("E-mail address").fill("nora@example.org");
      await press("Send a link")(page);
    },
  },
];

const words = /Daybook cannot answer now|Daybook cannot be reached/;

for (const { name, path, send } of sendings)
  test(`with the database away, ${name} is answered in words`, async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(path(id));
    await whileAway(async () => {
      await send(page);
      await expect(page.getByText(words).first()).toBeVisible({ timeout: 30_000 });
      await expect(page.getByText("Something went wrong on our side")).toHaveCount(0);
    });
  });

test("what was sent while the database was away is still in its form, and goes through afterwards, once", async ({
  page,
  as,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("12.00");
  await page.getByLabel("Description").fill("Kept through an outage");
  await whileAway(async () => {
    await page.getByRole("button", { name: /^Deposit/ }).click();
    const notice = page.locator("main").getByRole("alert");
    await expect(notice).toContainText("Daybook cannot answer now");
    await expect(notice).toContainText("nothing was booked");
    await expectAccessible(page);
  });
  await expect(page.getByLabel("Description")).toHaveValue("Kept through an outage");
  await page.getByRole("button", { name: "Deposit €12.00" }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €12.00");
  expect(await bookedOn(id)).toBe(1);
});

test("a page that is asked for while the database is away says so with 503, and comes by itself afterwards", async ({
  page,
  as,
}) => {
  await as("ada");
  const id = await openAccount(page);
  await deposit(page, id, "5");
  await whileAway(async () => {
    const answer = await page.goto(`/accounts/${id}`);
    expect(answer?.status()).toBe(503);
    expect(answer?.headers()["retry-after"]).toBe("5");
    await expect(page.getByRole("heading", { name: "Daybook cannot answer now" })).toBeVisible();
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    const health = await page.request.get("/api/health");
    expect([health.status(), (await health.json()).status]).toEqual([503, "down"]);
  });
  await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€5.00", { timeout: 30_000 });
});

/** Holds up every command at the append, and no page. */
async function whileNothingIsWritten<T>(work: (release: () => Promise<void>) => Promise<T>): Promise<T> {
  const { default: pg } = await import("pg");
  const holder = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await holder.connect();
  await holder.query("begin; lock table commands in share mode");
  let isHeld = true;
  const release = async () => {
    if (isHeld) await holder.end();
    isHeld = false;
  };
  try {
    return await work(release);
  } finally {
    await release();
  }
}

test("a deposit of which the bank itself does not know yet is looked for until it does", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in EUR").fill("9");
  await whileNothingIsWritten(async (release) => {
    await page.getByRole("button", { name: /^Deposit/ }).click();
    await expect(page.getByText("We don’t know yet. Checking")).toBeVisible({ timeout: 40_000 });
    await release();
  });
  const notice = page.locator("main").getByRole("alert");
  await expect(notice).toContainText("It was not booked", { timeout: 40_000 });
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("9");
  expect(await bookedOn(id)).toBe(0);
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.getByRole("status")).toContainText("Deposited €9.00");
  expect(await bookedOn(id)).toBe(1);
});

test("what is not known stays so through a reload, and the page goes on looking", async ({ page, as }) => {
  await as("ada");
  const id = await openAccount(page);
  await page.goto(`/accounts/${id}/deposit`);
  await page.route("**/api/commands/*", (route) => route.abort("connectionreset"));
  await page.route("**/deposit", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch({ maxRedirects: 0 }); // it arrives and is booked; the answer does not come back
    await route.abort("connectionreset");
  });
  await page.getByLabel("Amount in EUR").fill("70");
  await page.getByRole("button", { name: "Deposit €70.00" }).click();
  await expect(page.getByText("We don’t know yet. Checking")).toBeVisible();
  await page.unroute("**/deposit");
  await page.reload();
  await expect(page.getByText("We don’t know yet. Checking")).toBeVisible();
  await expect(page.getByLabel("Amount in EUR")).toHaveValue("70");
  await page.unroute("**/api/commands/*");
  await expect(page.getByRole("status")).toContainText("Deposited €70.00", { timeout: 30_000 });
  expect(await bookedOn(id)).toBe(1);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  for (const { name, path, send } of sendings)
    test(`with the database away, ${name} is answered in words`, async ({ page, as }) => {
      await as("ada");
      const id = await openAccount(page);
      await page.goto(path(id));
      await whileAway(async () => {
        await send(page);
        await expect(page.getByRole("heading", { name: "Daybook cannot answer now" })).toBeVisible();
        await expect(page.getByText("Nothing was done with what you just sent")).toBeVisible();
      });
    });

  test("a form that was sent while the database was away can be sent again as it was", async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("12.00");
    await page.getByLabel("Description").fill('Kept & "quoted" <b>');
    await whileAway(async () => {
      await page.getByRole("button", { name: "Deposit" }).click();
      await page.getByRole("button", { name: "Send it again" }).click();
      await expect(page.getByRole("heading", { name: "Daybook cannot answer now" })).toBeVisible();
    });
    await page.getByRole("button", { name: "Send it again" }).click();
    await expect(page.getByText("Deposited €12.00")).toBeVisible();
    await expect(page.getByRole("row", { name: /Kept & "quoted" <b>/ })).toBeVisible();
    expect(await bookedOn(id)).toBe(1);
  });

  test("a deposit of which the bank does not know yet has a page that looks until it does", async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await page.goto(`/accounts/${id}/deposit`);
    await page.getByLabel("Amount in EUR").fill("9");
    await whileNothingIsWritten(async (release) => {
      await page.getByRole("button", { name: "Deposit" }).click({ timeout: 40_000 });
      await expect(page.getByRole("heading", { name: "We don’t know yet. Checking" })).toBeVisible({ timeout: 40_000 });
      await network("away");
      await page.reload();
      await expect(page.getByRole("heading", { name: "We don’t know yet. Checking" })).toBeVisible();
      await network("back");
      await release();
    });
    await expect(page.getByRole("heading", { name: "It was not booked" })).toBeVisible({ timeout: 60_000 });
    expect(await bookedOn(id)).toBe(0);
  });

  test("the page that looks leads to what was booked", async ({ page, as }) => {
    await as("ada");
    const id = await openAccount(page);
    await deposit(page, id, "3");
    const [booked] = await query<{ id: string }>("select id from commands where account_ids[1] = $1 and type = 'DepositMoney'", [
      id,
    ]);
    await page.goto(`/checking?command=${booked?.id}&form=/accounts/${id}/deposit&since=${Date.now()}`);
    await expect(page.getByText("Deposited €3.00")).toBeVisible();
  });
});
