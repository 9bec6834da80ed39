import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { RoleUrls } from "@/infra/postgres/roles/database-roles";
import { createRuntime } from "@/infra/runtime";
import { waitMsMax } from "@/infra/testing/patience";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { readCommandRows, readEventRows } from "@/soak/check/book-rows";
import { askAgain, checkVerify } from "@/soak/check/check-again";
import { checkCommands } from "@/soak/check/check-commands";
import { checkOrder } from "@/soak/check/check-order";
import { checkPast, checkViews } from "@/soak/check/check-past";
import { checkReadModels } from "@/soak/check/check-read-models";
import { type Model, modelOf, type Report } from "@/soak/check/model";
import { type History, isDefinite } from "@/soak/history";

const levelMsMax = waitMsMax; // against hanging alone

export type Checked = { events: number; commands: number; refused: number; sealed: number };

/** Holds what a run was told against what the book and its seals say now. Everything wrong goes to `report`. */
export async function checkRun(
  history: History,
  book: { ownerUrl: string; urls: RoleUrls; sealFile: string },
  report: Report,
): Promise<Checked> {
  const owner = new pg.Pool({ connectionString: book.ownerUrl, max: 2 });
  const bank = createRuntime({ urls: book.urls, keys: testSecrets });
  try {
    checkAllAnswered(history, report);
    await untilLevel(owner, report);
    await until("the whole log is sealed", () => isSealed(owner)).catch((error: Error) => report("I9", error.message));
    const model: Model = modelOf(await readEventRows(owner), report);
    const commands = await readCommandRows(owner);
    checkCommands(model, commands, history.attempts, report);
    checkOrder(history.attempts, report);
    checkPast(model, history.past, report);
    checkViews(model, history.views, report);
    await checkReadModels(owner, model, report);
    await askAgain(bank, book.ownerUrl, history.past, report);
    await checkVerify(bank, book, report);
    const { rows } = await owner.query<{ sealed: number }>("select coalesce(max(size), 0)::float8 as sealed from seals");
    const refused = commands.filter(({ done }) => !done).length;
    return { events: model.rows.length, commands: commands.length, refused, sealed: rows[0]?.sealed ?? 0 };
  } finally {
    await bank.close();
    await owner.end();
  }
}

/** Once all is well again, whoever asked long enough has a definite answer; owners are never told that their account is not there. */
function checkAllAnswered({ attempts }: History, report: Report): void {
  const open = new Map<string, boolean>();
  for (const { who, command, answer } of attempts) {
    const key = `${who.userId} ${command}`;
    open.set(key, (open.get(key) ?? true) && !isDefinite(answer) && answer?.kind !== "not_found" && answer?.kind !== "mismatch");
  }
  for (const [key, isOpen] of open) if (isOpen) report("I1", `${key} never got a definite answer`);
}

async function isSealed(db: pg.Pool): Promise<boolean> {
  const sql = "select coalesce((select max(position) from events), 0) <= coalesce((select max(size) from seals), 0) as sealed";
  return (await db.query<{ sealed: boolean }>(sql)).rows[0]?.sealed === true;
}

/** Readers recover by themselves: without a hand they come to the head. */
async function untilLevel(db: pg.Pool, report: Report): Promise<void> {
  const end = Date.now() + levelMsMax;
  for (;;) {
    const { rows } = await db.query<{ name: string; lag: number }>(
      `select name, (coalesce((select max(position) from events), 0) - position)::float8 as lag from projection_checkpoints
        where position < coalesce((select max(position) from events), 0)`,
    );
    if (rows.length === 0) return;
    if (Date.now() > end) {
      for (const { name, lag } of rows) report("I6", `${name} is still ${lag} events behind long after the last fault`);
      return;
    }
    await sleep(200);
  }
}
