import fc from "fast-check";
import { expect, test } from "vitest";
import { testRuntime } from "../testing/test-runtime";
import { arrayText } from "./array-text";

const { database } = await testRuntime();
const seed = Number(process.env.FC_SEED ?? Date.now() % 2_147_483_647);
console.info(`arrays as text: FC_SEED=${seed}`);

test("Postgres reads any texts as they were, with quotes, braces, commas, NULL as a word, and none", async () => {
  const texts = fc.array(
    fc.oneof(
      fc.constant(null),
      fc.constantFrom("", "NULL", "null", "{}", "a,b", '"', "\\", '\\"', " edge ", "\n", "給料 🍰", "'"),
      fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
    ),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(texts, async (written) => {
      const { rows } = await database.pool.query<{ read: unknown }>("select to_json($1::text[]) as read", [arrayText(written)]);
      expect(rows[0]?.read).toEqual(written);
    }),
    { seed, numRuns: 60 },
  );
});

test("whole numbers of any size arrive as such", async () => {
  const { rows } = await database.pool.query("select $1::numeric[]::text as numbers, $2::int[]::text as ints", [
    arrayText([10n ** 30n, -7n]),
    arrayText([1, -2]),
  ]);
  expect(rows).toEqual([{ numbers: "{1000000000000000000000000000000,-7}", ints: "{1,-2}" }]);
});
