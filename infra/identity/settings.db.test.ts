import { afterAll, beforeAll, expect, test } from "vitest";
import type { UserId } from "@/domain/ids";
import { findParties } from "@/infra/identity/find-parties";
import { setNickname } from "@/infra/identity/nicknames";
import { createCustomer, createStaff, knownParties, type Login, partyNames } from "@/infra/identity/people";
import { chooseNumberFormat, settingsInput, viewerSettings } from "@/infra/identity/settings";
import { type TestIdentity, testIdentity } from "@/infra/identity/test-identity";
import { updateSettings } from "@/infra/identity/update-settings";
import { newAccountId } from "@/infra/ids";

let bank: TestIdentity;
let ada: Login;

beforeAll(async () => {
  bank = await testIdentity();
  const made = await createCustomer(bank.identity, {
    email: "ada@example.org",
    password: "a lantern on the quay",
    name: "Ada Byron",
  });
  if (!made) throw new Error("not made");
  ada = made;
});
afterAll(() => bank.drop());

const chosen = {
  name: "Ada Lovelace",
  zone: "Asia/Tokyo",
  numberFormat: "1.234,56",
  theme: "dark",
  singleKeyShortcuts: false,
} as const;

test("without a choice the defaults hold, and the bank's zone", async () => {
  expect(await viewerSettings(bank.identity.pool, ada.userId)).toEqual({
    name: "Ada Byron",
    email: "ada@example.org",
    customerNumber: expect.stringMatching(/^CN\d{10}$/),
    zone: null,
    numberFormat: null,
    theme: "system",
    singleKeyShortcuts: true,
    nicknames: new Map(),
  });
});

test("what is chosen holds, and the party is renamed with its login", async () => {
  await updateSettings(bank.identity.pool, ada.userId, chosen);
  expect(await viewerSettings(bank.identity.pool, ada.userId)).toMatchObject(chosen);
  expect(await partyNames(bank.identity.pool, [ada.partyId ?? "", "pty_nobody"])).toEqual(
    new Map([[ada.partyId, "Ada Lovelace"]]),
  );
  const found = await findParties(bank.identity.pool, { text: "love", limit: 5 });
  expect(found.parties.map(({ name }) => name)).toEqual(["Ada Lovelace"]);
  expect((await knownParties(bank.identity.pool, [ada.partyId ?? ""])).get(ada.partyId ?? "")?.formerNames).toEqual([
    "Ada Byron",
  ]);
  expect((await bank.db.owner.query("select detail::text from security_log where kind = 'name_changed'")).rows).toEqual([
    { detail: `{"partyId": "${ada.partyId}"}` },
  ]);
});

test.each([
  [{ zone: "Europe/Atlantis" }],
  [{ numberFormat: "1_234" }],
  [{ theme: "pink" }],
  [{ name: " " }],
  [{ name: "Ada\u202enoryB" }],
  [{ name: "x".repeat(81) }],
  [{ role: "auditor" }],
])("%j is refused", (wrong) => {
  expect(settingsInput.safeParse({ ...chosen, ...wrong }).success).toBe(false);
});

test("a nickname is its owner's alone, and an empty one takes it away", async () => {
  const account = newAccountId();
  await setNickname(bank.identity.pool, ada.userId, account, "Rainy days");
  expect((await viewerSettings(bank.identity.pool, ada.userId)).nicknames).toEqual(new Map([[account, "Rainy days"]]));
  const other = await createCustomer(bank.identity, { email: "eve@example.org", password: "heron pebble violin", name: "Eve" });
  expect((await viewerSettings(bank.identity.pool, other?.userId as UserId)).nicknames.size).toBe(0);
  await setNickname(bank.identity.pool, ada.userId, account, "");
  expect((await viewerSettings(bank.identity.pool, ada.userId)).nicknames.size).toBe(0);
});

test("a person who chose no number format keeps none, until they say which is theirs", async () => {
  const { pool } = bank.identity;
  const format = async () => (await viewerSettings(pool, ada.userId)).numberFormat;
  await updateSettings(pool, ada.userId, { ...chosen, numberFormat: null });
  expect(await format()).toBeNull();
  await chooseNumberFormat(pool, ada.userId, "1 234,56");
  expect(await viewerSettings(pool, ada.userId)).toMatchObject({ ...chosen, numberFormat: "1 234,56" });
});

test("nobody takes the bank's name or a colleague's by a change of settings, staff no more than customers", async () => {
  const { pool } = bank.identity;
  const teller = await createStaff(bank.identity, { email: "ines@bank.example", name: "In\u00eas Moreau", role: "teller" });
  const auditor = await createStaff(bank.identity, { email: "otto@bank.example", name: "Otto Brandt", role: "auditor" });
  const rename = (who: Login | undefined, name: string) => updateSettings(pool, who?.userId as UserId, { ...chosen, name });
  for (const name of ["The bank", "D\u0430ybook", "Ines Moreau"]) {
    expect(await rename(auditor, name), name).toEqual({ kind: "name_taken" });
    expect(await rename(ada, name), name).toEqual({ kind: "name_taken" });
  }
  expect(await rename(teller, "Ines Moreau")).toEqual({ kind: "saved" }); // her own, written otherwise
});
