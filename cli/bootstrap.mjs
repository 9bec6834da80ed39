// Works before anything is installed: needs nothing but Node itself. Everything else is in main.ts.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "../infra/processes/os-lock.mjs";

const nodeMin = [20, 9];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < nodeMin[0] || (major === nodeMin[0] && minor < nodeMin[1])) {
  console.error(`Daybook needs Node ${nodeMin.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";

try {
  await installWhatIsMissing();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// The loader is registered in this very process, so that signals reach the command itself and no parent has to pass them on.
await import("tsx");
const { main } = await import("./main.ts");
await main(process.argv.slice(2));

async function installWhatIsMissing() {
  const wanted = createHash("sha256")
    .update(readFileSync("package-lock.json"))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");
  const stamp = "node_modules/.daybook-installed";
  const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8").trim() === wanted;
  if (installed()) return;
  if (process.platform === "win32") throw new Error("Daybook runs on Linux and macOS; on Windows start it inside WSL.");
  mkdirSync(".data", { recursive: true });
  const tell = (holder) => console.log(`  Another start is installing packages (${holder}): waiting for it …`);
  await withLock(".data/install.lock", { waitMsMax: 15 * 60_000, tell }, async ({ fd }) => {
    if (installed()) return; // another start installed it meanwhile
    await npmCi(fd);
    await setGitHooks();
    writeFileSync(stamp, wanted, { flush: true }); // last: an interrupted installation is done again
  });
}

/** npm holds the lock, too: a start does not install over one whose parent was killed. */
async function npmCi(lock) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const tty = process.stdout.isTTY;
  console.log("  Installing packages (npm ci; the first time takes a minute) …");
  const ticking = tty ? setInterval(() => process.stdout.write(`\r  … ${seconds()} `), 1000) : undefined;
  const options = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, said } = await run("npm", options, lock);
  clearInterval(ticking);
  if (tty) process.stdout.write("\r\x1b[K");
  if (code !== 0) throw new Error(`npm ci failed:\n${said}`);
  console.log(`  Packages installed in ${seconds()}.`);
}

async function setGitHooks() {
  if (existsSync(".git")) await run("git", ["config", "core.hooksPath", ".githooks"]);
}

function run(command, args, lock) {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe", ...(lock === undefined ? [] : [lock])];
    const child = spawn(command, args, { stdio, detached: true });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
    const stop = (signal) => {
      process.kill(-child.pid, "SIGKILL"); // with all that it started
      process.exit(codes[signal]);
    };
    for (const name of Object.keys(codes)) process.on(name, stop);
    child.once("error", (error) => (command === "git" ? resolve({ code: 1, said: "" }) : reject(error)));
    child.once("close", (code) => {
      for (const name of Object.keys(codes)) process.off(name, stop);
      resolve({ code, said });
    });
  });
}
