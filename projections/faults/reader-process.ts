import { createRuntime } from "@/infra/runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { logReaders } from "../registry";
import { startRunner } from "../runner";

// A Daybook process for tests that kill it: runs the readers, and stands still in the middle of each one's first step, saying its name.

const urls = process.env.READER_PROCESS_URLS;
if (!urls) throw new Error("READER_PROCESS_URLS is not set");

startRunner(
  createRuntime({ urls: JSON.parse(urls), keys: testSecrets }),
  logReaders.map((reader) => ({
    ...reader,
    async apply(client, events, keys) {
      await reader.apply(client, events, keys);
      process.stdout.write(`${reader.name}\n`);
      await new Promise(() => {});
    },
  })),
);
