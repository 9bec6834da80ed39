import { newCommandId } from "@/infra/ids";
import type { AttackedBank } from "./attacked-bank";
import { attack, type Finding, type Part } from "./part";
import { soundFields } from "./sound-fields";

/** A command id belongs to who gave the command: another's, a spent or a made-up one neither tells nor repeats anything. */
export const commandIds: Part = {
  name: "command ids",
  async run(bank) {
    const deposit = bank.action("deposit");
    const fields = { ...soundFields(deposit, bank.account), commandId: newCommandId() };
    const { status } = await bank.as("holder").act(deposit, { fields });
    if (status !== 303) throw new Error(`a sound deposit was answered with ${status}`);
    return [await asked(bank, fields.commandId), await sentAgain(bank, fields)];
  },
};

/** All that differs between two answers about ids that are not one's own is the id. */
async function asked(bank: AttackedBank, commandId: string): Promise<Finding> {
  const kept = attack("somebody else's command looks like one that is not there");
  const ways = [`/api/commands/ID`, `/checking?command=ID&form=%2Faccounts&since=0`, `/accounts/${bank.account}?command=ID`];
  const made = newCommandId();
  for (const way of ways) {
    const ask = async (id: string, role: "holder" | "another customer" | "teller" | "nobody") => {
      const { status, headers, text } = await bank.as(role).get(way.replace("ID", id));
      const shown = text.replaceAll(/<script.*?<\/script>/gs, "").replaceAll(/nonce="[^"]*/g, "");
      return { status, told: `${status} ${headers.location ?? ""} ${shown}`.replaceAll(id, "ID") };
    };
    const own = await ask(commandId, "holder");
    kept.expect(own.told !== (await ask(made, "holder")).told, `GET ${way} tells the holder nothing either`);
    for (const role of ["another customer", "teller", "nobody"] as const) {
      const [theirs, none] = [await ask(commandId, role), await ask(made, role)];
      kept.expect(theirs.told === none.told, `GET ${way} as ${role} → ${theirs.status}, of one that is not there ${none.status}`);
    }
  }
  return kept.finding();
}

async function sentAgain(bank: AttackedBank, fields: Readonly<Record<string, string>> & { commandId: string }): Promise<Finding> {
  const kept = attack("a spent or a made-up id books nothing; another's is another");
  const { commandId } = fields;
  const deposit = bank.action("deposit");
  const before = await bank.events();
  const again = await bank.as("holder").act(deposit, { fields: { ...fields, amount: "2.00" } });
  kept.expect(again.status === 200 || again.status === 400, `a spent id with another amount → ${again.status}`);
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
    const { status } = await bank.as("holder").act(deposit, { fields: { ...fields, commandId: id } });
    kept.expect(status === 200 || status === 400, `command id ${JSON.stringify(id)} → ${status}`);
  }
  kept.expect((await bank.events()) === before, "something was booked");
  const teller = await bank.as("teller").act(deposit, { fields }); // an id is one person's: the same of another is another
  const told = (await bank.as("holder").get(`/api/commands/${commandId}`)).text;
  const own = await bank.query<{ n: number }>("select count(*)::int as n from commands where id = $1", [commandId]);
  kept.expect(
    teller.status === 303 && own[0]?.n === 2,
    `the holder's id, sent by a teller → ${teller.status}, ${own[0]?.n} commands`,
  );
  kept.expect(told.includes('"done"'), `the holder is told of it ${told}`);
  return kept.finding();
}
