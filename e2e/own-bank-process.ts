import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { openBook, openServer } from "@/cli/launch/open-database";
import { buildForTests } from "@/cli/testing/build-for-tests";
import { serveBuild } from "@/cli/testing/serve-build";
import { readEnv } from "@/infra/config/env";
import { claimFolder } from "@/infra/testing/test-server";

// A bank of a test's own, which may be harmed: database, book, and the built server. Says where it is as a line of JSON, and when its server has
// ended; takes orders as lines.

const settings = readEnv({ DAYBOOK_DATA: claimFolder(), DAYBOOK_DEMO: "off" });
const folder = settings.dataDir;
const build = await buildForTests();
const server = await openServer(settings);
const { urls, secrets, ownerUrl } = await openBook(server, settings);
const extra = { DAYBOOK_TEST_SERVER: "1", DAYBOOK_DEMO: "off" };
const { next, origin, log } = await serveBuild({ build, folder, urls, secrets, extra, signal: new AbortController().signal });

const say = (words: object) => process.stdout.write(`${JSON.stringify(words)}\n`);
say({ origin, ownerUrl, log });
void next.ended.then(({ code }) => say({ exited: code }));

createInterface({ input: process.stdin })
  .on("line", (order) => {
    if (order === "stop database") void server.stop().then(() => say({ stopped: "database" }));
    if (order === "stop server") void next.stop().then(() => say({ stopped: "server" }));
  })
  .on("close", () => {
    void next
      .stop()
      .then(() => server.stop())
      .then(() => rmSync(folder, { recursive: true, force: true }))
      .then(() => process.exit(0));
  });
