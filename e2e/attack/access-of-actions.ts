import type { Action } from "./actions";
import { type AttackedBank, type Role, roles } from "./attacked-bank";
import { type Attack, attack, type Part } from "./part";
import type { Answer } from "./send";
import { soundFields } from "./sound-fields";
import { changedSince, standing } from "./standing";
import { addressOf, ways } from "./visitor";

/** What somebody gets for a form: an answer of the action, "not there", or to sign in first. */
type Gets = "answered" | "absent" | "sign-in";
type Expected = Readonly<Record<Role, Gets>>;

const everybody: Expected = {
  nobody: "answered",
  "another customer": "answered",
  holder: "answered",
  teller: "answered",
  auditor: "answered",
  operator: "answered",
};
const signedIn: Expected = { ...everybody, nobody: "sign-in" };
const movers: Expected = { ...signedIn, "another customer": "absent", auditor: "absent", operator: "absent" };
const operator: Expected = { ...movers, holder: "absent", teller: "absent", operator: "answered" };

/** An action that is built and has no line here fails the run: nothing new is open by default. */
const expectations: Readonly<Record<string, Expected>> = {
  deposit: movers,
  withdraw: movers,
  close: movers,
  openAccount: { ...movers, "another customer": "answered" }, // for themselves
  nameAccount: { ...movers, auditor: "answered" }, // whoever sees it
  saveAction: signedIn,
  changePasswordAction: signedIn,
  retry: operator,
  operate: operator,
  signInAction: everybody,
  demoSignInAction: everybody,
  registerAction: everybody,
  requestLinkAction: everybody,
  resetPasswordAction: everybody,
  signOutAction: everybody,
};

/** Forms that stand on their page only now and then: of a held account, behind a link from a mail. */
const seldomShown = ["retry", "resetPasswordAction"];

/** Every server action for everybody, with scripts and without. Whoever has no right to it sends what would be booked. */
export const accessOfActions: Part = {
  name: "access: server actions",
  async run(bank) {
    const [listed, drawn, given, done] = [
      attack("every built action has an expectation, and no other"),
      attack("the forms that are sent have the fields of their pages"),
      attack("each role gets what is theirs of every action"),
      attack("nothing is done for who has no right to it"),
    ];
    for (const { name } of bank.actions) listed.expect(name in expectations, `${name} is built and nobody said who may send it`);
    for (const name of Object.keys(expectations))
      listed.expect(
        bank.actions.some((action) => action.name === name),
        `${name} is expected and not built`,
      );

    for (const action of bank.actions) {
      const expected = expectations[action.name];
      if (!expected) continue;
      if (!seldomShown.includes(action.name)) await compareWithPage(bank, action, expected, drawn);
      for (const role of roles)
        for (const way of ways) {
          const isTheirs = expected[role] === "answered";
          const fields = soundFields(action, bank.account);
          const sender = await senderFor(bank, action, role);
          const before = await standing(bank);
          const answer = await sender.act(action, { fields: isTheirs ? withoutEffect(fields) : fields, way });
          const repeat = `${action.name} (${way}) as ${role}`;
          given.expect(got(answer) === expected[role], `${repeat}: ${got(answer)}, not ${expected[role]}`);
          if (isTheirs) continue;
          const changed = await changedSince(bank, before);
          done.expect(changed === "", `${repeat} changed ${changed}`);
        }
    }
    return [listed, drawn, given, done].map((one) => one.finding());
  },
};

/** A form with a field too few is refused for that, and proves nothing of rights. */
async function compareWithPage(bank: AttackedBank, action: Action, expected: Expected, drawn: Attack): Promise<void> {
  const role = roles.find((one) => expected[one] === "answered") ?? "nobody";
  const as = role === "another customer" && expected.holder === "answered" ? "holder" : role; // who may, of this account
  const { text } = await bank.as(as).get(addressOf(action, bank.account));
  const onPage = fieldsOfForm(text, action.id);
  const sent = Object.keys(soundFields(action, bank.account));
  drawn.expect(onPage !== undefined, `${action.name} has no form on ${action.path} as ${as}`);
  const missing = onPage?.filter((name) => !sent.includes(name)) ?? [];
  drawn.expect(missing.length === 0, `${action.name} is sent without ${missing.join(", ")}, which its page has`);
}

/** The names of the fields of an action's form, as a browser without scripts would send them. Undefined: no such form is there. */
function fieldsOfForm(page: string, id: string): string[] | undefined {
  const form = page.match(/<form.*?<\/form>/gs)?.find((one) => one.includes(id));
  if (form === undefined) return undefined;
  const names = [...form.matchAll(/ name="([^"]+)"/g)].map(([, name = ""]) => name);
  return [...new Set(names)].filter((name) => !name.startsWith("$ACTION"));
}

/** Who signs out, or in as somebody else, does so in a browser of their own. */
async function senderFor(bank: AttackedBank, { name }: Action, role: Role) {
  if (role === "nobody") return bank.visitor();
  return name === "signOutAction" ? bank.signedIn(bank.emailOf(role)) : bank.as(role);
}

/** A form that gets an answer and does nothing: its command id is none, its words are too short. */
function withoutEffect(fields: Readonly<Record<string, string>>): Record<string, string> {
  const spoilt = ["commandId", "name", "currentPassword", "email", "password"].filter((name) => name in fields);
  return { ...fields, ...Object.fromEntries(spoilt.map((name) => [name, name === "email" ? "nobody" : ""])) };
}

function got({ status, headers }: Answer): Gets | string {
  const to = headers.location ?? headers["x-action-redirect"];
  if (typeof to === "string" && to.includes("returnTo=")) return "sign-in";
  if (status === 404) return "absent";
  return status === 200 || status === 303 ? "answered" : String(status);
}
