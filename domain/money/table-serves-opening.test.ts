import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

// An account keeps its exponent for life, and a code may leave the table: whoever shows an account must not ask the table about it.
const mayAskTheTable = [
  "app/(bank)/accounts/open/action.ts",
  "app/(bank)/accounts/open/page.tsx",
  "domain/account/account.ts", // decides an opening
  "domain/money/currency.ts",
  "infra/demo/generate.ts", // opens
];

test("only what opens accounts asks the currency table", () => {
  const files = execFileSync("git", ["ls-files", "app", "cli", "domain", "infra", "projections"], { encoding: "utf8" })
    .split("\n")
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|testing\//.test(file));
  const asking = files.filter((file) =>
    /\b(exponentAtOpening|parseOfferedCurrency|currencies)\b/.test(asked(readFileSync(file, "utf8"))),
  );
  expect(asking.sort()).toEqual(mayAskTheTable);
});

/** Its imports, and what the table's own file exports: a prop called `currencies` asks nothing. */
function asked(source: string): string {
  return [...source.matchAll(/import [^;]*money\/currency";|export function \w+/g)].join("\n");
}
