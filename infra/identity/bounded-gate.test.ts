import { expect, test } from "vitest";
import { createBoundedGate, GateFull } from "@/infra/identity/bounded-gate";

test("no more than four run at once, the next wait in order, and one too many is told so at once", async () => {
  const gate = createBoundedGate({ running: 4, waiting: 3 });
  const open: (() => void)[] = [];
  const begun: number[] = [];
  const tasks = Array.from({ length: 7 }, (_, i) =>
    gate.run(async () => {
      begun.push(i);
      await new Promise<void>((done) => open.push(done));
    }),
  );
  await expect(gate.run(async () => {})).rejects.toBeInstanceOf(GateFull);
  expect(begun).toEqual([0, 1, 2, 3]);
  for (let step = 0; step < 7; step++) {
    open[step]?.();
    await tasks[step];
    await Promise.resolve();
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a task that fails gives its place back", async () => {
  const gate = createBoundedGate({ running: 1, waiting: 0 });
  await expect(gate.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(gate.run(async () => "yes")).resolves.toBe("yes");
});
