import { describe, expect, test } from "vitest";
import { mayAct } from "@/domain/access/policy";
import { type Account, decide, evolve, unopened } from "@/domain/account/account";
import { idFrom } from "@/domain/id-from";
import { type AccountId, type PartyId, parsePartyId, parseUserId } from "@/domain/ids";
import { parsePersonalText } from "@/domain/personal-text";
import { type DemoBook, generateBook } from "./generate";
import { demoPeople, type PersonKey } from "./people";

const until = new Date("2026-11-24T09:30:00.000Z");
const party = (i: number) => parsePartyId(idFrom("pty", 0, Uint8Array.of(i))) ?? null;
const parties = Object.fromEntries(demoPeople.map(({ key, role }, i) => [key, role === "customer" ? party(i) : null])) as Record<
  PersonKey,
  PartyId | null
>;
const make = (change: Partial<DemoBook> = {}) => generateBook({ seed: "daybook", until, parties, ...change });
const commands = make();

test("the same seed gives the same commands, ids included; another seed gives others", () => {
  expect(make()).toEqual(commands);
  const other = make({ seed: "other" });
  const ids = new Set(commands.map(({ commandId }) => commandId));
  expect(other.filter(({ commandId }) => ids.has(commandId))).toEqual([]);
});

test("times never go back, start eighteen months ago and end before now; no id is given twice", () => {
  for (const [i, { at }] of commands.entries()) if (i > 0) expect(at >= (commands[i - 1]?.at ?? at)).toBe(true);
  expect(commands[0]?.at.toISOString().slice(0, 7)).toBe("2025-05");
  const last = commands.at(-1)?.at ?? until;
  expect(last < until).toBe(true);
  expect(until.getTime() - last.getTime()).toBeLessThan(86_400_000);
  expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length);
});

test("every description is one that a person could have typed", () => {
  for (const { command } of commands) {
    if (!("description" in command) || !command.description || !("plain" in command.description)) continue;
    expect(parsePersonalText(command.description.plain)).toEqual({ ok: true, value: command.description });
  }
});

test("every deposit says how it came, and the lives know more than one way", () => {
  const sources = commands.flatMap(({ command }) => (command.type === "DepositMoney" ? [command.source] : []));
  expect(sources).not.toContain(undefined);
  expect([...new Set(sources)].sort()).toEqual(["cash", "cheque", "salary", "transfer"]);
});

describe.each(["daybook", "another", "third"])("a book of seed %s", (seed) => {
  const { accounts, events, refusals, denied } = run(seed);

  test("has fourteen accounts in five currencies, one of them closed, one held by two", () => {
    const states = [...accounts.values()].filter((account) => account.status !== "unopened");
    expect(states).toHaveLength(14);
    expect([...new Set(states.map(({ currency }) => String(currency)))].sort()).toEqual(["CHF", "EUR", "GBP", "JPY", "KWD"]);
    expect(states.filter(({ status }) => status === "closed")).toHaveLength(1);
    expect(states.filter(({ holders }) => holders.length === 2)).toHaveLength(1);
    expect(new Set(states.map(({ accountNumber }) => accountNumber)).size).toBe(14);
    for (const account of states) if (account.status === "open") expect(account.balance).toBeGreaterThan(0n);
  });

  test("has more than 4,000 events, and refusals only where they are meant", () => {
    expect(events).toBeGreaterThan(4_000);
    expect(events).toBeLessThan(6_000);
    expect(denied).toEqual([]);
    expect([...new Set(refusals.map(({ code }) => code))].sort()).toEqual(["balance_not_zero", "insufficient_funds"]);
    expect(refusals.length).toBeGreaterThan(15);
    expect(refusals.length).toBeLessThan(40);
  });

  test("has a withdrawal that was refused within the last month", () => {
    const monthAgo = until.getTime() - 30 * 86_400_000;
    expect(refusals.some(({ at, code }) => code === "insufficient_funds" && at.getTime() > monthAgo)).toBe(true);
  });
});

function run(seed: string) {
  const accounts = new Map<AccountId, Account>();
  const refusals: { at: Date; code: string }[] = [];
  const denied: string[] = [];
  let events = 0;
  for (const { at, actor, command } of make({ seed })) {
    const before = accounts.get(command.accountId) ?? unopened;
    if (!mayAct(actorOf(actor), command, before)) denied.push(`${actor} ${command.type}`);
    const decision = decide(command, before);
    if (!decision.ok) refusals.push({ at, code: decision.refusal.code });
    else {
      events += decision.value.length;
      accounts.set(command.accountId, decision.value.reduce(evolve, before));
    }
  }
  return { accounts, events, refusals, denied };
}

function actorOf(key: PersonKey) {
  const person = demoPeople.find((candidate) => candidate.key === key);
  const userId = parseUserId(idFrom("usr", 0, new Uint8Array(10)));
  if (!person || !userId) throw new Error(key);
  return { userId, partyId: parties[key], role: person.role, authStrength: "password" as const };
}
