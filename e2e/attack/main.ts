import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { step } from "@/cli/progress";
import { startDemoBank } from "@/cli/testing/demo-bank";
import { claimFolder, clearAbandoned, removeRun } from "@/infra/testing/test-server";
import { accessOfActions } from "./access-of-actions";
import { accessOfPages } from "./access-of-pages";
import { openAttackedBank } from "./attacked-bank";
import { combiningMarks } from "./combining-marks";
import { crossOrigin } from "./cross-origin";
import { forgedBodies } from "./forged-bodies";
import { hostileTexts } from "./hostile-texts";
import { moneyRaces } from "./money-races";
import { oddAddresses } from "./odd-addresses";
import { oversizedBodies } from "./oversized-bodies";
import type { Part } from "./part";
import { heading, type PartReport, table, tallyOf } from "./report";
import { sessions } from "./sessions";

const usage = `
Usage: npm run attack [-- --only <word>,…]

Starts a demo bank of its own on 127.0.0.1 and attacks it over HTTP, bounded in count and time. Needs no running Daybook and disturbs none.
Prints what held and what fell, with the smallest repeat; exits with 1 if anything fell.

  --only <word>,…  only parts whose name holds one of the words
`;

const parts: readonly Part[] = [
  accessOfPages,
  accessOfActions,
  crossOrigin,
  forgedBodies,
  combiningMarks,
  oddAddresses,
  oversizedBodies,
  hostileTexts,
  sessions,
  moneyRaces,
];
/** Against hanging only: a run takes a minute or two after the start. */
const runMsMax = 15 * 60_000;

process.exitCode = await main();
process.exit();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string", default: "" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(usage.trim());
    return 0;
  }
  const { signal, code } = stopSignals();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(runMsMax)]);
  await clearAbandoned();
  const folder = claimFolder();
  try {
    const reports = await unlessStopped(limit, attackOwnBank(folder, values.only, limit));
    const { passed, failed } = tallyOf(reports);
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return code();
    throw error;
  } finally {
    await removeRun(folder);
  }
}

async function attackOwnBank(folder: string, only: string, signal: AbortSignal): Promise<readonly PartReport[]> {
  const demo = await startDemoBank({ folder, signal });
  try {
    const bank = await openAttackedBank(demo);
    const reports: PartReport[] = [];
    const report = (one: PartReport) => {
      reports.push(one);
      console.log(table(one));
    };
    console.log(heading());
    for (const { name, run } of parts.filter(({ name }) => only.split(",").some((word) => name.includes(word)))) {
      signal.throwIfAborted();
      report({ part: name, findings: await step(name, () => run(bank)) });
    }
    report({ part: "every answer of the run", findings: bank.every.findings() });
    if (tallyOf(reports).failed > 0) console.error(`\nThe server's last lines:\n${lastLines(demo.log)}`);
    await bank.close();
    return reports;
  } finally {
    await demo.stop();
  }
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").split("\n").slice(-30).join("\n");
}
