import { newCommandId } from "@/infra/ids";
import type { Action } from "./actions";
import type { AttackedBank, Role } from "./attacked-bank";
import { type FormPart, multipart, plainForm, scriptedForm } from "./form-bodies";
import { attack, type Part } from "./part";
import { amounts, bodies, flights, strangeParts, types, values } from "./payloads";
import { soundFields } from "./sound-fields";
import { changedSince, standing } from "./standing";
import { addressOf } from "./visitor";

/** Whose right each action is, so that the forged form comes as far as it can. */
const senders: Readonly<Record<string, Role>> = { operate: "operator", retry: "operator" };

/** Bodies that no page of ours sends: refused in words, never an error of ours, and nothing is done. */
export const forgedBodies: Part = {
  name: "forged bodies",
  async run(bank) {
    const asked = bank.actions.filter(({ name }) => name !== "signOutAction" && name !== "demoSignInAction");
    return [
      await payloads(bank, asked),
      await repeatedFields(bank, asked),
      await strangeFields(bank),
      await grantedToOneself(bank),
      await contentTypes(bank, asked),
      await wrongAmounts(bank),
    ];
  },
};

const senderOf = (bank: AttackedBank, { name }: Action) => bank.as(senders[name] ?? "holder");

/** Sends parts by hand to the page of an action, as scripts would. `events`: how many were booked by it. */
async function sendParts(bank: AttackedBank, action: Action, parts: readonly FormPart[]) {
  const { body, type } = multipart(parts);
  const headers = { origin: bank.origin, "content-type": type, "next-action": action.id };
  const before = await bank.events();
  const path = addressOf(action, bank.account);
  const { status, text } = await senderOf(bank, action).request({ method: "POST", path, headers, body });
  return { status, text, events: (await bank.events()) - before };
}

const scriptedParts = (fields: Readonly<Record<string, string>>): FormPart[] =>
  Object.entries(fields).map(([name, value]) => [`_1_${name}`, value] as const);

/** Each list of arguments by itself, and with a part more that it could refer to: what would be booked otherwise. */
async function payloads(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("flight payloads are refused at every form, and do nothing");
  const deposit = bank.action("deposit");
  for (const args of ['["$undefined","$K1"]', ...values]) {
    const parts: FormPart[] = [...scriptedParts(soundFields(deposit, bank.account)), ["0", args]];
    const { status, text, events } = await sendParts(bank, deposit, parts);
    const isHeld = status < 400 && events === 1 && !text.includes("polluted");
    refused.expect(isHeld, `a deposit with arguments ${args} → ${status}, ${events} booked`);
  }

  const since = await standing(bank);
  const stateful = actions.filter(({ takes }) => takes === "state and form");
  for (const [i, args] of flights.entries())
    for (const action of new Set([stateful[i % stateful.length] ?? deposit, deposit]))
      for (const more of [[], [["1", '"$@0"']]] as const) {
        const parts: FormPart[] = [...scriptedParts(soundFields(action, bank.account)), ...more, ["0", args]];
        const { status, text } = await sendParts(bank, action, parts);
        const repeat = `${action.name} with arguments ${args.slice(0, 80)}${more.length ? " and a part 1" : ""} → ${status}`;
        refused.expect([400, 413].includes(status) && !text.includes("polluted"), repeat);
      }
  const changed = await changedSince(bank, since);
  refused.expect(changed === "", `${changed} changed`);
  return refused.finding();
}

async function repeatedFields(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("forms with a field twice, or with none, do nothing");
  const before = await standing(bank);
  for (const action of actions) {
    const sound = Object.entries(soundFields(action, bank.account));
    const twice = sound.map(([name, value]): FormPart[] => [...sound, [name, `${value}0`]]);
    for (const fields of [[], ...twice])
      for (const make of [plainForm, scriptedForm]) {
        const { body, type } = make(action, fields);
        const scripted = make === scriptedForm ? { "next-action": action.id } : {};
        const headers = { origin: bank.origin, "content-type": type, ...scripted };
        const path = addressOf(action, bank.account);
        const { status } = await senderOf(bank, action).request({ method: "POST", path, headers, body });
        const what = fields.length > 0 ? `${fields.at(-1)?.[0]} twice` : "no field at all";
        const isHeld = fields.length > 0 ? status === 400 : status < 500 && status !== 303;
        refused.expect(isHeld, `${action.name} (${make.name}) with ${what} → ${status}`);
      }
  }
  const changed = await changedSince(bank, before);
  refused.expect(changed === "", `${changed} changed`);
  return refused.finding();
}

/** A form with a strange part is refused, or booked as if the part were not there. */
async function strangeFields(bank: AttackedBank) {
  const kept = attack("strange parts spoil a form, or mean nothing");
  const deposit = bank.action("deposit");
  for (const strange of strangeParts) {
    const sound = scriptedParts(soundFields(deposit, bank.account));
    const { status, events } = await sendParts(bank, deposit, [...sound, strange, ["0", '["$undefined","$K1"]']]);
    const isHeld = status >= 200 && (events === 0 ? status < 500 : status < 400 && events === 1);
    kept.expect(isHeld, `deposit with a part ${JSON.stringify(strange[0])} → ${status}, ${events} booked`);
  }
  return kept.finding();
}

type Login = { role: string; party: string; verified: boolean };
const loginOf = "select u.role, u.party_id as party, u.email_verified as verified from users u where u.email = $1";

/** Sound forms with more fields than their page has: of what others have, or may do. */
async function grantedToOneself(bank: AttackedBank) {
  const kept = attack("fields that no form has give nobody a role or a party");
  const [victim] = await bank.query<Login>(loginOf, [bank.emailOf("holder")]);
  const party = victim?.party ?? "";
  const more = { role: "teller", partyId: party, party_id: party, isAdmin: "true", emailVerified: "true", id: "usr_x" };
  const others = async () => JSON.stringify(await bank.query("select id, role, party_id from users where email <> $1", [email]));

  const email = `granted.${newCommandId().slice(-12)}@daybook.example`;
  const [register, save, open] = [bank.action("registerAction"), bank.action("saveAction"), bank.action("openAccount")];
  const [newcomer, before, name] = [bank.visitor(), await others(), "Granted Newcomer"];
  const fields = { ...soundFields(register, bank.account), name, email, ...more };
  const { status } = await newcomer.act(register, { fields, headers: { "x-forwarded-for": "203.0.113.3" } });
  kept.expect(status === 303, `a registration with ${Object.keys(more).join(", ")} → ${status}`);
  const [made] = await bank.query<Login>(loginOf, [email]);
  kept.expect(made?.role === "customer" && made.party !== party && !made.verified, `it made ${JSON.stringify(made)}`);

  const saved = await newcomer.act(save, { fields: { ...soundFields(save, bank.account), name, ...more } });
  kept.expect(saved.status < 500, `settings with ${Object.keys(more).join(", ")} → ${saved.status}`);
  const [now] = await bank.query<Login>(loginOf, [email]);
  kept.expect(JSON.stringify(now) === JSON.stringify(made), `saved settings made it ${JSON.stringify(now)}`);
  kept.expect((await others()) === before, "another login changed");

  const opened = await newcomer.act(open, { fields: { ...soundFields(open, bank.account), holder: party } });
  const [last] = await bank.query<{ holders: string[] }>(
    "select data -> 'holders' as holders from events where type = 'AccountOpened' order by position desc limit 1",
  );
  const isOwn = opened.status === 303 && String(last?.holders) === made?.party;
  kept.expect(isOwn, `an account opened for another's party → ${opened.status}, held by ${last?.holders}`);
  return kept.finding();
}

async function contentTypes(bank: AttackedBank, actions: readonly Action[]) {
  const refused = attack("action ids called with other types and bodies do nothing");
  const deposit = bank.action("deposit");
  const before = await standing(bank);
  const fields = soundFields(deposit, bank.account);
  const whole = [new URLSearchParams(fields).toString(), JSON.stringify(["$undefined", fields]), JSON.stringify(fields)];
  for (const [i, type] of types.entries())
    for (const [j, body] of [...whole, ...bodies].entries()) {
      const action = j < whole.length ? deposit : actions[(i + j) % actions.length];
      if (!action) continue;
      const headers = { origin: bank.origin, "content-type": type, "next-action": action.id };
      const path = addressOf(action, bank.account);
      const { status } = await senderOf(bank, action).request({ method: "POST", path, headers, body });
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
  const changed = await changedSince(bank, before);
  refused.expect(changed === "", `${changed} changed`);
  return refused.finding();
}

async function wrongAmounts(bank: AttackedBank) {
  const kept = attack("what is no amount is never booked");
  for (const name of ["deposit", "withdraw"]) {
    const action = bank.action(name);
    const send = (amount: string) => bank.as("holder").act(action, { fields: { ...soundFields(action, bank.account), amount } });
    const from = await bank.events();
    const { status: sound } = await send("1.00");
    kept.expect(sound === 303 && (await bank.events()) === from + 1, `${name} of 1.00 → ${sound}`);
    for (const amount of amounts) {
      const before = await bank.events();
      const { status } = await send(amount);
      kept.expect(status === 200 || status === 400, `${name} of ${JSON.stringify(amount.slice(0, 40))} → ${status}`);
      kept.expect((await bank.events()) === before, `${name} of ${JSON.stringify(amount.slice(0, 40))} was booked`);
    }
  }
  return kept.finding();
}
