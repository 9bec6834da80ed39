import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AttackedBank, Role } from "../attacked-bank";
import { attack, type Finding, type Part } from "../part";
import { type Door, openDoor } from "./door";
import { onPath, runTool } from "./run-tool";

/** As whom it looks around, and where it begins. */
const visits: readonly { as: Role; from: readonly string[] }[] = [
  { as: "nobody", from: ["/sign-in", "/register", "/forgot-password", "/checking?command=x&form=%2F&since=0"] },
  { as: "holder", from: ["/accounts", "/settings", "/accounts/open"] },
  { as: "teller", from: ["/accounts", "/activity", "/accounts/open"] },
  { as: "operator", from: ["/operations", "/operations/account_balances/rebuild", "/api/seals"] },
];

/**
 * Left out: what asks a server of wapiti's on the internet (ssrf, xxe) or loads lists from there (nikto, wapp), what sqlmap does better
 * (blindsql), and what is seen at every answer of the run (cookieflags, http_headers).
 */
const modules = "backup,crlf,csp,exec,file,htaccess,methods,permanentxss,redirect,shellshock,sql,xss";

const bounds = { requestsMax: 6_000, crawlSecondsMax: 30, moduleSecondsMax: 15, msMax: 10 * 60_000 };

/** What it reports of a bank on http and this machine, and why that is right. */
const known: Readonly<Record<string, string>> = {};

type Vulnerability = { method: string; path: string; info: string; parameter: string | null };
type Report = { vulnerabilities: Readonly<Record<string, readonly Vulnerability[]>>; anomalies: Report["vulnerabilities"] };

/** wapiti, which finds pages and forms by itself and tries what it knows at each. */
export const wapiti: Part = {
  name: "wapiti",
  async run(bank, signal) {
    const program = onPath("wapiti");
    if (!program) return [{ attack: "wapiti", tries: 0, fell: [], skipped: "it is not on the PATH" }];
    const findings: Finding[] = [];
    for (const visit of visits) findings.push(await visited(bank, { program, signal, ...visit }));
    return findings;
  },
};

type Visit = (typeof visits)[number] & { program: string; signal: AbortSignal };

async function visited(bank: AttackedBank, { program, signal, as, from }: Visit): Promise<Finding> {
  const found = attack(`pages and forms that it finds as ${as}`);
  const door = await openDoor(bank, { role: as, requestsMax: bounds.requestsMax });
  const args = (folder: string) => [
    ...["-u", `${door.address}/`, ...from.flatMap((start) => ["-s", door.address + start])],
    ...["-m", modules, "-d", "3", "--max-links-per-page", "15", "--max-files-per-dir", "10", "--max-parameters", "15"],
    ...["--max-scan-time", String(bounds.crawlSecondsMax), "--max-attack-time", String(bounds.moduleSecondsMax), "-t", "30"],
    ...["--no-bugreport", "--flush-session", "--store-session", folder, "--store-config", folder, "-v", "1"],
    ...["-f", "json", "-o", path.join(folder, "report.json")],
  ];
  try {
    await runTool({ program, args, msMax: bounds.msMax, signal }, ({ said }, folder) => {
      const file = path.join(folder, "report.json");
      found.expect(existsSync(file), `it wrote no report: ${said.trim().split("\n").slice(-3).join(" ").slice(0, 300)}`);
      if (existsSync(file))
        for (const repeat of repeatsOf(JSON.parse(readFileSync(file, "utf8")) as Report)) found.expect(false, repeat);
    });
  } finally {
    await door.close();
  }
  found.expect(arrived(door), `no form of it arrived: ${JSON.stringify([...door.answers()])}`);
  return { ...found.finding(), tries: door.requests() };
}

/** Whether forms were taken and pages shown: else it found nothing because it reached nothing. */
const arrived = (door: Door) => (door.answers().get("GET 200") ?? 0) > 0 && (door.answers().get("POST 200") ?? 0) > 0;

function repeatsOf({ vulnerabilities, anomalies }: Report): string[] {
  return Object.entries({ ...vulnerabilities, ...anomalies })
    .filter(([kind]) => !(kind in known))
    .flatMap(([kind, all]) =>
      all.map(({ method, path: at, parameter, info }) => `${kind}: ${method} ${at} ${parameter ?? ""} ${info}`),
    );
}
