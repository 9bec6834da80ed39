import { parseArgs } from "node:util";
import { withDatabase } from "@/cli/launch/with-database";
import { step } from "@/cli/progress";
import { runtime } from "@/infra/runtime";
import { healthOf } from "@/projections/health";
import { verifyBook } from "@/projections/verify/verify-book";

export const usage = `
Usage: npm run daybook -- verify

Proves the log: positions 1 to n, versions 1 to n of every account, times that never go back, the hash chain of every account,
and that every event can have happened. Then the commands against the events they caused, and the read models and snapshots
against the fold of the log.
Exit code 1, and the first fault named, if anything is wrong. The bank may go on working meanwhile.
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  return withDatabase(async () => {
    const bank = runtime();
    try {
      const verdict = await step("verifying", (report) => verifyBook(bank, (done, total) => report(Number(done), Number(total))));
      if (!verdict.ok) {
        console.error(`FAULT  ${verdict.fault}`);
        return 1;
      }
      const { log } = await healthOf(bank);
      console.log(
        `Sound: ${verdict.events.toLocaleString("en")} events of ${verdict.accounts.toLocaleString("en")} accounts; commands and read models agree with the log.`,
      );
      console.log(
        log.protection === "triggers only"
          ? "Note: log protected by triggers only (the application's role owns it)."
          : "The log is protected by role and triggers.",
      );
      return 0;
    } finally {
      await bank.close();
    }
  });
}
