// Works before anything is installed: needs nothing but Node itself. Everything else is in main.ts.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

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
  const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (installed()) return;
  if (process.platform === "win32") throw new Error("Daybook runs on Linux and macOS; on Windows start it inside WSL.");
  mkdirSync(".data", { recursive: true });
  await withInstallLock(async () => {
    if (installed()) return; // another start installed it meanwhile
    await npmCi();
    await setGitHooks();
    writeFileSync(stamp, wanted); // last: an interrupted installation is done again
  });
}

async function npmCi() {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const tty = process.stdout.isTTY;
  console.log("  Installing packages (npm ci; the first time takes a minute) …");
  const ticking = tty ? setInterval(() => process.stdout.write(`\r  … ${seconds()} `), 1000) : undefined;
  const options = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, said } = await run("npm", options);
  clearInterval(ticking);
  if (tty) process.stdout.write("\r\x1b[K");
  if (code !== 0) throw new Error(`npm ci failed:\n${said}`);
  console.log(`  Packages installed in ${seconds()}.`);
}

async function setGitHooks() {
  if (existsSync(".git")) await run("git", ["config", "core.hooksPath", ".githooks"]);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    const stop = (signal) => {
      child.kill("SIGTERM");
      process.exit(signal === "SIGINT" ? 130 : 143);
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    child.once("error", (error) => (command === "git" ? resolve({ code: 1, said: "" }) : reject(error)));
    child.once("close", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve({ code, said });
    });
  });
}

async function withInstallLock(work) {
  const lock = ".data/install.lock";
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isStale(lock)) rmSync(lock, { force: true });
    if (!told) console.log("  Another start is installing packages: waiting for it …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isStale(lock) {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (!pid) return Date.now() - statSync(lock).mtimeMs > 5_000;
    process.kill(pid, 0);
    return Date.now() - statSync(lock).mtimeMs > 15 * 60_000;
  } catch (error) {
    return error.code !== "EPERM";
  }
}
