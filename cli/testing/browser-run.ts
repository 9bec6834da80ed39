import { readFileSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "@/cli/testing/browser";
import { startDemoBank } from "@/cli/testing/demo-bank";
import { startNetwork } from "@/cli/testing/network";
import { runProgram } from "@/cli/testing/run-program";
import { playwrightTally, type Tally } from "@/cli/testing/tally";

type Options = { patterns: readonly string[]; folder: string; signal: AbortSignal };

/** Runs Playwright against a Daybook of its own: own build, own folder, own book, own port. */
export async function runBrowserTests({ patterns, folder, signal }: Options): Promise<Tally> {
  const browser = await findBrowser();
  console.error(`  Browser: ${browser.name}`);
  const extra = { DAYBOOK_TEST_SERVER: "1", DAYBOOK_TEST_HOOKS: "on" };
  const { build, ownerUrl, secrets, origin, log, stop, network } = await startDemoBank({
    folder,
    signal,
    extra,
    by: startNetwork,
  });
  try {
    const report = path.join(folder, "playwright.json");
    const env = {
      ...browser.env,
      E2E_BASE_URL: origin,
      E2E_DATABASE_URL: ownerUrl, // to look behind the screen, and to spoil a row that a screen must notice
      E2E_NETWORK: network.control, // to take the database away from the server
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
    await stop();
  }
}
