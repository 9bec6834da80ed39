import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { NewerThanBuild } from "@/infra/checks/fault";
import { env } from "@/infra/config/env";
import { runtime } from "@/infra/runtime";
import { healthOf } from "@/projections/health";
import { recordVerification } from "@/projections/verify/last-verification";
import { type Verdict, verifyBook } from "@/projections/verify/verify-book";

export const usage = `
Usage: npm run daybook -- verify

Proves the log: positions 1 to n, versions 1 to n of every account, times that never go back, the hash chain of every account,
the seals over it (signatures, chain, roots, and the file outside the database), and that every event can have happened. Then the
commands against the events they caused and, refused ones too, against the seals, and the read models and snapshots against the fold of the log.
Exit code 1, and the first fault named, if anything is wrong. Exit code 3 where a newer Daybook wrote what this one cannot read. Accounts that a read model holds are named, and compared up to there. The bank may go on working meanwhile.
`;

const notVerified = 3;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  return withDatabase(async () => {
    const bank = runtime();
    try {
      const { sealFile } = env();
      const began = performance.now();
      const verdict = await step("verifying", (report) =>
        verifyBook(bank, (done, total) => report(Number(done), Number(total)), { sealFile }),
      );
      const { events, sealed, held } = verdict;
      if (!verdict.ok && verdict.found instanceof NewerThanBuild) {
        console.error(`NOT VERIFIED  ${verdict.fault}`);
        console.error(`Up to there nothing is wrong: ${counted(events)} events agree. Verify with the newer build.`);
        return notVerified;
      }
      const fault = verdict.ok ? null : verdict.fault;
      await recordVerification(bank.pools.sealer, {
        tookMs: performance.now() - began,
        sound: verdict.ok,
        fault,
        held: held.length,
        head: events,
        sealed,
      });
      if (!verdict.ok) {
        console.error(`FAULT  ${verdict.fault}`);
        return 1;
      }
      const { log } = await healthOf(bank);
      console.log(
        `Sound: ${counted(events)} events of ${counted(verdict.accounts)} accounts; commands and read models agree with the log${held.length > 0 ? ", as far as they go:" : "."}`,
      );
      for (const { reader, accountId, version } of held)
        console.log(`  HELD  ${reader} holds ${accountId} before event ${version}: its later events wait. See: retry --help`);
      console.log(sealNote(verdict, sealFile));
      console.log(commandNote(verdict.commands));
      console.log(
        log.protection === "triggers only"
          ? "Note: log protected by triggers only (the application works as the owner)."
          : "The log is protected by roles and triggers.",
      );
      return 0;
    } finally {
      await bank.close();
    }
  });
}

/** What the seals show, and no more. */
function sealNote({ events, sealed, filed }: Verdict, sealFile: string): string {
  const tail =
    events > sealed
      ? ` ${counted(events - sealed)} later ones are not sealed yet: nobody could tell if others had stood in their place, or after them.`
      : "";
  if (sealed === 0n) return `Nothing is sealed yet.${tail}`;
  const witness = filed
    ? `as ${sealFile} bears out.`
    : `by the database's own word. Note: no seal file: nothing outside the database bears witness (${sealFile} is missing or empty). Last events dropped together with their seals would not show.`;
  return `Sealed: the first ${counted(sealed)} events, ${witness}${tail}`;
}

/** Of a done command its event bears out the most; of a refused one nothing but its row, until it is sealed. */
function commandNote({ checked, sealed }: { checked: bigint; sealed: bigint }): string {
  const tail =
    checked > sealed
      ? ` ${counted(checked - sealed)} are not yet: the next event's seal will cover them. Until then nobody could tell if what was refused had been changed.`
      : "";
  return `Sealed with them: ${counted(sealed)} commands, done and refused, with all that their rows say.${tail}`;
}

const counted = (n: number | bigint): string => n.toLocaleString("en");
