import { describe, expect, test } from "vitest";
import type { Account } from "../account/account";
import { ada, ben, close, closed, deposit, eur, open, opened, withdraw } from "../account/testing/examples";
import { fold } from "../account/testing/given";
import { type PartyId, parseUserId } from "../ids";
import { type Actor, accountScope, mayAct, mayAudit, mayOperate, maySee, type Role, roles, seesEveryAccount } from "./policy";

const userId = parseUserId("usr_01jd0000000000000000000001");
const actor = (role: Role, partyId: PartyId | null): Actor => {
  if (userId === undefined) throw new Error("example");
  return { userId, partyId, role, authStrength: "password" };
};

const hers = fold([opened()]); // ada's
const herClosed = fold([opened(), closed]);
const nobodys = fold([]);

// who, acting for → sees ada's account, may act on it, opens for ada, opens for ben
const table: [Role, PartyId | null, boolean, boolean, boolean, boolean][] = [
  ["customer", ada, true, true, true, false],
  ["customer", ben, false, false, false, true],
  ["customer", null, false, false, false, false],
  ["teller", null, true, true, true, true],
  ["teller", ben, true, true, true, false],
  ["teller", ada, false, false, false, true], // not on what they hold themselves
  ["auditor", null, true, false, false, false],
  ["auditor", ada, true, false, false, false],
  ["operator", null, false, false, false, false],
  ["operator", ada, false, false, false, false],
];

describe.each(table)("a %s acting for %s", (role, partyId, sees, acts, opensForAda, opensForBen) => {
  const who = actor(role, partyId);
  test(`${sees ? "sees" : "does not see"} ada's account, open or closed`, () => {
    expect(maySee(who, held(hers))).toBe(sees);
    expect(maySee(who, held(herClosed))).toBe(sees);
  });
  test.each([deposit(eur(1n)), withdraw(eur(1n)), close])(`${acts ? "may" : "may not"} give $type on it`, (command) => {
    expect(mayAct(who, command, hers)).toBe(acts);
    expect(mayAct(who, command, herClosed)).toBe(acts);
  });
  test("opens for whom it may, and nobody learns from a taken id", () => {
    expect(mayAct(who, open({ holders: [ada] }), nobodys)).toBe(opensForAda);
    expect(mayAct(who, open({ holders: [ben] }), nobodys)).toBe(opensForBen);
    expect(mayAct(who, open({ holders: [ben] }), hers)).toBe(acts);
  });
  test("moves nothing on an account that is not there", () => {
    for (const command of [deposit(eur(1n)), withdraw(eur(1n)), close]) expect(mayAct(who, command, nobodys)).toBe(false);
  });
});

test("a customer opens for himself alone, not with others", () => {
  expect(mayAct(actor("customer", ada), open({ holders: [ada, ben] }), nobodys)).toBe(false);
  expect(mayAct(actor("customer", ada), open({ holders: [] }), nobodys)).toBe(false);
  expect(mayAct(actor("teller", null), open({ holders: [ada, ben] }), nobodys)).toBe(true);
  expect(mayAct(actor("teller", ada), open({ holders: [ada, ben] }), nobodys)).toBe(false);
});

test("only operators operate, only auditors audit, only tellers and auditors look across customers", () => {
  expect(roles.filter((role) => mayOperate(actor(role, null)))).toEqual(["operator"]);
  expect(roles.filter((role) => mayAudit(actor(role, null)))).toEqual(["auditor"]);
  expect(roles.filter(seesEveryAccount)).toEqual(["teller", "auditor"]);
});

test("the scope for queries says what maySee says", () => {
  expect(accountScope(actor("customer", ada))).toEqual({ kind: "held_by", partyId: ada });
  expect(accountScope(actor("teller", ada))).toEqual({ kind: "every_not_held_by", partyId: ada });
  expect(accountScope(actor("teller", null))).toEqual({ kind: "every" });
  expect(accountScope(actor("auditor", ada))).toEqual({ kind: "every" });
  expect(accountScope(actor("operator", ada))).toEqual({ kind: "none" });
});

function held(account: Account) {
  if (account.status === "unopened") throw new Error("example");
  return account;
}
