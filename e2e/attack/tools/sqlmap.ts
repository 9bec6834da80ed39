import { writeFileSync } from "node:fs";
import path from "node:path";
import type { AttackedBank, Role } from "../attacked-bank";
import { plainForm } from "../form-bodies";
import { attack, type Finding, type Part } from "../part";
import { soundFields } from "../sound-fields";
import { addressOf } from "../visitor";
import { openDoor } from "./door";
import { onPath, runTool, type ToolRun } from "./run-tool";

/** An address whose parameters are tried, each by itself; where a `*` marks a place in the path, that place alone. */
type Target = { as: Role; path: string } | { as: Role; form: string; fields: string };

const targets = (account: string): readonly Target[] => [
  { as: "teller", path: "/accounts?q=ada&status=open&sort=balance&after=1" },
  { as: "teller", path: "/activity?q=rent&type=MoneyDeposited&amount=10&before=1" },
  { as: "teller", path: "/accounts/open?q=ada&after=1&holder=pty_1" },
  { as: "holder", path: `/accounts/${account}*` },
  { as: "holder", path: `/accounts/${account}?command=cmd_1&before=1&range=1y` },
  { as: "holder", path: `/accounts/${account}/timeline?event=1&before=1&type=MoneyDeposited` },
  { as: "holder", path: `/accounts/${account}/as-of?when=yesterday&t=2026-01-01T00:00:00.000Z&zone=UTC&pin=1` },
  { as: "holder", path: "/api/commands/cmd_01jw0ragm0e098qr68a33z4ra0*" },
  { as: "operator", path: "/operations?of=account_balances&asked=rebuild" },
  { as: "auditor", path: "/api/seals/consistency?from=1&to=2" },
  { as: "auditor", path: "/api/seals/inclusion?position=1&size=2" },
  { as: "nobody", path: "/sign-in?returnTo=/accounts&after=1" },
  { as: "nobody", path: "/reset-password/nosuchtoken000000000000000000000*" },
  { as: "nobody", form: "signInAction", fields: "email,password,returnTo" },
  { as: "nobody", form: "requestLinkAction", fields: "email" },
  { as: "holder", form: "deposit", fields: "accountId,commandId,amount,description" },
  { as: "holder", form: "nameAccount", fields: "accountId,nickname" },
  { as: "operator", form: "operate", fields: "name,wish,workers,pace" },
];

const bounds = { requestsMax: 3_000, msMax: 3 * 60_000 };
const common =
  "--batch --ignore-stdin --disable-coloring --flush-session --skip-waf --ignore-redirects --ignore-code=* --drop-set-cookie " +
  "--dbms=PostgreSQL --technique=BEUST --time-sec=2 --timeout=30 --retries=0";

/** sqlmap at every parameter that a page reads. */
export const sqlmap: Part = {
  name: "sqlmap",
  async run(bank, signal) {
    const program = onPath("sqlmap");
    if (!program) return [{ attack: "sqlmap", tries: 0, fell: [], skipped: "it is not on the PATH" }];
    const findings: Finding[] = [];
    for (const target of targets(bank.account)) findings.push(await tried(bank, { program, target, signal }));
    return findings;
  },
};

async function tried(bank: AttackedBank, { program, target, signal }: { program: string; target: Target; signal: AbortSignal }) {
  const name = "path" in target ? target.path : `the form of ${target.form}: ${target.fields}`;
  const found = attack(`${name.replace(bank.account, "acc_…")} as ${target.as}`);
  const door = await openDoor(bank, { role: target.as, requestsMax: bounds.requestsMax });
  const args = (folder: string) => [
    ...common.split(" "),
    `--output-dir=${folder}`,
    ...aimed(bank, target, { at: door.address, folder }),
  ];
  try {
    await runTool({ program, args, msMax: bounds.msMax, signal }, (run) => {
      const words = judged(run);
      found.expect(words === undefined, `${words}`);
    });
  } finally {
    await door.close();
  }
  return { ...found.finding(), tries: door.requests() };
}

function aimed(bank: AttackedBank, target: Target, { at, folder }: { at: string; folder: string }): readonly string[] {
  if ("path" in target) return ["-u", at + target.path];
  const action = bank.action(target.form);
  const { body, type } = plainForm(action, Object.entries(soundFields(action, bank.account)));
  const head = [`POST ${addressOf(action, bank.account)} HTTP/1.1`, `Host: ${new URL(at).host}`, `Content-Type: ${type}`];
  const file = path.join(folder, "request.txt");
  writeFileSync(file, `${head.join("\r\n")}\r\n\r\n${body}`);
  return ["-r", file, "-p", target.fields];
}

/** What it found, or that it tried nothing; undefined where it says itself that it found nothing. */
function judged({ said, isStopped }: ToolRun): string | undefined {
  const [, points] = /identified the following injection point.*\n---\n([\s\S]*?)\n---/.exec(said) ?? [];
  if (points) return points.split("\n").join(" ").slice(0, 600);
  if (isStopped) return `not done within ${bounds.msMax / 60_000} min`;
  if (said.includes("all tested parameters do not appear to be injectable")) return undefined;
  return `it tried nothing: ${said.trim().split("\n").slice(-4).join(" ").slice(0, 400)}`;
}
