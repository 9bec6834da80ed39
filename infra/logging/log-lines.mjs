import { writeSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

// Plain JavaScript: it is loaded before the server, where no TypeScript is read yet.

const windowMs = 60_000;
const kindsMax = 200;
const textMax = 4_000;
const headMax = 500;
const namedMax = 20;
const warning = 40; // pino's number; from here on repeated lines are counted

/**
 * @typedef {{ level: number, name: string, msg: string, [field: string]: unknown }} Line
 * @typedef {{ line: Line, more: number, since: number, named: string[] }} Kind
 * @typedef {ReturnType<typeof createLogLines>} LogLines
 */

/**
 * Where every line of this process's log goes. A warning or error that repeats within a minute is counted, and the count told when the minute is
 * over: an outage makes tens of lines, not thousands.
 * @param {{ write: (line: string) => void, now?: () => number }} out
 */
export function createLogLines({ write, now = Date.now }) {
  /** @type {Map<string, Kind>} */
  const kinds = new Map();

  /** @param {Kind} kind */
  function tellCount({ line, more, since, named }) {
    if (more === 0) return;
    const seconds = Math.max(1, Math.round((now() - since) / 1_000));
    const { level, name, msg, from } = line;
    const told = {
      level,
      time: now(),
      name,
      from,
      msg: `${msg} … ${more} more in the last ${seconds} s`,
      more,
      ...(named.length > 0 && { named }),
    };
    write(`${JSON.stringify(told)}\n`);
  }

  function tellCounts() {
    for (const [key, kind] of kinds) {
      if (now() - kind.since < windowMs) continue;
      tellCount(kind);
      if (kind.more === 0) kinds.delete(key);
      else kinds.set(key, { ...kind, more: 0, since: now(), named: [] });
    }
  }

  return {
    /** @param {string} json a line as pino makes it, its end included */
    write(json) {
      if (json.startsWith('{"level":10') || json.startsWith('{"level":20') || json.startsWith('{"level":30')) write(json);
      else this.line(JSON.parse(json));
    },
    /** @param {Line} line */
    line(line) {
      if (line.level < warning) {
        write(`${JSON.stringify(line)}\n`);
        return;
      }
      tellCounts();
      const key = kindOf(line);
      const kind = kinds.get(key);
      if (kind) {
        kind.more += 1;
        const ids = referencesIn(line);
        if (kind.named.length < namedMax) kind.named.push(...ids);
        return;
      }
      if (kinds.size < kindsMax) kinds.set(key, { line, more: 0, since: now(), named: [] });
      write(`${JSON.stringify(line)}\n`);
    },
    tellCounts,
    /** Before the process ends: what was counted and not told yet. */
    end() {
      for (const kind of kinds.values()) tellCount(kind);
      kinds.clear();
    },
  };
}

/** What of a line is the same each time: digits, ids and hashes are not. @param {Line} line */
function kindOf({ level, msg, from, context, err }) {
  const { type, message, code } = /** @type {Record<string, unknown>} */ (err ?? {});
  return [level, from, msg, context, type, code, message]
    .map((part) => `${part ?? ""}`.replace(/[a-z]+_[0-9a-z]{20,}|[0-9a-f]{8,}|\d+/gi, "#"))
    .join("|");
}

/** References that were shown to people: whoever asks about one must find it. @param {Line} line */
function referencesIn({ context, msg }) {
  return `${context ?? ""} ${msg}`.match(/\berr_[0-9a-z]+/g) ?? [];
}

/**
 * A text as one line of the log: its first line is the message, the rest goes with it. Next tells of a sender who hung up as of an error; that
 * is a warning.
 * @param {string} text @param {number} level
 */
export function lineOfText(text, level) {
  const plain = withoutParameters(stripVTControlCharacters(text)).trim();
  const end = plain.indexOf("\n");
  const msg = (end < 0 ? plain : plain.slice(0, end)).slice(0, headMax);
  const rest = plain.slice(msg.length).trim().slice(0, textMax);
  const isHangUp = /^(⨯ )?Error: aborted$/.test(msg) && rest.includes("ECONNRESET");
  return {
    level: isHangUp ? Math.min(level, warning) : level,
    time: Date.now(),
    name: "daybook",
    from: "console",
    msg,
    ...(rest && { text: rest }),
  };
}

/** Errors of Drizzle and Postgres repeat values of rows: addresses, hashes, texts, which no log may hold. @param {string} text */
function withoutParameters(text) {
  return text.replace(/^\s*(params|detail|where|query|internalQuery|parameters): .*$/gm, "$1: not shown");
}

/** An error's kind, words and place, bounded. Not its other fields: Postgres puts rows into them. @param {unknown} error @param {number} depth @returns {object} */
export function plainError(error, depth = 0) {
  if (!(error instanceof Error)) return { type: typeof error, message: bounded(String(error), headMax) };
  const { code, errors, cause } = /** @type {{ code?: unknown, errors?: unknown, cause?: unknown }} */ (error);
  const parts = Array.isArray(errors) && errors.length > 0 ? errors : [];
  return {
    type: error.name,
    message: bounded(
      error.message || parts.map((part) => (part instanceof Error ? part.message : String(part))).join("; "),
      headMax,
    ),
    ...(typeof code === "string" && { code }),
    ...(depth === 0 && error.stack && { stack: bounded(error.stack, textMax) }),
    ...(cause !== undefined && depth < 3 && { cause: plainError(cause, depth + 1) }),
  };
}

/** @param {string} text @param {number} charactersMax */
function bounded(text, charactersMax) {
  const plain = withoutParameters(text);
  return plain.length > charactersMax ? `${plain.slice(0, charactersMax)}…` : plain;
}

/** On globalThis: the server loads a module up to three times in one process, and one count is kept for all. @returns {LogLines} */
export function logLines() {
  const holder = /** @type {{ [slot]?: LogLines }} */ (globalThis);
  if (!holder[slot]) {
    const lines = createLogLines({ write: toStandardError });
    holder[slot] = lines;
    setInterval(lines.tellCounts, windowMs / 4).unref();
    process.on("exit", lines.end);
  }
  return holder[slot];
}

const slot = Symbol.for("daybook.log-lines.1");

/** At once, so that the last line before a crash is there. A reader that is slow or gone must not end the bank. @param {string} line */
function toStandardError(line) {
  let bytes = Buffer.from(line);
  for (let tries = 0; bytes.length > 0 && tries < 100; tries++) {
    try {
      bytes = bytes.subarray(writeSync(2, bytes));
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
