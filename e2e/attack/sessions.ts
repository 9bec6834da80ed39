import { newCommandId } from "@/infra/ids";
import type { AttackedBank } from "./attacked-bank";
import { attack, type Finding, type Part } from "./part";
import { soundFields } from "./sound-fields";

const password = "seven slow herons at dusk";
const cookieName = "daybook.session_token";

/** Sessions that are planted, old or guessed, addresses to be led astray by, and many tries. */
export const sessions: Part = {
  name: "sessions and sign-in",
  async run(bank) {
    return [await planted(bank), await ended(bank), await returned(bank), await mailed(bank), await guessed(bank)];
  },
};

async function planted(bank: AttackedBank): Promise<Finding> {
  const kept = attack("tokens that were planted or made up sign nobody in");
  const real = bank.as("holder").cookies.get(cookieName) ?? "";
  const [stored] = await bank.query<{ token: string }>("select token from sessions limit 1");
  const [token = "", signature = ""] = decodeURIComponent(real).split(".");
  const made = [
    "x",
    "x.y",
    "",
    `${token}.`,
    `${token}.${signature.slice(0, -3)}AA=`,
    `${stored?.token}.${signature}`,
    stored?.token ?? "",
    `${token}'--.${signature}`,
    "%00",
    "%E0%A4%A",
    "a".repeat(7_000),
  ];
  for (const value of made) {
    const { status, headers } = await bank.visitor(new Map([[cookieName, value]])).get("/accounts");
    kept.expect(
      status !== 200 && status < 500,
      `GET /accounts with the cookie ${JSON.stringify(value.slice(0, 60))} → ${status} ${headers.location ?? ""}`,
    );
  }
  kept.expect(
    (await bank.visitor(new Map([[cookieName, real]])).get("/accounts")).status === 200,
    "the real cookie opens nothing either",
  );
  const victim = bank.visitor(new Map([[cookieName, "attackersown.signature"]]));
  await victim.act(bank.action("demoSignInAction"), { fields: { email: bank.emailOf("holder"), returnTo: "/" } });
  kept.expect(
    !(victim.cookies.get(cookieName) ?? "").startsWith("attackersown"),
    "a planted token is kept by the sign-in (fixation)",
  );
  return kept.finding();
}

async function ended(bank: AttackedBank): Promise<Finding> {
  const gone = attack("an old cookie opens nothing after what should end it");
  const opens = async (cookie: string | undefined) =>
    (await bank.visitor(new Map([[cookieName, cookie ?? ""]])).get("/accounts")).status === 200;
  const out = await bank.signedIn(bank.emailOf("holder"));
  const before = out.cookies.get(cookieName);
  gone.expect(await opens(before), "the cookie opened something before");
  const answer = await out.act(bank.action("signOutAction"), { fields: {} });
  gone.expect(!(await opens(before)), "the cookie of before, after signing out");
  gone.expect(answer.headers["clear-site-data"] !== undefined, "signing out leaves what the browser stored");

  const again = await bank.signedIn(bank.emailOf("holder"));
  const first = again.cookies.get(cookieName);
  gone.expect(await opens(first), "the cookie opened something before");
  await again.act(bank.action("demoSignInAction"), { fields: { email: bank.emailOf("another customer"), returnTo: "/" } });
  gone.expect(!(await opens(first)), "the cookie of before, after signing in again in the same browser");

  const { newcomer, email } = await registered(bank);
  const elsewhere = bank.visitor();
  await elsewhere.act(bank.action("signInAction"), { fields: { email, password, returnTo: "/" }, headers: from(1) });
  const [own, other] = [newcomer.cookies.get(cookieName), elsewhere.cookies.get(cookieName)];
  gone.expect((await opens(own)) && (await opens(other)), "two sessions of one login are open");
  const change = bank.action("changePasswordAction");
  await newcomer.act(change, { fields: { currentPassword: password, newPassword: `${password} again` } });
  gone.expect(!(await opens(other)), "the cookie of another browser, after the password was changed");
  gone.expect(!(await opens(own)), "the cookie of before, after the password was changed");
  return gone.finding();
}

async function registered(bank: AttackedBank) {
  const newcomer = bank.visitor();
  const email = `newcomer.${newCommandId().slice(-12)}@daybook.example`;
  const fields = { name: "Some Newcomer", email, password };
  const { status } = await newcomer.act(bank.action("registerAction"), { fields, headers: from(2) });
  if (status !== 303) throw new Error(`a registration was answered with ${status}`);
  return { newcomer, email };
}

async function returned(bank: AttackedBank): Promise<Finding> {
  const home = attack("signing in leads to no other site");
  const ways = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/%2f/evil.example",
    "//evil.example@127.0.0.1",
    "/..//evil.example",
    "data:text/html,x",
    " //evil.example",
    "/sign-out",
    "\u0000//evil.example",
    "///evil.example",
  ];
  for (const returnTo of ways)
    for (const way of ["plain", "scripted"] as const) {
      const fields = { email: bank.emailOf("another customer"), returnTo };
      const { headers } = await bank.visitor().act(bank.action("demoSignInAction"), { fields, way });
      const to = String(headers.location ?? headers["x-action-redirect"] ?? "nowhere").split(";")[0] ?? "";
      const isHome = to.startsWith("/") && new URL(to, bank.origin).origin === bank.origin && !to.startsWith("/sign-out");
      home.expect(isHome, `signing in with returnTo ${JSON.stringify(returnTo)} (${way}) leads to ${to}`);
    }
  return home.finding();
}

/** Whoever asks for a link for somebody else chooses nothing of it: it would bring its secret to wherever it leads. */
async function mailed(bank: AttackedBank): Promise<Finding> {
  const home = attack("a mailed link leads to the bank, whatever host asked for it");
  const forged: readonly Record<string, string>[] = [
    {},
    { host: "evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { forwarded: "host=evil.example" },
    { referer: "http://evil.example/" },
  ];
  for (const headers of forged) {
    const { email } = await registered(bank); // a login of its own: links for one are few
    const asked = await bank.visitor().act(bank.action("requestLinkAction"), { fields: { email }, headers });
    const mail = asked.status === 200 ? await bank.mailTo(email) : "";
    const links = mail.match(/https?:\/\/\S+/g) ?? [];
    const isHome = links.length > 0 && links.every((link) => new URL(link).origin === bank.origin);
    home.expect(isHome, `asked for with ${JSON.stringify(headers)} → ${asked.status}, leads to ${links.join(" ") || "nowhere"}`);
  }
  return home.finding();
}

const triesMax = 45; // thirty may fail freely

/** What a guesser writes about where it comes from. A proxy writes whom it speaks for behind that: only its word counts. */
const disguises: readonly ((i: number) => Record<string, string>)[] = [
  (i) => ({ "x-forwarded-for": `198.51.100.${i}, 203.0.113.77` }),
  (i) => ({ "x-forwarded-for": "192.0.2.78", "x-real-ip": `198.51.100.${i}`, forwarded: `for=198.51.100.${i}` }),
  (i) => ({ "x-forwarded-for": "198.18.0.79", "x-daybook-peer": `198.51.100.${i}`, "x-client-ip": `198.51.100.${i}` }),
];

async function guessed(bank: AttackedBank): Promise<Finding> {
  const slowed = attack("a guesser is slowed down, whatever it writes of its address");
  const action = bank.action("signInAction");
  for (const [n, disguise] of disguises.entries()) {
    let throttled = 0;
    for (let i = 0; i < triesMax && throttled === 0; i += 1) {
      const fields = { ...soundFields(action, bank.account), email: `guessed.${n}.${i}@daybook.example` };
      const { text } = await bank.visitor().act(action, { fields, headers: disguise(i) });
      if (text.includes("Too many tries")) throttled += 1;
    }
    slowed.expect(throttled > 0, `${triesMax} wrong passwords with ${JSON.stringify(disguise(1))}: none had to wait`);
  }
  return slowed.finding();
}

const from = (n: number) => ({ "x-forwarded-for": `203.0.113.${n}` });
