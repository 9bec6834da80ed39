import { existsSync, readFileSync } from "node:fs";
import type { Action } from "./actions";
import type { AttackedBank } from "./attacked-bank";
import { type Attack, attack, type Part } from "./part";
import type { Answer } from "./send";
import { soundFields } from "./sound-fields";

/** Two runs of marks that Unicode puts into another order: sorting them by the book takes the square of their number. */
const marks = (bytes: number) => "\u0315".repeat(bytes / 4) + "\u0316".repeat(bytes / 4);

/** Bytes of marks in one field: near what a form of strangers may hold, near what any may, and beyond. */
const sizes = [
  [3_500, 7_000],
  [31_000, 62_000],
  [450_000, 900_000],
] as const;

/** Below this the rest of the server, which goes on meanwhile, weighs as much. */
const cpuMsNoise = 250;
const growthMax = 3;
const triesMax = 2;

const senders: Readonly<Record<string, "operator" | "nobody">> = { operate: "operator", retry: "operator" };
const strangers = ["signInAction", "demoSignInAction", "registerAction", "requestLinkAction", "resetPasswordAction"];

/** Marks in every field of every form: the work grows no faster than the text, and others are answered meanwhile. */
export const combiningMarks: Part = {
  name: "combining marks",
  async run(bank) {
    const grows = attack(`twice the marks cost at most ${growthMax} times the CPU time`);
    const others = attack("health answers somebody else meanwhile");
    const reached = attack("the shortest of them reaches its action");
    if (!existsSync(`/proc/${bank.pid}/stat`))
      return [{ attack: "the CPU time of the server", tries: 0, fell: [], skipped: "no /proc on this machine" }];
    for (const action of bank.actions)
      for (const field of Object.keys(soundFields(action, bank.account)))
        await growth(bank, action, field, { grows, others, reached });
    for (const path of [
      "/accounts?q=",
      "/activity?amount=",
      "/activity?q=",
      `/accounts/${bank.account}/as-of?when=`,
      "/sign-in?returnTo=/",
    ]) {
      const { status } = await bank.as("teller").get(path + encodeURIComponent(marks(4_000)));
      grows.expect(status > 0 && status < 500, `GET ${path} with 2,000 marks → ${status}`);
    }
    return [reached.finding(), grows.finding(), others.finding()];
  },
};

type Attacks = { grows: Attack; others: Attack; reached: Attack };

async function growth(bank: AttackedBank, action: Action, field: string, { grows, others, reached }: Attacks): Promise<void> {
  const cpuMsOf = async (bytes: number): Promise<number> => {
    const from = cpuMs(bank.pid);
    const sent = sendMarks(bank, action, field, bytes);
    const health = await bank.as("nobody").get("/api/health");
    others.expect(health.status === 200, `health during ${action.name}, ${field} of ${bytes} bytes → ${health.status}`);
    const { status } = await sent;
    const isThere = status < 400 || (field === "accountId" && status === 404);
    if (bytes === sizes[0][0]) reached.expect(isThere, `${action.name}, ${field} of ${bytes} bytes → ${status}`);
    return cpuMs(bank.pid) - from;
  };
  for (const [small, large] of sizes) {
    let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let tries = 0; tries < triesMax; tries += 1) {
      once = Math.min(once, await cpuMsOf(small));
      twice = Math.min(twice, await cpuMsOf(large));
      if (twice <= cpuMsNoise || twice <= growthMax * once) break; // what else the server did is measured with it: the least counts
    }
    const held = twice <= cpuMsNoise || twice <= growthMax * once;
    grows.expect(held, `${action.name}, ${field} of ${small} and ${large} bytes of U+0315, U+0316: ${once} and ${twice} CPU ms`);
    if (!held) return; // the next size would take minutes
  }
}

function sendMarks(bank: AttackedBank, action: Action, field: string, bytes: number): Promise<Answer> {
  const { name } = action;
  const sender = strangers.includes(name) ? bank.visitor() : bank.as(senders[name] ?? "holder");
  const fields = {
    ...soundFields(action, bank.account),
    ...(field !== "commandId" && { commandId: "none" }),
    [field]: marks(bytes),
  };
  return sender.act(action, {
    fields: name.endsWith("Action") ? without(fields, "commandId") : fields,
    headers: address(bytes),
  });
}

/** Addresses of documentation, a new one each time: throttling by address is another attack's matter. */
let asked = 0;
function address(bytes: number): Record<string, string> {
  asked += 1;
  return { "x-forwarded-for": `2001:db8:${(asked % 0xffff).toString(16)}:${bytes.toString(16)}::1` };
}

function without(fields: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
}

const ticksPerSecond = 100; // Linux says the same to every program

/** CPU time of a process so far, its own and the system's for it. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return ((user + system) * 1_000) / ticksPerSecond;
}
