import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { step } from "@/cli/progress";
import { waitMsMax } from "@/infra/testing/patience";

/** What Playwright needs to start a browser, as environment. */
export type Browser = { readonly name: string; readonly env: Readonly<Record<string, string>> };

const installMsMax = 60_000;
const carried = { name: "@sparticuz/chromium", version: "153.0.0" };

/** Finds a Chromium, or installs one: the given one, Playwright's own, a download of it, the machine's, one carried by npm. */
export async function findBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return { name: given, env: { CHROMIUM_PATH: given } };
    throw new Error(`CHROMIUM_PATH names ${given}, where nothing is.`);
  }
  if (await playwrightsOwn()) return { name: "Playwright's Chromium", env: {} };
  const onMachine = machines();
  // A download that cannot work (no network) fails in seconds; the limit is for one that hangs.
  const installed = await step("Installing Playwright's Chromium", async () => installPlaywrights()).catch(() => false);
  if (installed) return { name: "Playwright's Chromium", env: {} };
  if (onMachine) return { name: onMachine, env: { CHROMIUM_PATH: onMachine } };
  return step("Installing a Chromium from npm", async () => installCarried());
}

async function playwrightsOwn(): Promise<boolean> {
  const { chromium } = await import("@playwright/test");
  return existsSync(chromium.executablePath()) && runs(chromium.executablePath());
}

async function installPlaywrights(): Promise<boolean> {
  const program = path.resolve("node_modules/@playwright/test/cli.js");
  spawnSync(process.execPath, [program, "install", "chromium"], {
    timeout: installMsMax,
    killSignal: "SIGKILL",
    stdio: "ignore",
  });
  if (await playwrightsOwn()) return true;
  throw new Error("Playwright's Chromium could not be installed.");
}

function machines(): string | undefined {
  const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
  const folders = (process.env.PATH ?? "").split(":");
  const onPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const applications = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  return [...onPath, ...applications].find((file) => existsSync(file) && runs(file));
}

/** Libraries of the system may be missing: a browser counts only if it starts. */
function runs(file: string, env: Readonly<Record<string, string>> = {}): boolean {
  return spawnSync(file, ["--version"], { timeout: waitMsMax, stdio: "ignore", env: { ...process.env, ...env } }).status === 0;
}

/** A Chromium for Linux x64 that brings its own libraries; unpacked once, kept in .cache. */
function installCarried(): Browser {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error(nothingFound);
  const home = path.resolve(".cache/chromium", carried.version);
  const unpacked = path.join(home, "unpacked");
  const file = path.join(unpacked, "chromium");
  const libraries = { LD_LIBRARY_PATH: path.join(unpacked, "al2023/lib") };
  if (!existsSync(file) || !runs(file, libraries)) {
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(path.join(home, "package.json"), '{ "private": true, "type": "module" }');
    const options = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", ["install", ...options, `${carried.name}@${carried.version}`], { cwd: home, stdio: "ignore" });
    const unpack = `process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x"; await (await import("${carried.name}")).default.executablePath();`;
    const env = { ...process.env, TMPDIR: unpacked };
    execFileSync(process.execPath, ["--input-type=module", "--eval", unpack], { cwd: home, env, stdio: "ignore" });
  }
  if (!readdirSync(unpacked).includes("chromium") || !runs(file, libraries)) throw new Error(nothingFound);
  return { name: `${carried.name} ${carried.version}`, env: { CHROMIUM_PATH: file, ...libraries, CHROMIUM_CARRIED: "1" } };
}

const nothingFound =
  "No Chromium was found, and none could be installed: install one (apt-get install chromium), or set CHROMIUM_PATH.";
