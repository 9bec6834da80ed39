import { createRuntime } from "@/infra/runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { projections } from "../../registry";
import { rebuildBeside } from "../rebuild-beside";

// A Daybook process for tests that kill it: rebuilds a read model, and says how far it is.
// REBUILD_STANDS_AFTER: it folds so many chunks, stands still in the middle of the next, and says
// so. REBUILD_SILENCE_MS: after so long without a word from it, it loses its turn.

const { REBUILD_URLS: urls, REBUILD_NAME: name, REBUILD_STANDS_AFTER: standsAfter, REBUILD_SILENCE_MS: silenceMs } = process.env;
const reader = projections.find((one) => one.name === name);
if (!urls || !reader) throw new Error("REBUILD_URLS and REBUILD_NAME must be set");
const say = (words: string) => process.stdout.write(`${words}\n`);

let chunks = 0;
const runtime = createRuntime({ urls: JSON.parse(urls), keys: testSecrets });
const end = await rebuildBeside(
  runtime,
  {
    ...reader,
    async apply(client, events, keys) {
      await reader.apply(client, events, keys);
      chunks += 1;
      if (standsAfter === undefined || chunks <= Number(standsAfter)) return;
      say("stands");
      await new Promise(() => {});
    },
  },
  {
    eventsPerSecondMax: standsAfter === undefined ? null : 200, // small chunks: several, even where a hash gives all accounts to one worker
    ...(silenceMs !== undefined && { silenceMsMax: Number(silenceMs) }),
    onProgress: ({ done }) => say(`done ${done}`),
  },
);
say(`${end.status} ${end.differences}`);
await runtime.close();
