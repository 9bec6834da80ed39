import { setTimeout as delay } from "node:timers/promises";
import type { AttackedBank, Role } from "./attacked-bank";
import { texts } from "./hostile-words";
import { attack, type Finding, type Part } from "./part";
import type { Answer } from "./send";
import { soundFields } from "./sound-fields";
import type { Visitor } from "./visitor";

const searches = [
  "/accounts?q=",
  "/accounts?status=",
  "/accounts?sort=",
  "/accounts?after=",
  "/activity?q=",
  "/activity?amount=",
  "/activity?type=",
  "/activity?before=",
];
const ofAccount = [
  "as-of?when=",
  "as-of?t=",
  "as-of?zone=",
  "as-of?pin=",
  "timeline?event=",
  "timeline?before=",
  "timeline?type=",
  "?before=",
  "?command=",
];
const ofStrangers = ["/sign-in?returnTo=", "/sign-in?after=", "/reset-password/"];

/** What must never stand in a page as it was written: outside of its scripts, and in them as what would end one. */
const alive = /<script>alert|<img src=x|<svg\/onload|<!--<script|]]><x>|onfocus='alert/;
const ofScripts = /<script(?=[\s>]).*?<\/script>/gs; // where a browser takes a script to end, whatever it holds

/** The first piece of what people wrote that a browser would take for more than text. */
function aliveIn(page: string): string | undefined {
  const scripts = page.match(ofScripts) ?? [];
  const inScript = scripts.map((script) => /<!--|<script(?=[\s>])/i.exec(script.slice(1))?.[0]).find(Boolean);
  return inScript ?? alive.exec(page.replaceAll(ofScripts, ""))?.[0];
}

/** Texts that would do harm where they are not escaped: shown as text, searched without an error of ours. */
export const hostileTexts: Part = {
  name: "hostile texts",
  async run(bank) {
    return [await described(bank), await named(bank), await searched(bank)];
  },
};

const marker = "&lt;script&gt;alert(1)&lt;/script&gt;";
const showMsMax = 60_000; // against hanging only

/** A page, once it shows the first of the texts: read models follow the book. */
async function onceShown(bank: AttackedBank, role: Role, path: string): Promise<string> {
  const end = performance.now() + showMsMax;
  for (;;) {
    const { text } = await bank.as(role).get(path);
    if (text.includes(marker) || performance.now() > end) return text;
    await delay(100);
  }
}

/** Descriptions, in an account of their own so that a page holds them all, seen by everybody who may. */
async function described(bank: AttackedBank): Promise<Finding> {
  const escaped = attack("descriptions are shown as text, to everybody");
  const account = await bank.newAccount();
  const deposit = bank.action("deposit");
  let booked = 0;
  for (const description of [...texts].reverse()) {
    const { status } = await bank.as("holder").act(deposit, { fields: { ...soundFields(deposit, account), description } });
    if (status === 303) booked += 1;
    escaped.expect(
      [200, 303, 400].includes(status),
      `a deposit described ${JSON.stringify(description.slice(0, 40))} → ${status}`,
    );
  }
  escaped.expect(booked > texts.length / 2, `only ${booked} of ${texts.length} descriptions were taken`);
  for (const role of ["holder", "teller", "auditor"] as const)
    for (const path of [
      `/accounts/${account}`,
      `/accounts/${account}/timeline`,
      `/accounts/${account}/timeline?event=${booked + 1}`,
    ]) {
      const page = await onceShown(bank, role, path);
      escaped.expect(page.includes(marker), `GET ${path} as ${role} does not show the first text`);
      const found = aliveIn(page);
      escaped.expect(found === undefined, `GET ${path} as ${role} shows ${found} as it was written`);
    }
  return escaped.finding();
}

/** Names of people and of accounts, looked at by themselves and by the staff. */
async function named(bank: AttackedBank): Promise<Finding> {
  const escaped = attack("names and nicknames are shown as text");
  const [settings, nickname] = [bank.action("saveAction"), bank.action("nameAccount")];
  const person = await bank.signedIn(bank.emailOf("another customer"));
  const pages: readonly (readonly [Visitor, string])[] = [
    [person, "/settings"],
    [bank.as("holder"), "/accounts"],
    [bank.as("holder"), "/settings"],
    [bank.as("teller"), "/accounts"],
    [bank.as("teller"), "/accounts/open"],
  ];
  const seen = new Set<string>();
  for (const text of texts) {
    const changed = await person.act(settings, { fields: { ...soundFields(settings, bank.account), name: text } });
    const called = await bank.as("holder").act(nickname, { fields: { accountId: bank.account, nickname: text } });
    const answers = [
      ["settings", changed],
      ["nickname", called],
    ] as [string, Answer][];
    for (const [who, path] of pages) answers.push([path, await who.get(path)]);
    for (const [where, { status, text: page }] of answers) {
      if (page.includes(marker)) seen.add(where);
      const found = aliveIn(page);
      const isHeld = [200, 303, 400].includes(status) && found === undefined;
      escaped.expect(isHeld, `the name ${JSON.stringify(text.slice(0, 40))}, ${where} → ${status} ${found ?? ""}`);
    }
  }
  for (const where of ["/settings", "/accounts"]) escaped.expect(seen.has(where), `${where} never showed the first text`);
  await person.act(settings, {
    fields: { ...soundFields(settings, bank.account), name: "Tomás Ferreira", numberFormat: "1 234,56" },
  });
  await bank.as("holder").act(nickname, { fields: { accountId: bank.account, nickname: "" } });
  return escaped.finding();
}

async function searched(bank: AttackedBank): Promise<Finding> {
  const answered = attack("searches and addresses take any text");
  const asked = [
    ...searches.map((path) => ["teller", path] as const),
    ...ofAccount.map((rest) => ["holder", `/accounts/${bank.account}${rest.startsWith("?") ? "" : "/"}${rest}`] as const),
    ...ofStrangers.map((path) => ["nobody", path] as const),
  ];
  for (const [i, [role, path]] of asked.entries())
    for (const [j, text] of texts.entries()) {
      if ((i + j) % 3 !== 0) continue; // each text meets a third of the fields, each field a third of the texts
      const written = Buffer.from(text).toString("utf8"); // a lone surrogate becomes what a browser sends for it
      const { status, text: page } = await bank.as(role).get(path + encodeURIComponent(written));
      const found = aliveIn(page);
      answered.expect(
        status < 500 && status > 0 && found === undefined,
        `GET ${path}${JSON.stringify(text.slice(0, 40))} as ${role} → ${status} ${found ?? ""}`,
      );
    }
  return answered.finding();
}
