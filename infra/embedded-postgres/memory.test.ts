import { expect, test } from "vitest";
import { memorySettings } from "./memory";

const GiB = 2 ** 30;
const walMax = "max_wal_size=4GB";

test("a quarter of the memory is PostgreSQL's own, and it counts on three", () => {
  expect(memorySettings(16 * GiB)).toEqual(["shared_buffers=4096MB", "effective_cache_size=12288MB", walMax]);
});

test("a small machine gives what PostgreSQL takes by itself, a large one no more than is of use", () => {
  expect(memorySettings(GiB / 4)).toEqual(["shared_buffers=128MB", "effective_cache_size=192MB", walMax]);
  expect(memorySettings(256 * GiB)).toEqual(["shared_buffers=8192MB", "effective_cache_size=196608MB", walMax]);
});

test("the machine's own memory is known", () => {
  expect(memorySettings()[0]).toMatch(/^shared_buffers=\d+MB$/);
});
