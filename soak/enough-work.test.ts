import { expect, test } from "vitest";
import { type CommandAnswer, emptyHistory } from "@/soak/history";
import { tooLittle, workOf } from "./enough-work";

test("a run in which nothing was done says what it lacks", () => {
  expect(tooLittle(workOf({ history: emptyHistory() }))).toEqual([
    "0 commands done, of at least 200",
    "0 answers about the past, of at least 40",
    "0 faults, of at least 8",
  ]);
});

test("a command that was answered twice was done once", () => {
  const done: CommandAnswer = { kind: "done", position: "1", events: [], recordedAt: "2026-01-01T00:00:00Z", replayed: false };
  const attempt = {
    command: "cmd_1",
    who: { userId: "u", partyId: "p" },
    ask: { kind: "open" },
    process: 1,
    askedMs: 0,
  } as const;
  const attempts = [done, done, null].map((answer) => ({ ...attempt, answeredMs: 0, answer }));
  expect(workOf({ history: { ...emptyHistory(), attempts } })["commands done"]).toBe(1);
});

test("a run that did enough lacks nothing", () => {
  expect(tooLittle({ "commands done": 200, "answers about the past": 40, faults: 8 })).toEqual([]);
});
