import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testMsMax, waitMsMax } from "./infra/testing/patience";

// Vitest 5 prints failures with Map.groupBy, which Node 20 lacks: without it a failing test would hide behind a crash.
Map.groupBy ??= <K, V>(items: Iterable<V>, keyOf: (item: V, index: number) => K): Map<K, V[]> => {
  const groups = new Map<K, V[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const exclude = ["**/node_modules/**", ".next*/**", ".data/**", "e2e/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    testTimeout: testMsMax,
    hookTimeout: testMsMax,
    expect: { poll: { timeout: waitMsMax } },
    projects: [
      { extends: true, test: { name: "unit", include: ["**/*.test.ts"], exclude: [...exclude, "**/*.db.test.ts"] } },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: ["infra/testing/global-setup.ts"],
          env: { DAYBOOK_LOG_LEVEL: "silent" }, // failures are provoked here; assertions tell about them
          maxWorkers: 2,
        },
      },
    ],
  },
});
