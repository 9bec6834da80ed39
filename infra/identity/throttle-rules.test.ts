import { expect, test } from "vitest";
import { type Count, type Counted, decideTry, forgottenAt } from "./throttle-rules";

const start = new Date("2026-03-01T12:00:00Z").getTime();

/** A clock and a store of counts, in memory. */
function desk() {
  const counts = new Map<string, Count>();
  return (seconds: number, counted: readonly Counted[]): number => {
    const decision = decideTry(counted, counts, new Date(start + seconds * 1_000));
    for (const [key, count] of decision.counts) counts.set(key, count);
    return decision.admitted ? 0 : decision.waitSeconds;
  };
}

const gate = (free: number, waitSecondsMax: number): Counted[] => [{ kind: "gate", key: "g", free, waitSecondsMax }];
const from = (network: string): Counted[] => [
  { kind: "pressure", key: "p", free: 20 },
  { kind: "share", key: network, of: "p", free: 5, waitSecondsMax: 900 },
];

test("after the free tries of a gate the wait doubles, up to its most", () => {
  const ask = desk();
  const waits: number[] = [];
  let now = 0;
  for (let i = 0; i < 9; i++) {
    while (ask(now, gate(2, 10)) > 0) now += 1;
    waits.push(now);
  }
  expect(waits.map((at, i) => at - (waits[i - 1] ?? 0))).toEqual([0, 0, 1, 2, 4, 8, 10, 10, 10]);
});

test("a refused try counts for nothing, so trying on does not lengthen the wait", () => {
  const ask = desk();
  for (let i = 0; i < 2; i++) ask(0, gate(2, 60));
  expect([0, 0.2, 0.4, 0.9].map((at) => ask(at, gate(2, 60)))).toEqual([1, 1, 1, 1]);
  expect(ask(1, gate(2, 60))).toBe(0);
});

test("a gate is forgotten after an hour without a try", () => {
  const ask = desk();
  for (let i = 0; i < 2; i++) ask(0, gate(2, 60));
  expect(ask(3_601 + 1, gate(2, 60))).toBe(0);
  expect(ask(3_602 + 1, gate(2, 60))).toBe(0); // the second of two free ones again
});

test("a network's tries at a login are its own: five of one network bar no other", () => {
  const ask = desk();
  for (let i = 0; i < 5; i++) expect(ask(i / 10, from("a"))).toBe(0);
  expect(ask(0.5, from("a"))).toBe(1);
  expect(ask(0.5, from("b"))).toBe(0);
});

test("guesses from ever new networks are not admitted any more once the login is contested", () => {
  const ask = desk();
  const admitted = Array.from({ length: 600 }, (_, i) => ask(i / 4, from(`attacker ${i}`)) === 0);
  expect(admitted.filter(Boolean).length).toBeLessThan(25); // 20, and those that halving gives back
});

test.each([
  ["comes back as told", [0, 10], [10, 0]],
  ["comes back early", [0, 5, 9.5, 10], [10, 5, 1, 0]],
  ["mistypes once, then waits again", [0, 10, 11, 20], [10, 0, 9, 0]],
  ["tries on while waiting", [0, 2.5, 3, 4, 5.5, 6, 7, 7.5, 8.5, 9, 10], [10, 8, 7, 6, 5, 4, 3, 3, 2, 1, 0]],
])("an owner in a clean network who %s gets in while the guessing goes on", (_, seconds, answers) => {
  const ask = desk();
  const told: number[] = [];
  for (let tick = -600; tick <= 100; tick++) {
    ask(150 + tick / 4, from(`attacker ${tick}`));
    for (const second of seconds) if (second > (tick - 1) / 4 && second <= tick / 4) told.push(ask(150 + second, from("home")));
  }
  expect(told).toEqual(answers);
});

test("however many networks an attacker comes back from, another network waits a quarter of an hour at most", () => {
  const ask = desk();
  for (let network = 0; network < 3_000; network++) {
    const at = network / 10;
    const wait = ask(at, from(`n${network}`));
    if (wait > 0) ask(at + wait, from(`n${network}`));
  }
  const wait = ask(2_000, from("home"));
  expect(wait).toBeGreaterThan(10);
  expect(wait).toBeLessThanOrEqual(900);
  expect(ask(2_000 + wait, from("home"))).toBe(0);
});

test("one network that comes back for ever gets fewer than 5 tries an hour while the login is contested", () => {
  const ask = desk();
  for (let i = 0; i < 20; i++) ask(0, from(`a${i}`));
  let tries = 0;
  for (let now = 0; now < 86_400; now += 5) if (ask(now, from("patient")) === 0) tries += 1;
  expect(tries).toBeLessThan(24 * 5);
});

test("a pressure halves each hour: a contested login is calm again", () => {
  const ask = desk();
  for (let i = 0; i < 25; i++) ask(0, from(`a${i}`));
  expect(ask(0, from("home"))).toBe(10);
  expect(ask(3_600, from("elsewhere"))).toBe(0);
});

test("every count is forgotten at last", () => {
  const now = new Date(start);
  const count = { failures: 1e6, lastAt: now, openAt: new Date(start + 900_000) };
  for (const one of [...gate(1, 900), ...from("a")])
    expect(forgottenAt(one, count).getTime() - start).toBeLessThanOrEqual(13 * 3_600_000);
});
