import type { AttackedBank } from "./attacked-bank";
import { attack, type Finding, type Part } from "./part";
import { soundFields } from "./sound-fields";

const texts: readonly string[] = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg/onload=alert(1)>',
  "' autofocus onfocus='alert(1)",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "<!--<script>-->",
  "]]><x>",
  "\u2028alert(1)\u2029",
  "\\u003cscript\\u003ealert(1)",
  `{{7*7}} ${"$"}{7*7} #{7*7} <%= 7*7 %>`,
  "$F1 $@1 $undefined",
  "__proto__",
  "=1+1",
  "+1-1",
  "@SUM(A1)",
  "-2+3",
  "\t=cmd|' /C calc'!A0",
  "'; drop table events; --",
  "' or 1=1 --",
  "%' or '%'='",
  "\\",
  "_%",
  "Robert'); select pg_sleep(10)--",
  "a\u0000b",
  "\u202egnp.exe",
  "\u2066\u2069\u200b\u00ad\ufeff",
  "\ud800",
  "\u{e0041}\u{e0042}",
  "a\r\nset-cookie: x=1",
  "\u001b[31mred",
  "../../../../etc/passwd",
  "file:///etc/passwd",
  "http://169.254.169.254/",
  "(((((((((((((((((((((((((a",
  "^(a+)+$",
  `${"a".repeat(200)}!`,
];

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

/** What must never stand in a page as it was written. */
const alive = /<script>alert|<img src=x|<svg\/onload|onfocus='alert\(1\)(?!&)/;

/** Texts that would do harm where they are not escaped: shown as text, searched without an error of ours. */
export const hostileTexts: Part = {
  name: "hostile texts",
  async run(bank) {
    return [await shown(bank), await nicknamed(bank), await searched(bank)];
  },
};

/** Saved as names, nicknames and descriptions, and looked at by everybody who may see them. */
async function shown(bank: AttackedBank): Promise<Finding> {
  const escaped = attack("what people write is shown as text, to everybody");
  const deposit = bank.action("deposit");
  for (const description of texts) {
    const { status } = await bank.as("holder").act(deposit, { fields: { ...soundFields(deposit, bank.account), description } });
    escaped.expect(
      [200, 303, 400].includes(status),
      `a deposit described ${JSON.stringify(description.slice(0, 40))} → ${status}`,
    );
  }
  for (const role of ["holder", "teller", "auditor"] as const)
    for (const path of [`/accounts/${bank.account}`, `/accounts/${bank.account}/timeline`, "/activity", "/accounts"]) {
      const { text } = await bank.as(role).get(path);
      escaped.expect(!alive.test(text), `GET ${path} as ${role} shows ${alive.exec(text)?.[0]} as it was written`);
    }
  return escaped.finding();
}

async function nicknamed(bank: AttackedBank): Promise<Finding> {
  const escaped = attack("names and nicknames are shown as text");
  const [settings, nickname] = [bank.action("saveAction"), bank.action("nameAccount")];
  const person = await bank.signedIn(bank.emailOf("another customer"));
  for (const text of texts) {
    const named = await person.act(settings, { fields: { ...soundFields(settings, bank.account), name: text } });
    const called = await bank.as("holder").act(nickname, { fields: { accountId: bank.account, nickname: text } });
    for (const { status, text: page } of [named, called, await person.get("/settings"), await bank.as("holder").get("/accounts")])
      escaped.expect(
        [200, 303, 400].includes(status) && !alive.test(page),
        `a name ${JSON.stringify(text.slice(0, 40))} → ${status}`,
      );
  }
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
      answered.expect(
        status < 500 && status > 0 && !alive.test(page),
        `GET ${path}${JSON.stringify(text.slice(0, 40))} as ${role} → ${status}`,
      );
    }
  return answered.finding();
}
