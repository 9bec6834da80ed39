import { APIError } from "better-auth";
import { expect, test } from "vitest";
import { createBoundedGate } from "./bounded-gate";
import { isGateFull, isRefusedByAuth } from "./told-errors";

const thrownBy = (work: () => Promise<unknown>) => work().catch((error: unknown) => error);

test("what is told apart by name is named so", async () => {
  const full = await thrownBy(() => createBoundedGate({ running: 0, waiting: 0 }).run(async () => {}));
  expect([isGateFull(full), isRefusedByAuth(full)]).toEqual([true, false]);
  expect(isRefusedByAuth(new APIError("UNAUTHORIZED"))).toBe(true);
  expect(isRefusedByAuth(new APIError("INTERNAL_SERVER_ERROR"))).toBe(false);
});

test("an error of another bundle's copy of the class is known all the same", () => {
  const theirs = class APIError extends Error {
    override name = "APIError";
    statusCode = 401;
  };
  expect(isRefusedByAuth(new theirs())).toBe(true);
  const gateFull = class extends Error {
    override name = "GateFull";
  };
  expect(isGateFull(new gateFull())).toBe(true);
  expect([isGateFull(new Error("GateFull")), isRefusedByAuth(new Error("APIError"))]).toEqual([false, false]);
});
