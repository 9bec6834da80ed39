import { readFileSync } from "node:fs";
import path from "node:path";
import { openBook, openServer } from "@/cli/launch/open-database";
import { seedBook } from "@/cli/launch/seed-book";
import { step } from "@/cli/progress";
import { findBrowser } from "@/cli/testing/browser";
import { buildForTests } from "@/cli/testing/build-for-tests";
import { runProgram } from "@/cli/testing/run-program";
import { serveBuild } from "@/cli/testing/serve-build";
import { playwrightTally, type Tally } from "@/cli/testing/tally";
import { readEnv } from "@/infra/config/env";

type Options = { patterns: readonly string[]; folder: string; signal: AbortSignal };

/** Runs Playwright against a Daybook of its own: own build, own folder, own book, own port. */
export async function runBrowserTests({ patterns, folder, signal }: Options): Promise<Tally> {
  const browser = await findBrowser();
  console.error(`  Browser: ${browser.name}`);
  const build = await buildForTests(signal);

  const settings = readEnv({ DAYBOOK_DATA: folder, DAYBOOK_DEMO: "on" });
  const server = await step("Starting a PostgreSQL for the browser tests", () => openServer(settings));
  try {
    const open = await openBook(server, settings);
    await seedBook(open, signal);
    const extra = { DAYBOOK_TEST_SERVER: "1", DAYBOOK_TEST_HOOKS: "on", DAYBOOK_DEMO: "on" };
    const { appUrl, secrets, ownerUrl } = open;
    const { next, origin, log } = await serveBuild({ build, folder, appUrl, secrets, extra, signal });
    try {
      const report = path.join(folder, "playwright.json");
      const env = {
        ...browser.env,
        E2E_BASE_URL: origin,
        E2E_DATABASE_URL: ownerUrl, // to look behind the screen, and to spoil a row that a screen must notice
        E2E_DATA: folder,
        E2E_BUILD: build,
        E2E_RUN_ROUTE_SECRET: secrets.runRoute,
        E2E_METRICS_SECRET: secrets.metrics,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      };
      const program = path.resolve("node_modules/@playwright/test/cli.js");
      const code = await runProgram(
        [program, "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json", ...patterns],
        { env, signal },
      );
      if (code !== 0) console.error(`\nThe server's last lines:\n${readFileSync(log, "utf8").split("\n").slice(-40).join("\n")}`);
      return playwrightTally(report, code);
    } finally {
      await next.stop();
    }
  } finally {
    await server.stop();
  }
}
