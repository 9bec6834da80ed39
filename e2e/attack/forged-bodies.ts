import { newCommandId } from "@/infra/ids";
import type { Action } from "./actions";
import type { AttackedBank, Role } from "./attacked-bank";
import { type FormPart, multipart, plainForm, scriptedForm } from "./form-bodies";
import { attack, type Part } from "./part";
import { soundFields } from "./sound-fields";
import { addressOf } from "./visitor";

/** The argument lists that React's decoder would turn into something else than values. `$K1` is the form. */
const flights: readonly string[] = [
  ...[
    "$F1",
    "$@1",
    "$B1",
    "$h1",
    "$A1",
    "$Q1",
    "$W1",
    "$i1",
    "$R1",
    "$r1",
    "$X1",
    "$x1",
    "$o1",
    "$1",
    "$T",
    "$S",
    "$E",
    "$Z",
    "$L1",
    "$u",
    "$I",
  ].map((word) => `["${word}","$K1"]`),
  '["$1:__proto__:then","$K1"]',
  '["$1:constructor:constructor","$K1"]',
  '["$0:0:__proto__","$K1"]',
  '[{"__proto__":{"polluted":1}},"$K1"]',
  '[{"constructor":{"prototype":{"polluted":1}}},"$K1"]',
  '[{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}","_response":{"_prefix":"polluted"}},"$K1"]',
  '[{"then":"$F1"},"$K1"]',
  `["$n${"9".repeat(5_000)}","$K1"]`,
  '["$Dnever","$K1"]',
  `[${"[".repeat(5_000)}${"]".repeat(5_000)},"$K1"]`,
  `[${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)},"$K1"]`,
  `[[${"1,".repeat(100_000)}1],"$K1"]`,
  ...[
    "{}",
    "null",
    '""',
    "0",
    "[]",
    '["$K1"]',
    '["$K1","$K1"]',
    '["$K1","$K1","$K1"]',
    '["$undefined","$K9"]',
    '["$undefined","$K"]',
    '["$undefined","$K1"',
  ],
];

const strangeParts: readonly FormPart[] = [
  ["", "x"],
  ["__proto__", "x"],
  ["constructor", "x"],
  ["then", "x"],
  ["1", '"$@2"'],
  ["0", "[]"],
  ["_1___proto__", "x"],
  ["_1_constructor", "x"],
  ["_1_then", "x"],
  ["_1_toString", "x"],
  ["_2_amount", "1"],
  ["_1_\u0000", "x"],
  ['_1_amount"; filename="a.txt', "x"],
  ['_1_x"\r\nContent-Type: text/plain; charset=utf-16le\r\nx: "', "x"],
  ['_1_x"\r\nContent-Transfer-Encoding: base64\r\nx: "', "%%%"],
  ["$ACTION_ID_00", ""],
];

const types: readonly string[] = [
  "text/plain;charset=UTF-8",
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/mixed; boundary=x",
  "application/octet-stream",
  "text/x-component",
  "application/xml",
  "*/*",
  "x",
];

const bodies: readonly string[] = [
  "",
  "[]",
  "{}",
  "null",
  "\u0000",
  '["$F1"]',
  "a=1&a=2",
  "<x/>",
  "--x--\r\n",
  '{"__proto__":{"polluted":1}}',
];

const amounts: readonly string[] = [
  ...[
    "0",
    "-1",
    "-0.01",
    "1e99",
    "1e2",
    "NaN",
    "Infinity",
    "0x10",
    "--1",
    "1-",
    "+-3",
    "1;2",
    "1 or 1=1",
    "0.001",
    "1.2.3",
    "\u{1f4b6}",
    "\u0000",
    "1\u0000",
    "null",
  ],
  ...["[object Object]", "$n5", "true", "{}", "9".repeat(30), `1${"0".repeat(5_000)}`, `0.${"0".repeat(5_000)}1`, "", "   "],
];

/** Whose right each action is, so that the forged form comes as far as it can. */
const senders: Readonly<Record<string, Role>> = { operate: "operator", retry: "operator" };

/** Bodies that no page of ours sends: refused in words, never an error of ours, and nothing is booked. */
export const forgedBodies: Part = {
  name: "forged bodies",
  async run(bank) {
    const asked = bank.actions.filter(({ name }) => name !== "signOutAction" && name !== "demoSignInAction");
    const found = [
      await payloads(bank, asked),
      await partsAndFields(bank, asked),
      await contentTypes(bank, asked),
      await otherPeoplesIds(bank),
      await wrongAmounts(bank),
    ];
    return found;
  },
};

const senderOf = (bank: AttackedBank, { name }: Action) => bank.as(senders[name] ?? "holder");

async function payloads(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("flight payloads are refused at every form, and book nothing");
  const before = await bank.events();
  for (const [i, args] of flights.entries()) {
    const action = actions[i % actions.length];
    for (const one of new Set([action, bank.action("deposit")])) {
      if (!one || one.takes === "nothing") continue;
      const fields = Object.entries(soundFields(one, bank.account)).map(([name, value]) => [`_1_${name}`, value] as const);
      const { body, type } = multipart([...fields, ["1", '"$@0"'], ["0", args]]);
      const headers = { origin: bank.origin, "content-type": type, "next-action": one.id };
      const answer = await senderOf(bank, one).request({
        method: "POST",
        path: addressOf(one, bank.account),
        headers,
        body,
      });
      refused.expect(
        [400, 413].includes(answer.status) && !answer.text.includes("polluted"),
        `${one.name} with arguments ${args.slice(0, 80)} → ${answer.status}`,
      );
    }
  }
  refused.expect((await bank.events()) === before, "something was booked");
  return refused.finding();
}

async function partsAndFields(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("repeated, missing and strange fields book nothing");
  const [before, staff] = [await bank.events(), await staffOf(bank)];
  for (const action of actions) {
    const sound = Object.entries(soundFields(action, bank.account)).map(([name, value]): FormPart => [name, value]);
    const spoilt = sound.map(([name, value]): FormPart => [name, ["commandId", "name"].includes(name) ? "" : value]);
    const sender = senderOf(bank, action);
    const forms: [string, readonly FormPart[]][] = [
      ["no field at all", []],
      ...sound.map(([name, value]): [string, FormPart[]] => [`${name} twice`, [...sound, [name, `${value}0`]]]),
      ["a field of another form", [...spoilt, ["role", "teller"], ["partyId", "pty_x"], ["isAdmin", "true"]]],
    ];
    for (const [what, fields] of forms)
      for (const make of [plainForm, scriptedForm]) {
        if (make === scriptedForm && what !== "no field at all") continue;
        const { body, type } = make(action, fields);
        const scripted = make === scriptedForm ? { "next-action": action.id } : {};
        const headers = { origin: bank.origin, "content-type": type, ...scripted };
        const path = addressOf(action, bank.account);
        const { status } = await sender.request({ method: "POST", path, headers, body });
        const isHeld = what.endsWith("twice") ? status === 400 : status < 500 && status !== 303;
        refused.expect(isHeld, `${action.name} with ${what} → ${status}`);
      }
  }
  const deposit = bank.action("deposit");
  for (const strange of strangeParts) {
    const fields = Object.entries({ ...soundFields(deposit, bank.account), commandId: "" }).map(
      ([name, value]) => [`_1_${name}`, value] as const,
    );
    const { body, type } = multipart([...fields, strange, ["0", '["$undefined","$K1"]']]);
    const headers = { origin: bank.origin, "content-type": type, "next-action": deposit.id };
    const { status } = await bank.as("holder").request({ method: "POST", path: "/accounts", headers, body });
    refused.expect(
      status >= 200 && status < 500 && status !== 303,
      `deposit with a part ${JSON.stringify(strange[0])} → ${status}`,
    );
  }
  refused.expect((await bank.events()) === before, "something was booked");
  refused.expect((await staffOf(bank)) === staff, "somebody was given a role of the staff");
  return refused.finding();
}

async function staffOf({ query }: AttackedBank): Promise<number> {
  const [row] = await query<{ n: number }>("select count(*)::int as n from users where role <> 'customer'");
  return row?.n ?? 0;
}

async function contentTypes(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("action ids called with other types and bodies do nothing");
  const before = await bank.events();
  for (const [i, type] of types.entries())
    for (const [j, body] of bodies.entries()) {
      const action = actions[(i + j) % actions.length];
      if (!action) continue;
      const headers = { origin: bank.origin, "content-type": type, "next-action": action.id };
      const { status } = await senderOf(bank, action).request({ method: "POST", path: "/accounts", headers, body });
      refused.expect(
        status >= 200 && status < 500 && status !== 303,
        `${action.name} as ${type} with ${JSON.stringify(body.slice(0, 30))} → ${status}`,
      );
    }
  for (const id of ["x", "0".repeat(42), "f".repeat(42), "__proto__", "a".repeat(5_000)]) {
    const headers = { origin: bank.origin, "content-type": "text/plain;charset=UTF-8", "next-action": id };
    const { status } = await bank.as("holder").request({ method: "POST", path: "/accounts", headers, body: "[]" });
    refused.expect(status >= 400 && status < 500, `an action id ${id.slice(0, 42)} → ${status}`);
  }
  refused.expect((await bank.events()) === before, "something was booked");
  return refused.finding();
}

/** A command id belongs to who asked: another's, a spent or a foreign one neither tells nor repeats anything. */
async function otherPeoplesIds(bank: AttackedBank) {
  const kept = attack("somebody else's command id tells nothing, a spent one books nothing");
  const deposit = bank.action("deposit");
  const commandId = newCommandId();
  const fields = { ...soundFields(deposit, bank.account), commandId };
  const { status } = await bank.as("holder").act(deposit, { fields });
  kept.expect(status === 303, `a sound deposit → ${status}`);
  const before = await bank.events();
  const again = await bank.as("holder").act(deposit, { fields: { ...fields, amount: "2.00" } });
  kept.expect(again.status !== 303, `a spent id with another amount → ${again.status}`);
  const other = await bank.as("another customer").get(`/accounts/${bank.account}?command=${commandId}`);
  kept.expect(other.status === 404, `another customer's look at the command → ${other.status}`);
  const ids = [
    "",
    "x",
    "cmd_",
    commandId.toUpperCase(),
    `${commandId}0`,
    `${commandId}'--`,
    "\u0000",
    commandId.replace("cmd", "acc"),
  ];
  for (const id of ids) {
    const answer = await bank.as("holder").act(deposit, { fields: { ...fields, commandId: id } });
    kept.expect(answer.status === 200 || answer.status === 400, `command id ${JSON.stringify(id)} → ${answer.status}`);
  }
  kept.expect((await bank.events()) === before, "something was booked");
  return kept.finding();
}

async function wrongAmounts(bank: AttackedBank) {
  const kept = attack("what is no amount is never booked");
  for (const name of ["deposit", "withdraw"])
    for (const amount of amounts) {
      const action = bank.action(name);
      const before = await bank.events();
      const { status } = await bank.as("holder").act(action, { fields: { ...soundFields(action, bank.account), amount } });
      kept.expect(status === 200 || status === 400, `${name} of ${JSON.stringify(amount.slice(0, 40))} → ${status}`);
      kept.expect((await bank.events()) === before, `${name} of ${JSON.stringify(amount.slice(0, 40))} was booked`);
    }
  return kept.finding();
}
