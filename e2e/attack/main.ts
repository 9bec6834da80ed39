import { parseArgs } from "node:util";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { step } from "@/cli/progress";
import { startDemoBank } from "@/cli/testing/demo-bank";
import { claimFolder, clearAbandoned, removeRun } from "@/infra/testing/test-server";
import { accessOfActions } from "./access-of-actions";
import { accessOfPages } from "./access-of-pages";
import { type AttackedBank, openAttackedBank } from "./attacked-bank";
import { combiningMarks } from "./combining-marks";
import { commandIds } from "./command-ids";
import { crossOrigin } from "./cross-origin";
import { forgedBodies } from "./forged-bodies";
import { hostileTexts } from "./hostile-texts";
import { machineTokens } from "./machine-tokens";
import { moneyRaces } from "./money-races";
import { oddAddresses } from "./odd-addresses";
import { oversizedBodies } from "./oversized-bodies";
import { attack, type Finding, type Part } from "./part";
import { heading, type PartReport, table, tallyOf } from "./report";
import { sessions } from "./sessions";
import { slowSenders } from "./slow-senders";
import { sqlmap } from "./tools/sqlmap";
import { wapiti } from "./tools/wapiti";

const usage = `
Usage: npm run attack [-- [--only <word>,…] [--with-tools]]

Starts a demo bank of its own on 127.0.0.1 and attacks it over HTTP, bounded in count and time. Needs no running Daybook and disturbs none.
Prints what held and what fell, with the smallest repeat; exits with 1 if anything fell.

  --only <word>,…  only parts whose name holds one of the words
  --with-tools     sqlmap and wapiti too, where they are on the PATH (Debian: apt-get install sqlmap wapiti): some minutes more
`;

const parts: readonly Part[] = [
  slowSenders,
  accessOfPages,
  accessOfActions,
  crossOrigin,
  machineTokens,
  forgedBodies,
  commandIds,
  combiningMarks,
  oddAddresses,
  oversizedBodies,
  hostileTexts,
  sessions,
  moneyRaces,
];
/** By hand only: what they try grows with their versions. */
const tools: readonly Part[] = [sqlmap, wapiti];
/** Against hanging only: a run takes a minute or two after the start, and each tool is bounded by itself. */
const runMsMax = 15 * 60_000;
const toolsMsMax = 60 * 60_000;

process.exitCode = await main();
process.exit();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: "" },
      "with-tools": { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage.trim());
    return 0;
  }
  const { only, "with-tools": withTools } = values;
  const all = withTools ? [...parts, ...tools] : parts;
  const wanted = all.filter(({ name }) => only.split(",").some((word) => name.includes(word)));
  const { signal, code } = stopSignals();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(runMsMax + (withTools ? toolsMsMax : 0))]);
  await clearAbandoned();
  const folder = claimFolder();
  try {
    const reports = await unlessStopped(limit, attackOwnBank(folder, wanted, limit));
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

async function attackOwnBank(folder: string, wanted: readonly Part[], signal: AbortSignal): Promise<readonly PartReport[]> {
  const demo = await startDemoBank({ folder, signal });
  try {
    const bank = await openAttackedBank(demo);
    const reports: PartReport[] = [];
    const report = (one: PartReport) => {
      reports.push(one);
      console.log(table(one));
    };
    console.log(heading());
    const begun: { name: string; end: () => Promise<PartReport["findings"]> }[] = [];
    for (const part of wanted) if ("begin" in part) begun.push({ name: part.name, end: await part.begin(bank) });
    for (const part of wanted) {
      signal.throwIfAborted();
      if ("run" in part) report({ part: part.name, findings: await step(part.name, () => part.run(bank, signal)) });
    }
    for (const { name, end } of begun) report({ part: name, findings: await step(name, end) });
    report({ part: "every answer of the run", findings: [...bank.every.findings(), ...logged(bank)] });
    await bank.close();
    return reports;
  } finally {
    await demo.stop();
  }
}

/** What the run left in the logs of the bank and of its database. */
function logged({ errorsLogged, brokenStatements }: AttackedBank): readonly Finding[] {
  const [own, sql] = [attack("the bank logged no error of its own"), attack("no statement was broken by what was sent")];
  own.expect(errorsLogged().length === 0, errorsLogged().slice(0, 3).join("\n      "));
  sql.expect(brokenStatements().length === 0, brokenStatements().slice(0, 3).join("\n      "));
  return [own.finding(), sql.finding()];
}
