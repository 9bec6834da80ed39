import { setTimeout as sleep } from "node:timers/promises";
import { newCommandId, newPartyId, newUserId } from "@/infra/ids";
import { seededRandom } from "@/projections/test-history";
import type { Bank } from "@/soak/bank";
import {
  type Ask,
  type Attempt,
  type CommandAnswer,
  isDefinite,
  type PastAnswer,
  type ViewAnswer,
  type Who,
} from "@/soak/history";
import { count, type KnownAccount, nowMs, type World } from "@/soak/world";

const patienceMs = 1_500; // then the same id is sent again, to this process or another
const pauseMsMean = 25;
const openAccountsMin = 12;

export const newCustomer = (): Who => ({ userId: newUserId(), partyId: newPartyId() });

/** One customer at work until the run ends: asks, doubts, asks again. The seed and the number decide what it does. */
export async function runClient(world: World, number: number): Promise<void> {
  const random = seededRandom(world.seed * 1_009 + number);
  while (!world.finishing) {
    await sleep(random() * 2 * pauseMsMean);
    const account = pickAccount(world, random);
    const dice = random();
    if (!account || (dice < 0.04 && openCount(world) < openAccountsMin * 2)) await open(world, random);
    else if (dice < 0.42) await carryOut(world, random, account.who, depositOf(account, random));
    else if (dice < 0.72) await carryOut(world, random, account.who, withdrawalOf(account, random));
    else if (dice < 0.76) await emptyAndClose(world, random, account);
    else if (dice < 0.78)
      await carryOut(world, random, newCustomer(), depositOf(account, random)); // a stranger
    else if (dice < 0.9) askPastOf(world, random, account);
    else void askView(world, random, account);
  }
}

type Random = () => number;

function pickAccount({ accounts }: World, random: Random): KnownAccount | undefined {
  const among = random() < 0.95 ? accounts.filter(({ closed }) => !closed) : accounts; // a closed one now and then
  return among[Math.floor(random() ** 2.5 * among.length)]; // the first gets a third
}

const openCount = ({ accounts }: World): number => accounts.filter(({ closed }) => !closed).length;

function depositOf({ accountId }: KnownAccount, random: Random): Ask {
  const text = random() < 0.3 ? `rent no. ${Math.floor(random() * 1e6)}` : undefined;
  return { kind: "deposit", accountId, minorUnits: String(1 + Math.floor(random() * 800)), text };
}

function withdrawalOf({ accountId }: KnownAccount, random: Random): Ask {
  const most = random() < 0.2 ? 50_000_000 : 700; // one in five is far beyond what can be there
  return { kind: "withdraw", accountId, minorUnits: String(1 + Math.floor(random() * most)) };
}

async function open(world: World, random: Random): Promise<void> {
  const who = world.customers[Math.floor(random() * world.customers.length)];
  if (!who) return;
  const answer = await carryOut(world, random, who, { kind: "open" });
  const accountId = answer?.kind === "done" && answer.events[0]?.split("@")[0];
  if (accountId && !world.accounts.some((known) => known.accountId === accountId))
    world.accounts.push({ accountId, who, closed: false });
}

async function emptyAndClose(world: World, random: Random, account: KnownAccount): Promise<void> {
  const { accountId, who } = account;
  const busy = world.accounts.indexOf(account) < openAccountsMin;
  if (!busy || random() < 0.02) {
    const view = await askView(world, random, account);
    if (view && view.balance !== "0")
      await carryOut(world, random, who, { kind: "withdraw", accountId, minorUnits: view.balance });
  }
  const answer = await carryOut(world, random, who, { kind: "close", accountId });
  if (answer?.kind === "done") account.closed = true;
}

/** Sees one command through to its definite answer, whatever happens to processes and connections on the way. */
async function carryOut(world: World, random: Random, who: Who, ask: Ask): Promise<CommandAnswer | undefined> {
  const command = newCommandId();
  const give = (what = ask) => attempt(world, { command, who, ask: what }, pickBank(world, random));
  for (let tries = 0; nowMs() < world.deadlineMs; tries++) {
    const answers = [give()];
    if (random() < 0.15) answers.push(give()); // twice at once, mostly to two processes
    if (random() < 0.01) answers.push(give(otherThan(ask)));
    const answer = await firstDefinite(answers);
    if (answer) {
      if (random() < 0.05) await within(give());
      if (random() < 0.02) await within(give(otherThan(ask)));
      return answer;
    }
    count(world, "retries");
    await sleep(30 + random() * Math.min(400, 50 * 2 ** tries));
  }
  return undefined;
}

function otherThan(ask: Ask): Ask {
  return "minorUnits" in ask ? { ...ask, minorUnits: String(BigInt(ask.minorUnits) + 1n) } : ask;
}

function pickBank({ banks }: World, random: Random): Bank {
  const running = banks.filter((bank) => bank.running);
  const from = running.length > 0 ? running : banks;
  const bank = from[Math.floor(random() * from.length)];
  if (!bank) throw new Error("a run needs a process");
  return bank;
}

async function attempt(world: World, asked: Pick<Attempt, "command" | "who" | "ask">, bank: Bank): Promise<CommandAnswer | null> {
  const record: Attempt = { ...asked, process: bank.index, askedMs: nowMs(), answeredMs: null, answer: null };
  world.history.attempts.push(record);
  const { who, command, ask } = asked;
  const answer = (await bank.ask({ kind: "command", who, command, ask })) as (CommandAnswer & { error?: string }) | null;
  if (!answer || answer.error !== undefined) return null; // not even given to the bank, or lost
  record.answer = answer;
  record.answeredMs = nowMs();
  if (answer.kind === "done") world.logTimeMs = Math.max(world.logTimeMs, Date.parse(answer.recordedAt));
  return answer;
}

const settles = (answer: CommandAnswer | null): boolean =>
  isDefinite(answer) || answer?.kind === "mismatch" || answer?.kind === "not_found";

/** The first answer that settles it; undefined when patience ends or all were lost. Later ones are still recorded. */
function firstDefinite(answers: readonly Promise<CommandAnswer | null>[]): Promise<CommandAnswer | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    const end = (answer?: CommandAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const [own] = answers;
    void own?.then((answer) => answer && settles(answer) && end(answer));
    void Promise.all(answers).then((all) => end(all.find((answer) => answer !== null && settles(answer)) ?? undefined));
  });
}

async function within(answer: Promise<unknown>): Promise<void> {
  await Promise.race([answer, sleep(patienceMs)]);
}

/** Asked without waiting for it: a frozen process may answer late, and that answer counts too. */
function askPastOf(world: World, random: Random, { accountId, who }: KnownAccount): void {
  const dice = random();
  const backMs = dice < 0.3 ? 0 : dice < 0.6 ? 1 + random() * 20 : random() * 5_000;
  const t = new Date(Math.floor((world.logTimeMs || Date.now()) - backMs)).toISOString();
  const order = { kind: "past", who, accountId, t, closed: random() < 0.03 } as const;
  void pickBank(world, random)
    .ask(order)
    .then((answer) => {
      if (answer && !("error" in (answer as object))) world.history.past.push(answer as PastAnswer);
    });
}

async function askView(world: World, random: Random, { accountId, who }: KnownAccount): Promise<ViewAnswer | undefined> {
  const asked = pickBank(world, random).ask({ kind: "view", who, accountId });
  const recorded = asked.then((answer) => {
    if (!answer || "error" in (answer as object)) return undefined;
    world.history.views.push(answer as ViewAnswer);
    return answer as ViewAnswer;
  });
  return Promise.race([recorded, sleep(patienceMs, undefined)]);
}
