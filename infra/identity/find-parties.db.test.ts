import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCustomerNumber } from "@/domain/customer-number";
import { findParties } from "@/infra/identity/find-parties";
import { mayBeCalled } from "@/infra/identity/name-rules";
import { nameSkeleton } from "@/infra/identity/name-skeleton";
import { createCustomer, createStaff, type Login } from "@/infra/identity/people";
import { register } from "@/infra/identity/register";
import { type TestIdentity, testIdentity } from "@/infra/identity/test-identity";

const password = "a lantern on the quay";
let bank: TestIdentity;
let ada: Login;

beforeAll(async () => {
  bank = await testIdentity();
  const made = await createCustomer(bank.identity, { email: "ada@example.org", password, name: "Ada Lindqvist" });
  if (!made) throw new Error("not made");
  ada = made;
  await createStaff(bank.identity, { email: "ines@bank.example", name: "In\u00eas Moreau", role: "teller" });
  await bank.db.owner.query(
    `insert into parties (id, kind, name, name_key) select 'pty_' || lpad(i::text, 26, '0'), 'person', '00 Stranger ' || i, $1 || i
       from generate_series(1, 520) i`,
    [`${nameSkeleton("00 Stranger")} `],
  );
});
afterAll(() => bank.drop());

const find = async (text: string) => (await findParties(bank.identity.pool, { text, limit: 20 })).parties;

test("520 strangers named to stand first hide no customer of the bank", async () => {
  for (const text of ["lindqvist", "Ada", "ADA LIND", "\u0410da Lindqvist", "ada@exam", "ada@example.org"])
    expect((await find(text)).map(({ partyId }) => partyId)).toEqual([ada.partyId]);
});

test("every party has a customer number with check digits, and is found by it", async () => {
  const { rows } = await bank.db.owner.query<{ id: string; number: string }>("select id, customer_number as number from parties");
  expect(rows).toHaveLength(521);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(521);
  for (const { number } of rows) expect(parseCustomerNumber(number)).toBe(number);
  const own = rows.find(({ id }) => id === ada.partyId)?.number ?? "";
  expect(await find(own.replace(/(.{4})/g, "$1 "))).toMatchObject([{ partyId: ada.partyId, email: "ada@example.org" }]);
});

test("all are listed by pages, each once", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 60; page++) {
    const found = await findParties(bank.identity.pool, { text: "", limit: 20, after });
    seen.push(...found.parties.map(({ partyId }) => partyId));
    if (found.next === null) break;
    after = found.next;
  }
  expect(new Set(seen).size).toBe(521);
  expect(seen).toHaveLength(521);
});

test("two who are called alike are both found, and staff are warned; so for letters of several alphabets", async () => {
  await createCustomer(bank.identity, { email: "other@example.org", password, name: "Ada Lindqvist" });
  expect((await find("ada lindqvist")).map(({ doubtful }) => doubtful)).toEqual(["alike", "alike"]);
  await createCustomer(bank.identity, { email: "mixed@example.org", password, name: "\u0411ob Marley" });
  expect((await find("mixed@example.org")).map(({ doubtful }) => doubtful)).toEqual(["scripts"]);
});

test.each(["The bank", "DAYBOOK", "Daybook support", "The Day-Book", "In\u00eas Moreau", "ines moreau", "\u0406nes Moreau"])(
  "%s is nobody's name to take",
  async (name) => {
    expect(await mayBeCalled(bank.identity.pool, name)).toBe(false);
    const request = { email: "x@example.org", name, password, address: "203.0.113.1", headers: new Headers() };
    expect((await register(bank.identity, request)).kind).toBe("name_taken");
  },
);

test.each(["'", "%", "a' | 'b", "\\", ":*", "!", "()", "\u0000".slice(1)])(
  "%j is looked for as it stands, and breaks nothing",
  async (text) => {
    expect(Array.isArray(await find(text))).toBe(true);
  },
);
