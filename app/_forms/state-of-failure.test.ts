import { expect, test } from "vitest";
import { stateOfFailure, stateOfFound } from "./state-of-failure";

const sent = { typed: { amount: "12" }, commandId: "cmd_1" };

test("what is surely not booked says so, and what may be is looked for under the same id", () => {
  expect(stateOfFailure({ kind: "offline" }, sent)).toMatchObject({ ...sent, kind: "unsent", title: "You are offline" });
  expect(stateOfFailure({ kind: "told", words: { title: "A", text: "B." } }, sent)).toEqual({
    ...sent,
    kind: "unsent",
    title: "A",
    text: "B.",
  });
  for (const kind of ["lost", "foreign"] as const)
    expect(stateOfFailure({ kind }, sent)).toEqual({ ...sent, kind: "checking", why: kind });
  expect(stateOfFailure({ kind: "failed", reference: "r" }, sent)).toMatchObject({ kind: "checking", reference: "r" });
});

const checking = { ...sent, kind: "checking", why: "lost" } as const;

test("found refused, its id is spent; found absent, it can be sent again under the same id; not found out, it is said", () => {
  const refused = { kind: "refused", title: "Not enough money", text: "…" } as const;
  expect(stateOfFound(refused, checking, "cmd_2")).toEqual({ ...refused, typed: sent.typed, commandId: "cmd_2" });
  expect(stateOfFound({ kind: "absent" }, checking, "cmd_2")).toMatchObject({
    ...sent,
    kind: "unsent",
    title: "It was not booked",
  });
  expect(stateOfFound({ kind: "absent" }, { ...checking, reference: "r" }, "cmd_2")).toEqual({
    ...sent,
    kind: "failed",
    reference: "r",
  });
  expect(stateOfFound({ kind: "unknown" }, checking, "cmd_2")).toEqual({ ...sent, kind: "unknown", why: "lost" });
});
