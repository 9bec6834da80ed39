import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createBoundedLead } from "./bounded-lead";

const size = 10;
const fast = { name: "fast" };
const slow = { name: "slow" };
const at = (position: bigint, behind = 1_000n) => ({ position, behind });

/** Readers that are heard of for as long as a test takes. */
function readers() {
  const lead = createBoundedLead({ heardMsMax: 600_000 });
  return (reader: { name: string; awaited?: true }, step: ReturnType<typeof at>, stopping?: AbortSignal) => {
    const said = { waits: true, ended: lead(reader, step, { size, ...(stopping && { stopping }) }) };
    void said.ended.then(() => {
      said.waits = false;
    });
    return said;
  };
}

/** After everything that goes on without a timer. */
async function waits(said: { waits: boolean }): Promise<boolean> {
  for (let i = 0; i < 5; i++) await turn();
  return said.waits;
}

test("a reader goes four pages ahead of a slower one, then waits until it has come nearer", async () => {
  const stepped = readers();
  await stepped(slow, at(10n)).ended;
  await stepped(fast, at(50n)).ended;
  const ahead = stepped(fast, at(60n));
  expect(await waits(ahead)).toBe(true);
  await stepped(slow, at(20n)).ended;
  await ahead.ended;
});

test("who has less than a page to go waits for nobody, and nobody waits for whom he cannot meet", async () => {
  const stepped = readers();
  await stepped(slow, at(10n)).ended;
  await stepped(fast, at(60n, 9n)).ended;
  await stepped(fast, at(91n)).ended;
});

test("one that is awaited waits for its like alone", async () => {
  const stepped = readers();
  const posted = { name: "posted", awaited: true } as const;
  await stepped(slow, at(10n)).ended;
  await stepped(posted, at(60n)).ended;
  await stepped({ name: "other", awaited: true }, at(10n)).ended;
  const ahead = stepped(posted, at(60n));
  expect(await waits(ahead)).toBe(true);
  await stepped({ name: "other", awaited: true }, at(20n)).ended;
  await ahead.ended;
});

test("nobody waits for a reader that is no longer heard of, or when all stops", async () => {
  const deaf = createBoundedLead({ heardMsMax: -1 });
  await deaf(slow, at(10n), { size });
  await deaf(fast, at(60n), { size });
  const stepped = readers();
  await stepped(slow, at(10n)).ended;
  const stopping = new AbortController();
  const ahead = stepped(fast, at(60n), stopping.signal);
  expect(await waits(ahead)).toBe(true);
  stopping.abort();
  await ahead.ended;
});
