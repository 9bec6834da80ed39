import type { CommandRow } from "@/soak/check/book-rows";
import { lastWhere, type Model, type Report } from "@/soak/check/model";
import { type Ask, type Attempt, isDefinite, type Refusal } from "@/soak/history";

const types = { deposit: "MoneyDeposited", withdraw: "MoneyWithdrawn", close: "AccountClosed", open: "AccountOpened" } as const;
const commandTypes = { deposit: "DepositMoney", withdraw: "WithdrawMoney", close: "CloseAccount", open: "OpenAccount" } as const;

type Asked = { command: string; row: CommandRow | undefined; attempts: Attempt[] };

/** I1 and I2: what was acknowledged is in the book, once, as it was asked; the same id always ends the same; what was refused had to be. */
export function checkCommands(model: Model, rows: readonly CommandRow[], attempts: readonly Attempt[], report: Report): void {
  const asked = new Map<string, Asked>();
  for (const row of rows) asked.set(`${row.actor} ${row.command}`, { command: row.command, row, attempts: [] });
  for (const attempt of attempts) {
    const key = `${attempt.who.userId} ${attempt.command}`;
    const known = asked.get(key) ?? { command: attempt.command, row: undefined, attempts: [] };
    known.attempts.push(attempt);
    asked.set(key, known);
  }
  for (const one of asked.values()) checkOne(model, one, report);
  checkEffects(model, asked, report);
}

function checkOne(model: Model, { command, row, attempts }: Asked, report: Report): void {
  if (attempts.length === 0) report("I2", `${command} is in the book and nobody asked it`);
  const answers = new Set<string>();
  for (const { ask, answer } of attempts) {
    if (!answer) continue;
    const asStored = row !== undefined && sameAsStored(ask, row);
    if (isDefinite(answer)) {
      if (!row) report("I1", `${command} was answered ${answer.kind} and is not in the book`);
      else if (!asStored) report("I2", `${command} was answered ${answer.kind} for other input than the book has`);
      const { kind, position } = answer;
      answers.add(JSON.stringify([kind, position, kind === "done" ? answer.events : sorted(answer.refusal)]));
    }
    if (answer.kind === "mismatch" && asStored) report("I2", `${command} was called a mismatch with its own input`);
    if (answer.kind === "not_found" && row) report("I10", `${command} was not found for its asker and is in the book`);
  }
  if (answers.size > 1) report("I2", `${command} got different answers: ${[...answers].join(" / ")}`);
  const nothingLost = attempts.every(({ answer }) => answer !== null && !["checking", "mismatch"].includes(answer.kind));
  if (row && nothingLost && !attempts.some(({ answer }) => isDefinite(answer)))
    report(
      "I1",
      `${command} was refused every time (${attempts.map(({ answer }) => answer?.kind).join(", ")}) and is in the book`,
    );
  if (!row) return;
  const [first] = answers;
  const stored = JSON.stringify([
    row.done ? "done" : "refused",
    String(row.position),
    row.done ? row.events : sorted(row.refusal),
  ]);
  if (first !== undefined && first !== stored) report("I2", `${command} was answered ${first}; the book has ${stored}`);
  if (!row.done) checkRefusal(model, row, report);
}

function sameAsStored(ask: Ask, row: CommandRow): boolean {
  if (commandTypes[ask.kind] !== row.type) return false;
  if (ask.kind === "open") return true; // its account is allotted anew by every process that is asked
  return ask.accountId === row.account && ("minorUnits" in ask ? ask.minorUnits : null) === row.amount;
}

/** Every event has its command, every command all its events and no more; what they hold is what was asked. */
function checkEffects(model: Model, asked: ReadonlyMap<string, Asked>, report: Report): void {
  const caused = new Map<string, string[]>();
  for (const { actor, command, stream, version } of model.rows) {
    const key = `${actor} ${command}`;
    caused.set(key, [...(caused.get(key) ?? []), `${stream}@${version}`]);
  }
  for (const [key, names] of caused)
    if (!asked.get(key)?.row?.done) report("I2", `${names.join(", ")}: no command in the book did that`);
  for (const [key, { row, command, attempts }] of asked) {
    if (!row?.done) continue;
    const names = caused.get(key) ?? [];
    if (names.length !== 1 || names.join() !== row.events.join())
      report("I2", `${command} has the effects [${names.join(", ")}]; its row says [${row.events.join(", ")}]`);
    const event = model.byName.get(names[0] ?? "");
    const ask = attempts.find((attempt) => sameAsStored(attempt.ask, row))?.ask;
    if (!event || !ask) continue;
    if (event.type !== types[ask.kind] || ("minorUnits" in ask && String(event.amount) !== ask.minorUnits))
      report("I2", `${command} asked for ${JSON.stringify(ask)}; ${names[0]} is ${event.type} of ${event.amount}`);
    if (event.position !== row.position)
      report("I2", `${command} is said to stand at ${row.position}; ${names[0]} is at ${event.position}`);
  }
}

/** A refusal's facts must be those of its account at its position. */
function checkRefusal(model: Model, row: CommandRow, report: Report): void {
  const refusal = row.refusal as Refusal;
  const points = model.streams.get(row.account) ?? [];
  const point = lastWhere(points, ({ position }) => position <= row.position);
  const wrong = () =>
    report(
      "I2",
      `${row.command} was refused at ${row.position} by ${JSON.stringify(refusal)}; there the account was ${said(point)}`,
    );
  switch (refusal.code) {
    case "insufficient_funds":
      if (
        point?.status !== "open" ||
        String(point.balance) !== refusal.available?.minorUnits ||
        BigInt(row.amount ?? 0) <= point.balance
      )
        wrong();
      return;
    case "balance_not_zero":
      if (point?.status !== "open" || String(point.balance) !== refusal.balance?.minorUnits || point.balance === 0n) wrong();
      return;
    case "account_closed":
      if (point?.status !== "closed") wrong();
      return;
    default:
      report("I2", `${row.command} was refused as ${refusal.code}, which no client asked for`);
  }
}

const said = (point: { status: string; balance: bigint } | undefined) =>
  point ? `${point.status} with ${point.balance}` : "not open";

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  );
}
