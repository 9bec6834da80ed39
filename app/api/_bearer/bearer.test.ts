import { expect, test } from "vitest";
import { bears } from "./bearer";

const request = (authorization?: string) =>
  new Request("http://bank.example/", authorization ? { headers: { authorization } } : {});

test("only the very secret opens", () => {
  expect(bears(request("Bearer s3cret"), "s3cret")).toBe(true);
  for (const wrong of [undefined, "", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Basic s3cret", "s3cret", "bearer s3cret"]) {
    expect(bears(request(wrong), "s3cret"), String(wrong)).toBe(false);
  }
});

test("without a secret nobody gets in", () => {
  expect(bears(request("Bearer "), "")).toBe(false);
  expect(bears(request("Bearer x"), "")).toBe(false);
});
