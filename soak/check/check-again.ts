import pg from "pg";
import type { Runtime } from "@/infra/runtime";
import { verifyBook } from "@/projections/verify/verify-book";
import { askPast } from "@/soak/ask-past";
import type { Report } from "@/soak/check/model";
import type { PastAnswer } from "@/soak/history";

/** I7 and I8: every answer about the past, asked again; then without any snapshot. An answer that was not final is asked for by its pin. */
export async function askAgain(bank: Runtime, ownerUrl: string, answers: readonly PastAnswer[], report: Report): Promise<void> {
  await compare(bank, answers, (what) => report("I7", what));
  await asSuperuser(ownerUrl, (client) => client.query("delete from snapshots"));
  const some = answers.filter((_, i) => i % Math.ceil(answers.length / 500) === 0); // without snapshots each folds its whole account
  await compare(bank, some, (what) => report("I8", `without snapshots: ${what}`));
}

async function compare(bank: Runtime, answers: readonly PastAnswer[], fault: (what: string) => void): Promise<void> {
  for (const first of answers) {
    const { who, accountId, t, final, pin } = first;
    if (!final && !pin) continue; // the log was empty: there was nothing to pin
    const again = await askPast(bank, { who, accountId, t, ...(!final && pin && { pin }) }).catch((error: unknown) =>
      String(error),
    );
    const [before, now] = [core(first), typeof again === "string" ? again : core(again)];
    if (before !== now) fault(`${accountId} as of ${t}: first ${before}, now ${now}`);
  }
}

const core = (answer: PastAnswer | null) => JSON.stringify([answer?.version, answer?.state]);

type SealedBook = { ownerUrl: string; sealFile: string };

/** verify passes, seals and their file included, and names the event of which one digit was changed behind the triggers (I9). */
export async function checkVerify(bank: Runtime, { ownerUrl, sealFile }: SealedBook, report: Report): Promise<void> {
  const verify = () => verifyBook(bank, () => {}, { sealFile });
  const verdict = await verify();
  if (!verdict.ok) return report("verify", verdict.fault);
  if (verdict.held.length > 0) return report("verify", `${verdict.held.length} accounts are held`);
  if (verdict.sealed === 0n) report("I9", "not one event was sealed");
  const name = await forge(ownerUrl, "+ 1");
  const forged = await verify();
  if (forged.ok || !forged.fault.includes(name))
    report("I9", `${name} was changed, and verify said ${JSON.stringify(forged.ok ? "sound" : forged.fault)}`);
  await forge(ownerUrl, "- 1");
  const mended = await verify();
  if (!mended.ok) report("I9", `put right again, verify still says ${mended.fault}`);
}

/** Changes the amount of the deposit in the middle of the log. */
async function forge(ownerUrl: string, change: "+ 1" | "- 1"): Promise<string> {
  return asSuperuser(ownerUrl, async (client) => {
    await client.query("set session_replication_role = replica"); // no trigger fires
    const { rows } = await client.query<{ name: string }>(
      `update events set data = jsonb_set(data, '{amount,minorUnits}', to_jsonb(((data -> 'amount' ->> 'minorUnits')::bigint ${change})::text))
        where position = (select position from events where type = 'MoneyDeposited' order by position offset (select count(*) / 2 from events where type = 'MoneyDeposited') limit 1)
        returning stream_id || '@' || version as name`,
    );
    return rows[0]?.name ?? "no deposit at all";
  });
}

async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
