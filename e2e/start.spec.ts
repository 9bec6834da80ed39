import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { freePort, isFree, type StartedBank, startBank, survivors } from "./started-bank";

// One data folder, started again and again: the first start makes database and book, the later ones find them.
test.describe.configure({ mode: "serial" });
test.setTimeout(900_000);

const dataDir = mkdtempSync(path.join(tmpdir(), "daybook-start-"));
const limit = { timeout: 240_000 };
const moments = Number(process.env.E2E_STOP_MOMENTS ?? 8);
const banks: StartedBank[] = [];
let port = 0;

function start(): StartedBank {
  const bank = startBank(dataDir, port);
  banks.push(bank);
  return bank;
}
const says = (bank: StartedBank, words: RegExp) => expect.poll(() => bank.said(), limit).toMatch(words);
const isUp = (bank: StartedBank) => says(bank, /Daybook is open at|Error|cannot|must/);
const nothingLeft = () => expect.poll(() => survivors(dataDir), limit).toEqual([]);
const webServer = () => JSON.parse(readFileSync(path.join(dataDir, "running.json"), "utf8")).server.pid as number;

async function health(bank: StartedBank): Promise<number> {
  return fetch(`${bank.origin}/api/health`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function stop(bank: StartedBank): Promise<number | null> {
  bank.child.kill("SIGTERM");
  return bank.ended;
}

test.beforeAll(async () => {
  port = await freePort();
});
test.afterAll(async () => {
  for (const { child } of banks) child.kill("SIGTERM");
  await nothingLeft();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a web server that is killed is started again, and it is said by what signal", async () => {
  const bank = start();
  await isUp(bank);
  expect(bank.said()).toContain(`Daybook is open at ${bank.origin}`);
  for (const [signal, words] of [
    ["SIGKILL", /has ended \(killed by SIGKILL\): starting it again/],
    ["SIGTERM", /has ended \(exit code 143\): starting it again/],
  ] as const) {
    const before = webServer();
    process.kill(before, signal);
    await says(bank, words);
    await expect.poll(webServer, limit).not.toBe(before);
    await expect.poll(() => health(bank), limit).toBe(200);
  }
  expect(await stop(bank)).toBe(143);
  await nothingLeft();
});

test("a second start on the folder says where the first one is", async () => {
  const first = start();
  await isUp(first);
  const second = start();
  expect(await second.ended).toBe(0);
  expect(second.said()).toContain(`Daybook already runs at ${first.origin}`);
  expect(await health(first)).toBe(200);
  await stop(first);
});

test("a start after kill -9 of the launcher finds its own port free and its database there", async () => {
  const first = start();
  await isUp(first);
  first.child.kill("SIGKILL");
  const second = start();
  await isUp(second);
  expect(second.said()).toContain(`Daybook is open at ${second.origin}`);
  await stop(second);
  await nothingLeft();
});

test("empty and garbled locks, and texts with other line ends, hinder no start", async () => {
  for (const name of ["start.lock", "running.lock", "server.lock"]) writeFileSync(path.join(dataDir, name), "");
  writeFileSync(path.join(dataDir, "running.json"), '{"main":{"pid":1');
  for (const name of ["work.lock", "postgres.lock"])
    writeFileSync(path.join(dataDir, "postgres", name), '{"pid":1,"started":"7"}');
  const texts = [
    "postgres/password",
    "database.json",
    ...readdirSync(path.join(dataDir, "secrets")).map((name) => `secrets/${name}`),
  ];
  for (const name of texts) {
    const file = path.join(dataDir, name);
    writeFileSync(file, `\uFEFF${readFileSync(file, "utf8").replaceAll("\n", "\r\n")}`);
  }
  const bank = start();
  await isUp(bank);
  expect(bank.said()).toContain(`Daybook is open at ${bank.origin}`);
  expect(bank.said()).not.toContain("waiting");
  await stop(bank);
});

test("a stop at any moment of a start leaves no process behind, and the port free", async () => {
  const began = performance.now();
  const whole = start();
  await isUp(whole);
  const wholeMs = performance.now() - began;
  await stop(whole);
  for (let moment = 1; moment <= moments; moment++) {
    const bank = start();
    const afterMs = Math.round((wholeMs * moment) / moments);
    await Promise.race([bank.ended, sleep(afterMs)]);
    await stop(bank);
    await expect.poll(() => survivors(dataDir), { ...limit, message: `stopped after ${afterMs} ms` }).toEqual([]);
    expect(await isFree(port), `the port, stopped after ${afterMs} ms`).toBe(true);
  }
});
