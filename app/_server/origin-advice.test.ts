import { expect, test } from "vitest";
import { createOriginAdvice } from "./origin-advice";

test("the address to set is said once a minute, with how many forms were refused since", () => {
  const lines: [object, string][] = [];
  let now = 0;
  const advise = createOriginAdvice(
    (facts, text) => lines.push([facts, text]),
    () => now,
  );
  const refused = { origin: "https://bank.example", expected: ["http://127.0.0.1:3000"] };
  for (let sent = 0; sent < 50; sent++) advise(refused);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.[1]).toContain("Set DAYBOOK_ORIGIN=https://bank.example");
  now = 60_000;
  advise(refused);
  expect(lines.map(([facts]) => facts)).toEqual([
    { ...refused, refusedSince: 1 },
    { ...refused, refusedSince: 50 },
  ]);
});
