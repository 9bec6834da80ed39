import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { EUR } from "@/domain/account/testing/examples";
import { parseAccountId, parseCommandId, parsePartyId } from "@/domain/ids";
import { normaliseUnitsMax } from "@/domain/text/normalise";
import { nicknameInput } from "@/infra/identity/nicknames";
import { passwordProblem } from "@/infra/identity/password-rules";
import { emailInput, registrationInput } from "@/infra/identity/register";
import { settingsInput } from "@/infra/identity/settings";
import { liveReading } from "../_server/live-reading";
import { ownPath } from "../_server/return-to";
import { moneyInput, readMoneyForm } from "../(bank)/accounts/[accountId]/_money/read-money-form";
import { asOfInput, readAsOfParams } from "../(bank)/accounts/[accountId]/as-of/as-of-params";
import { readQuestion } from "../(bank)/accounts/[accountId]/as-of/read-question";
import { closeInput } from "../(bank)/accounts/[accountId]/close/close-input";
import { entriesInput, readEntriesParams } from "../(bank)/accounts/[accountId]/entries-params";
import { readTimelineParams, timelineInput } from "../(bank)/accounts/[accountId]/timeline/timeline-params";
import { accountsInput, readAccountsParams } from "../(bank)/accounts/accounts-params";
import { holderInput, readHolderParams } from "../(bank)/accounts/open/holder-params";
import { openInput } from "../(bank)/accounts/open/open-input";
import { activityInput, readActivityParams } from "../(bank)/activity/activity-params";
import { wishInput } from "../(bank)/operations/[reader]/[wish]/wish-input";
import { askedInput } from "../(bank)/operations/asked-input";
import {
  changePasswordInput,
  demoSignInInput,
  requestLinkInput,
  resetPasswordInput,
  signInInput,
} from "../(identity)/_forms/identity-input";
import { typedInput } from "../api/moment/typed-input";
import { consistencyAsked, inclusionAsked, sealsAsked } from "../api/seals/asked";
import { checkingInput } from "../checking/checking-input";
import { formFields } from "./form-fields";

/** What reads a form, or an address: all that is done with its texts before they are known to be short. */
type Reading = { fields: readonly string[]; read: (fields: Record<string, string>) => unknown };

const account = { currency: EUR, exponent: 2 };
const format = "1,234.56";
const about = { email: "ada@example.org", name: "Ada Byron" };
const byShape = (shape: z.ZodObject, more: Reading["read"] = () => undefined): Reading => ({
  fields: Object.keys(shape.shape),
  read: (fields) => [shape.safeParse(fields), more(fields)],
});
const byMoneyForm: Reading = {
  fields: Object.keys(moneyInput.shape),
  read: (fields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return [formFields(form), readMoneyForm(form, account)];
  },
};
const newPassword = (password: string | undefined, { email = "", name = "" }: Record<string, string> = {}) =>
  passwordProblem(password ?? "", { email: email || about.email, name: name || about.name });

/** By the name of the server action that gets the form. */
const actions: Readonly<Record<string, Reading>> = {
  signInAction: byShape(signInInput, ({ returnTo }) => ownPath(returnTo)),
  demoSignInAction: byShape(demoSignInInput, ({ returnTo }) => ownPath(returnTo)),
  registerAction: byShape(registrationInput, (fields) => newPassword(fields.password, fields)),
  requestLinkAction: byShape(requestLinkInput, ({ email }) => emailInput.safeParse(email)),
  resetPasswordAction: byShape(resetPasswordInput, ({ password }) => newPassword(password)),
  changePasswordAction: byShape(changePasswordInput, (fields) => newPassword(fields.newPassword)),
  signOutAction: { fields: [], read: () => undefined },
  deposit: byMoneyForm,
  withdraw: byMoneyForm,
  close: byShape(closeInput, ({ accountId = "" }) => parseAccountId(accountId)),
  openAccount: byShape(openInput, ({ holder = "" }) => parsePartyId(holder)),
  saveAction: byShape(settingsInput),
  nameAccount: {
    fields: ["accountId", "nickname"],
    read: ({ accountId = "", nickname }) => [parseAccountId(accountId), nicknameInput.safeParse(nickname)],
  },
  operate: byShape(wishInput),
  retry: { fields: ["accountId"], read: ({ accountId = "" }) => parseAccountId(accountId) },
};

/** By the file that reads what the address says. */
const addresses: Readonly<Record<string, Reading>> = {
  "app/(bank)/accounts/page.tsx": { fields: keysOf(accountsInput), read: readAccountsParams },
  "app/(bank)/accounts/open/page.tsx": { fields: keysOf(holderInput), read: readHolderParams },
  "app/(bank)/accounts/[accountId]/page.tsx": { fields: keysOf(entriesInput), read: readEntriesParams },
  "app/(bank)/accounts/[accountId]/timeline/page.tsx": { fields: keysOf(timelineInput), read: readTimelineParams },
  "app/(bank)/accounts/[accountId]/as-of/page.tsx": {
    fields: Object.keys(asOfInput.shape),
    read: (fields) => readQuestion(readAsOfParams(fields), { zone: "Europe/Berlin", now: new Date() }),
  },
  "app/(bank)/activity/page.tsx": {
    fields: keysOf(activityInput(format)),
    read: (fields) => readActivityParams(fields, format),
  },
  "app/(bank)/operations/page.tsx": byShape(askedInput),
  "app/(bank)/settings/page.tsx": { fields: ["after"], read: ({ after }) => after === "password" },
  "app/(identity)/sign-in/page.tsx": { fields: ["returnTo", "after"], read: ({ returnTo }) => ownPath(returnTo) },
  "app/checking/route.ts": byShape(checkingInput, ({ form, command = "" }) => [ownPath(form), parseCommandId(command)]),
  "app/api/moment/route.ts": byShape(typedInput, ({ text = "", zone = "UTC" }) => liveReading({ text, zone }, new Date())),
  "app/api/seals/route.ts": byShape(sealsAsked),
  "app/api/seals/consistency/route.ts": byShape(consistencyAsked),
  "app/api/seals/inclusion/route.ts": byShape(inclusionAsked),
};

/** A filtered list takes its former filters along. */
function keysOf(shape: z.ZodObject): string[] {
  return [...Object.keys(shape.shape), "former"];
}

/** Texts that cost somebody who reads them carelessly more than they are long, `n` units each. */
const hostile: Readonly<Record<string, (n: number) => string>> = {
  "combining marks of two classes": (n) => "\u0315".repeat(n / 2) + "\u0316".repeat(n / 2),
  "a letter under marks": (n) => `a${"\u0315".repeat(n / 2)}${"\u0316".repeat(n / 2)}`,
  spaces: (n) => `a${" ".repeat(n)}a`,
  digits: (n) => "1".repeat(n),
  groups: (n) => "1,234".repeat(n / 5),
  "dots and dashes": (n) => `a@${"a-.".repeat(n / 3)}`,
  joiners: (n) => "\u200d".repeat(n),
  signs: (n) => "-!".repeat(n / 2),
  queries: (n) => "a=%CC%95&".repeat(n / 9),
};

const units = 16_000; // a careless normalisation takes 0.15 s for this, and 0.6 s for twice as much
const atOnceMs = 50;

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The least of several runs: what else the process did meanwhile only adds. */
const leastMs = (work: () => unknown): number => Math.min(...Array.from({ length: 5 }, () => cpuMsOf(work)));

for (const [what, readings] of Object.entries({ actions, addresses }))
  describe(`no field of ${what} costs more than in proportion to its length`, () => {
    const cases = Object.entries(readings).flatMap(([name, { fields, read }]) => fields.map((field) => ({ name, field, read })));
    test.each(cases)("$name: $field", { timeout: 120_000 }, ({ field, read }) => {
      for (const [kind, text] of Object.entries(hostile)) {
        const [once, twice] = [text(units), text(2 * units)].map((value) => leastMs(() => read({ ...valid, [field]: value })));
        const isInProportion = (twice ?? 0) <= Math.max(atOnceMs, 3 * (once ?? 0));
        expect(isInProportion, `${kind}: ${once} ms, and ${twice} ms for twice as much`).toBe(true);
      }
    });
  });

/** Fields that are sound, so that what follows them is reached. */
const valid: Readonly<Record<string, string>> = {
  commandId: "cmd_01jd0000000000000000000001",
  accountId: "acc_01jd0000000000000000000001",
  format,
  amount: "12.50",
  email: about.email,
  name: about.name,
};

test("the bound of what is normalised keeps even a run of marks short", () => {
  const marks = "\u0315".repeat(normaliseUnitsMax / 2) + "\u0316".repeat(normaliseUnitsMax / 2);
  expect(leastMs(() => nicknameInput.safeParse(marks))).toBeLessThan(atOnceMs);
  expect(leastMs(() => readMoneyForm(formOf({ ...valid, description: marks }), account))).toBeLessThan(atOnceMs);
});

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe("nothing that is sent to us was forgotten here", () => {
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "app"], { encoding: "utf8" });
  const sources = list
    .trim()
    .split("\n")
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));

  test("every server action", () => {
    const served = sources.filter(({ text }) => text.startsWith('"use server"'));
    const names = served.flatMap(({ text }) =>
      [...text.matchAll(/^export async function (\w+)/gm)].map(([, name]) => name ?? ""),
    );
    expect([...new Set(names)].sort()).toEqual(Object.keys(actions).sort());
  });

  test("no field has a length at which a browser cuts what an allowed text can reach", () => {
    expect(sources.filter(({ text }) => /\bmaxLength=/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test("every page and route that reads its address", () => {
    const reading = sources.filter(({ path, text }) => /\/(page|route)\.tsx?$/.test(path) && /searchParams/.test(text));
    expect([...new Set(reading.map(({ path }) => path))].sort()).toEqual(Object.keys(addresses).sort());
  });
});
