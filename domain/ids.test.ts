import { expect, test } from "vitest";
import { eventName, parseAccountId, parseCommandId, parseEventName, parsePartyId, parseUserId } from "./ids";

const body = "01jd0000000000000000000zvw";

test.each([
  ["acc", parseAccountId],
  ["pty", parsePartyId],
  ["usr", parseUserId],
  ["cmd", parseCommandId],
] as const)("%s ids are their prefix and 26 lower-case Crockford characters", (prefix, parse) => {
  expect(parse(`${prefix}_${body}`)).toBe(`${prefix}_${body}`);
  for (const wrong of [
    body,
    `xxx_${body}`,
    `${prefix}-${body}`,
    `${prefix}_${body}0`,
    `${prefix}_${body.slice(1)}`,
    `${prefix}_${body.toUpperCase()}`,
  ])
    expect(parse(wrong)).toBeUndefined();
  for (const letter of "ilou") expect(parse(`${prefix}_${body.slice(0, -1)}${letter}`)).toBeUndefined();
  expect(parse(`${prefix}_8${body.slice(1)}`)).toBeUndefined(); // more than 128 bits
});

test("an event is named by its stream and version, for ever", () => {
  const id = parseAccountId(`acc_${body}`);
  if (id === undefined) throw new Error("example");
  expect(parseEventName(eventName(id, 12))).toEqual({ accountId: id, version: 12 });
  for (const wrong of [id, `${id}@`, `${id}@0`, `${id}@01`, `${id}@1@2`, `${id}@-1`, "acc_1@1"])
    expect(parseEventName(wrong)).toBeUndefined();
});
