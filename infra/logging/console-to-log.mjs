// Loaded before the server (`node --import`): from its first word on, whatever the process writes is a line of the log. Next writes to the
// console, libraries warn, Node prints what nobody caught: none of them knows our format.

import { lineOfText, logLines, plainError } from "./log-lines.mjs";

const lines = logLines();
const [info, warn, error, fatal] = [30, 40, 50, 60];
const numbers = { fatal, error, warn, info, debug: 20, trace: 10, silent: 100 };
const least = numbers[process.env.DAYBOOK_LOG_LEVEL] ?? info;

for (const [stream, level] of [
  [process.stdout, info],
  [process.stderr, error],
]) {
  // Called once a console call: a dump of many lines stays one line of the log.
  stream.write = (chunk, encoding, done) => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    if (text.trim() !== "" && level >= least) lines.line(lineOfText(text, level));
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback) queueMicrotask(callback);
    return true;
  };
}
console.warn = (...words) => {
  if (warn >= least)
    lines.line(lineOfText(words.map((word) => (typeof word === "string" ? word : inspected(word))).join(" "), warn));
};

process.removeAllListeners("warning"); // Node's own listener writes past the stream
process.on("warning", (warning) => {
  if (warn >= least)
    lines.line({ level: warn, time: Date.now(), name: "daybook", from: "node", err: plainError(warning), msg: warning.name });
});

/** Without Next's own listener, which goes on, what nobody caught ends the process, as ever: the log says it first. */
process.on("uncaughtException", (thrown) => {
  if (process.listenerCount("uncaughtException") > 1) return;
  lines.line({
    level: fatal,
    time: Date.now(),
    name: "daybook",
    from: "node",
    err: plainError(thrown),
    msg: "uncaught: the process ends",
  });
  process.exit(1);
});

function inspected(word) {
  return word instanceof Error ? (word.stack ?? word.message) : JSON.stringify(word);
}
