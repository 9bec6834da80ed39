import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { readSecrets } from "../infra/config/secrets";
import { openInDroppedCurrency } from "../infra/testing/open-in-dropped-currency";
import { query } from "./book";
import { deposit, expectAccessible, expectNoSidewaysScroll, openAccount, test } from "./fixtures";
import { people } from "./people";
import { spoilt } from "./spoilt";

const unreadable = /this row cannot be shown/i; // some lists put a name before it

/** An account in a currency that today's table lacks, as an earlier Daybook opened it. */
async function openInLev(email: string): Promise<string> {
  const [login] = await query<{ userId: never; partyId: never }>(
    `select id as "userId", party_id as "partyId" from users where email = $1`,
    [email],
  );
  if (!login) throw new Error(`${email} has no login`);
  const owner = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await owner.connect();
  try {
    return await openInDroppedCurrency(owner, {
      masterKey: readSecrets(process.env.E2E_DATA ?? "").master,
      actor: { ...login, role: "customer", authStrength: "password" },
      currency: "BGN",
      exponent: 2,
    });
  } finally {
    await owner.end();
  }
}

async function expectWhole(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("an account in a currency that is offered no more is there for its holder, a teller and an auditor", async ({
  page,
  as,
}) => {
  const id = await openInLev(people.ada.email);
  await as("ada");
  await page.goto(`/accounts/${id}/deposit`);
  await page.getByLabel("Amount in BGN").fill("12.5051");
  await page.getByRole("button", { name: /^Deposit/ }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("BGN");
  expect(await query("select from events where stream_id = $1", [id])).toHaveLength(1);
  await page.getByLabel("Amount in BGN").fill("1,234.50");
  await page.getByRole("button", { name: /^Deposit.*1,234\.50/ }).click();
  await expect(page.getByRole("status")).toContainText(/Deposited.*1,234\.50/);

  for (const person of ["ada", "teller", "auditor"] as const) {
    await as(person);
    await page.goto("/accounts");
    const row = page.getByRole("row").filter({ has: page.locator(`a[href="/accounts/${id}"]`) });
    await expect(row).toContainText(/1,234\.50\s*BGN/);
    await expect(page.getByLabel("Totals by currency")).toContainText("BGN");
    await page.goto(`/accounts/${id}`);
    await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("1,234.50");
    await expect(page.getByRole("row", { name: /Deposit/ })).toContainText("+1,234.50");
    await page.goto(`/accounts/${id}/timeline?event=2`);
    await expect(page.getByRole("list", { name: "Events" }).getByRole("listitem")).toHaveCount(2);
    await page.goto(`/accounts/${id}/as-of?event=2`);
    await expect(page.getByText("Checked twice")).toBeVisible();
    await expect(page.locator("main")).toContainText("1,234.50");
    if (person === "ada") continue;
    await page.goto("/activity?amount=1234.50");
    await expect(page.getByRole("row").filter({ has: page.locator(`a[href^="/accounts/${id}/"]`) })).toContainText("BGN");
  }
});

test("rows that cannot be shown cost their lists those rows, for holder, teller and auditor", async ({ page, as }) => {
  await as("tomas"); // who has few accounts: his settings show all of them
  const [id, other] = [await openAccount(page), await openAccount(page)];
  for (const account of [id, other]) await deposit(page, account, "20", "For the rows");
  const inFeed = `account_id = '${id}' and version = 2`;
  await expect.poll(async () => (await query(`select from activity where ${inFeed}`)).length).toBe(1);

  const ofAccount = `account_id = '${id}'`;
  const currency = `update account_balances set currency = 'XX' where ${ofAccount}`;
  const effective = `update account_entries set effective_at = 'infinity' where ${inFeed}`;
  const day = `update daily_balances set balance = 'NaN' where ${ofAccount}`;
  const kind = `update activity set type = 'MoneyConjured' where ${inFeed}`;
  const inAllOfThem = (work: () => Promise<void>) =>
    spoilt("account_balances", ofAccount, currency, () =>
      spoilt("account_entries", inFeed, effective, () =>
        spoilt("daily_balances", ofAccount, day, () => spoilt("activity", inFeed, kind, work)),
      ),
    );

  await inAllOfThem(async () => {
    for (const person of ["tomas", "teller", "auditor"] as const) {
      await as(person);
      await page.goto("/accounts");
      const row = page.getByRole("row", { name: unreadable });
      await expect(row).toContainText(id);
      if (person !== "tomas") await expect(row).toContainText("its currency holds what Daybook never writes");
      else await expect(row).not.toContainText("currency");
      await expect(page.getByText("The sums are without 1 account that cannot be shown.")).toBeVisible();
      await expect(page.locator(`a[href="/accounts/${other}"]`)).toBeVisible();
      await expectWhole(page);
      await row.getByRole("link", { name: "Open the account" }).click();

      await expect(page).toHaveURL(`/accounts/${id}`);
      await expect(page.getByRole("region", { name: "Balance", exact: true })).toContainText("€20.00"); // from the book itself
      await expect(page.getByText("Without 1 day that cannot be shown")).toBeVisible();
      await expect(page.getByRole("row", { name: /Account opened/ })).toBeVisible();
      await expectWhole(page);
      await page.getByRole("row", { name: unreadable }).getByRole("link").click();
      await expect(page).toHaveURL(`/accounts/${id}/timeline?event=2`);
      await expect(page.getByRole("heading", { name: "Event 2" })).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: "For the rows" })).toContainText("€20.00");

      if (person === "tomas") {
        await page.goto("/settings");
        await expect(page.getByText(unreadable)).toBeVisible();
        await expectWhole(page);
        continue;
      }
      await page.goto("/activity");
      await expect(page.getByRole("row", { name: unreadable })).toContainText("its type holds what Daybook never writes");
      await expect(page.getByRole("row").filter({ hasText: "For the rows" }).first()).toBeVisible(); // of the other account
      await expectWhole(page);
    }
  });
  await as("tomas");
  await page.goto("/accounts");
  await expect(page.locator(`a[href="/accounts/${id}"]`)).toBeVisible();
  await expect(page.getByText(unreadable)).toHaveCount(0);
  await query("update findings set closed_at = now(), closed_reason = 'put right' where closed_at is null and place like $1", [
    `%${id}%`, // what the verifier found meanwhile
  ]);
});

test("an operator sees what cannot be shown among the findings, held accounts, readers and rebuilds", async ({ page, as }) => {
  const place = "place = 'a row of the tests'";
  const finding = `insert into findings (found_at, seen_at, found_by, place, what) values ('infinity', now(), 'verify', 'a row of the tests', 'odd')`;
  const held = `insert into parked_accounts values ('daily_balances', 'nobody', 1, 1, 'odd', now(), 1, now())`;
  const rebuild = `insert into rebuilds (projection, purpose, status, revision, workers, target, done, events_per_second, accept, indexed, asked_by, started_at, updated_at)
    values ('daily_balances', 'rebuild', 'cancelled', 1, 1, 1, 1, 'NaN', false, false, 'terminal', now(), now())
    on conflict (projection) do update set events_per_second = 'NaN'`;
  const checkpoint = "update projection_checkpoints set updated_at = 'infinity' where name = 'snapshots'";
  await spoilt("findings", place, finding, () =>
    spoilt("parked_accounts", "account_id = 'nobody'", held, () =>
      spoilt("rebuilds", "projection = 'daily_balances'", rebuild, async () => {
        try {
          await as("operator");
          await page.goto("/operations");
          await query(checkpoint);
          await page.reload();
          const lists = ["Findings", "Held accounts", "Readers of the log", "Rebuilds"];
          for (const name of lists) await expect(page.getByRole("region", { name }).getByText(unreadable)).toHaveCount(1);
          await expect(page.getByRole("row", { name: /account_balances/ })).toContainText(/Level|Catching up/);
          await expectWhole(page);
        } finally {
          await query("update projection_checkpoints set updated_at = now() where updated_at = 'infinity'");
        }
      }),
    ),
  );
  await page.reload();
  await expect(page.getByText(unreadable)).toHaveCount(0);
});
