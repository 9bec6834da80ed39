import { expect, test } from "vitest";
import { createLogTail } from "./log-tail";

const end = (position: bigint, byte: number) => ({ position, hash: Buffer.alloc(32, byte) });

test("own appends, each on the end known, are one era", () => {
  const tail = createLogTail();
  tail.found(end(5n, 1));
  const { era } = tail;
  tail.appended(end(7n, 2), true);
  tail.appended(null, true); // refusals only
  tail.found(end(7n, 2));
  expect(tail.era).toBe(era);
  expect(tail.end).toEqual(end(7n, 2));
});

test.each<[string, (tail: ReturnType<typeof createLogTail>) => void]>([
  ["an append that followed on somebody else's event", (tail) => tail.appended(end(9n, 3), false)],
  ["refusals that were decided after somebody else's event", (tail) => tail.appended(null, false)],
  ["a log found further than the last own event", (tail) => tail.found(end(6n, 4))],
  ["another event at the same position, as after a failover", (tail) => tail.found(end(5n, 9))],
  ["a log found empty", (tail) => tail.found(null)],
])("%s begins another era", (_, happens) => {
  const tail = createLogTail();
  tail.found(end(5n, 1));
  const { era } = tail;
  happens(tail);
  expect(tail.era).not.toBe(era);
});

test("after refusals on an unknown end, the end is not known", () => {
  const tail = createLogTail();
  tail.found(end(5n, 1));
  tail.appended(null, false);
  expect(tail.end).toBeNull();
});
