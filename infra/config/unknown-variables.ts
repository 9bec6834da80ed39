import { namesOfEnv } from "./env";
import { namesOfSecrets } from "./secrets";

const ownOfTools = ["DAYBOOK_BUILD", "DAYBOOK_DIST", "DAYBOOK_LAUNCHED", "DAYBOOK_TRACE"];
const ofTests = /^DAYBOOK_(TEST|REQUIRE)_/;
const distanceMax = 4;

/** A sentence for every DAYBOOK_ variable that nothing reads: it was meant for something, and has no effect. */
export function unknownVariables(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = [...namesOfEnv, ...namesOfSecrets, ...ownOfTools];
  return Object.keys(variables)
    .filter((name) => name.startsWith("DAYBOOK_") && !known.includes(name) && !ofTests.test(name))
    .map((name) => {
      const near = known
        .map((one) => ({ one, distance: distance(one, name) }))
        .filter((candidate) => candidate.distance <= distanceMax)
        .sort((a, b) => a.distance - b.distance)[0];
      return `${name} is no variable of Daybook and has no effect${near ? `: did you mean ${near.one}?` : "."}`;
    });
}

/** Signs to change, add or drop (Levenshtein). Of names this short, every way is tried. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
