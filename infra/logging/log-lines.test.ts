import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { createLogLines, lineOfText, plainError } from "./log-lines.mjs";

const preload = path.resolve("infra/logging/console-to-log.mjs");

function book() {
  const written: string[] = [];
  let now = 0;
  const lines = createLogLines({ write: (line: string) => void written.push(line), now: () => now });
  const say = (msg: string, fields: object = {}) => lines.line({ level: 50, name: "daybook", msg, ...fields });
  const told = () => written.map((line) => JSON.parse(line) as { msg: string; more?: number; named?: string[] });
  return {
    lines,
    say,
    told,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("an error that repeats is written once, and its count when the minute is over", () => {
  const { lines, say, told, pass } = book();
  for (let i = 0; i < 313; i++)
    say("executor", { err: { type: "Error", message: `connect ECONNREFUSED 127.0.0.1:${5000 + i}` } });
  say("health", { err: { type: "Error", message: "connect ECONNREFUSED 127.0.0.1:5432" } });
  expect(told().map(({ msg }) => msg)).toEqual(["executor", "health"]);
  pass(60_000);
  lines.tellCounts();
  expect(told().slice(2)).toEqual([expect.objectContaining({ msg: "executor … 312 more in the last 60 s", more: 312 })]);
  pass(60_000);
  lines.tellCounts();
  say("executor", { err: { type: "Error", message: "connect ECONNREFUSED 127.0.0.1:1" } });
  expect(told()).toHaveLength(4); // after a quiet minute it is news again
});

test("an outage of three minutes with an error every 100 ms is a handful of lines", () => {
  const { lines, say, told, pass } = book();
  for (let ms = 0; ms < 180_000; ms += 100) {
    say(`step of ${["balances", "entries", "activity"][ms % 3]}`, { err: { type: "Error", message: "the database is gone" } });
    pass(100);
  }
  lines.end();
  expect(told().length).toBeLessThan(20);
  const more = told().reduce((sum, line) => sum + (line.more ?? 1), 0);
  expect(more).toBe(1_800); // every one is counted
});

test("what is counted keeps the references that people were shown", () => {
  const { lines, say, told } = book();
  const err = { type: "Error", message: "x" };
  for (const id of ["err_01aaaaaaaaaaaaaaaaaaaaaaaa", "err_01bbbbbbbbbbbbbbbbbbbbbbbb"])
    say("executor", { err, context: `failed as ${id}` });
  lines.end();
  expect(told()[1]).toMatchObject({ more: 1, named: ["err_01bbbbbbbbbbbbbbbbbbbbbbbb"] });
});

test("information is never counted: a line a command", () => {
  const { lines, told } = book();
  for (let i = 0; i < 3; i++) lines.write('{"level":30,"name":"daybook","msg":"command"}\n');
  expect(told()).toHaveLength(3);
});

test("a dump of many lines is one line, bounded, without colours, and without the values of a query", () => {
  const error = new Error(`Failed query: select 1\nparams: ada@example.org,secret`);
  const line = lineOfText(`\u001b[31m⨯ ${error.stack}\n  detail: 'Key (email)=(ada@example.org)',\n${"x\n".repeat(50_000)}`, 50);
  expect(JSON.stringify(line)).not.toMatch(/ada@|secret|u001b/);
  expect(JSON.stringify(line).length).toBeLessThan(12_000);
  expect(line.msg).toBe("⨯ Error: Failed query: select 1");
  expect(JSON.stringify(plainError(error))).not.toMatch(/ada@|secret/);
  expect(
    plainError(Object.assign(new AggregateError([new Error("refused"), new Error("timed out")]), { code: "ECONNREFUSED" })),
  ).toMatchObject({
    message: "refused; timed out",
    code: "ECONNREFUSED",
  });
});

test("a sender who hung up in the middle of a form is a warning: any stranger can make as many as he likes", () => {
  const text = "Error: aborted\n    at ignore-listed frames {\n  code: 'ECONNRESET'\n}";
  expect(lineOfText(text, 50)).toMatchObject({ level: 40, msg: "Error: aborted" });
  expect(lineOfText("Error: aborted by the database", 50).level).toBe(50);
});

const programs: [string, string, number][] = [
  [
    "a dump on the console",
    `console.error(new AggregateError([new Error("a"), new Error("b")], "gone"), { deep: { er: [1] } })`,
    0,
  ],
  [
    "a word on the console",
    `console.log("▲ Next.js\\n- Local: http://x"); console.info("b"); console.warn("c", new Error("d"))`,
    0,
  ],
  ["a library's warning", `process.emitWarning("sslmode will change\\nin the next version", "SecurityWarning")`, 0],
  ["an error that nobody caught", `setTimeout(() => { throw new TypeError("x is not a function\\n  of y") })`, 1],
  ["a promise that nobody waited for", `Promise.reject(new Error("left alone"))`, 1],
  ["a thrown text", `setTimeout(() => { throw "just words" })`, 1],
  [
    "bytes on both streams",
    `process.stdout.write(Buffer.from("half a line")); process.stderr.write("and\\nmore\\n", () => process.exit(0))`,
    0,
  ],
];

test.each(programs)("%s is lines of JSON on standard error, and nothing else anywhere", (_, code, status) => {
  const ran = spawnSync(process.execPath, ["--import", preload, "-e", code], { encoding: "utf8" });
  expect(ran.stdout).toBe("");
  expect(ran.status).toBe(status);
  const lines = ran.stderr.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ name: "daybook", level: expect.any(Number), msg: expect.any(String) });
});
