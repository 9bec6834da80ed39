import { expect, test } from "vitest";
import { endBeforeAnswer } from "@/cli/launch/next-server";
import type { End } from "@/infra/processes/children";
import { keepServing } from "./keep-serving";

const patience = { endsMax: 4, soundAfterMs: 60_000, backOffMs: 1 };
const killed: End = { code: null, signal: "SIGKILL" };
const server = (...ends: End[]) => ends.map((end) => ({ ended: Promise.resolve(end) }));

async function serve(
  ends: readonly { ended: Promise<End> }[],
  change: Partial<typeof patience> = {},
  signal = new AbortController().signal,
) {
  const [first, ...later] = ends;
  const said: string[] = [];
  if (!first) throw new Error("no server");
  const restart = async () => {
    const next = later.shift();
    if (next) return next;
    throw Object.assign(new Error("It ended before it answered."), { end: { code: 1, signal: null } satisfies End });
  };
  const code = await keepServing(first, restart, {
    signal,
    tell: (message) => said.push(message),
    patience: { ...patience, ...change },
  });
  return { code, said, left: later.length };
}

test("a server that is killed is started again, and it is said by what signal", async () => {
  const { said } = await serve(server(killed, { code: 143, signal: null }));
  expect(said[0]).toBe("The web server has ended (killed by SIGKILL): starting it again.");
  expect(said[1]).toBe("The web server runs again.");
  expect(said[2]).toContain("exit code 143");
});

test("a server that keeps ending is given up in words, with a code that a supervisor sees", async () => {
  const { code, said } = await serve(server(killed));
  expect(code).toBe(1);
  expect(said.at(-1)).toMatch(/4 times in a row, the last time with exit code 1\. Daybook gives up/);
});

test("a server that served for long enough between its ends is never given up", async () => {
  const { left, code } = await serve(server(...Array.from({ length: 30 }, () => killed)), { soundAfterMs: 0 });
  expect(left).toBe(0);
  expect(code).toBe(1); // only once it cannot be started any more
});

test("a server that asks not to be started again is not, and its code is passed on", async () => {
  const { code, said, left } = await serve(server(killed, { code: 78, signal: null }, killed));
  expect(code).toBe(78);
  expect(left).toBe(1);
  expect(said.at(-1)).toContain("Daybook stops");
});

test("nothing is started again once a stop is under way", async () => {
  const stopped = new AbortController();
  stopped.abort();
  await expect(serve(server(killed, killed), {}, stopped.signal)).rejects.toThrow("aborted");
});

test("an error of another kind is no end of a server", () => {
  expect(endBeforeAnswer(new Error("no room"))).toBeUndefined();
});
