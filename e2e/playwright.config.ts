import { defineConfig } from "@playwright/test";
import { testMsMax, waitMsMax } from "../infra/testing/patience";

const { E2E_BASE_URL, E2E_DATA, CHROMIUM_PATH } = process.env;
if (!E2E_BASE_URL) throw new Error("E2E_BASE_URL is not set: run the browser tests with `npm test`");

export default defineConfig({
  testDir: ".",
  outputDir: E2E_DATA ? `${E2E_DATA}/playwright` : "../.data/playwright",
  globalSetup: "./check-build.ts",
  workers: 1, // one book, two cores
  fullyParallel: false,
  retries: 0,
  timeout: testMsMax,
  expect: { timeout: waitMsMax / 3 },
  use: {
    baseURL: E2E_BASE_URL,
    locale: "en-GB",
    timezoneId: "America/New_York", // not the bank's zone: what is shown must not depend on the browser's
    screenshot: "only-on-failure",
    launchOptions: {
      ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
});
