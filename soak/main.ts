import { parseArgs } from "node:util";
import { soak, type Verdict } from "@/soak/soak";

const usage = `
Usage: npm run soak -- [--minutes N] [--seed S] [--processes n] [--clients n]

A bank under load while its processes, its network and its database are killed, cut, frozen and their clocks stepped; then everything that
it said is held against the book by a small model of its own. It lasts as long as was asked, and on until enough was done to say anything.
Exit code 1 on any violation; 2 where too little was done all the same: such a run is inconclusive. What was asked and answered is kept in
.data/soak/<seed>/. The seed decides what is asked and what goes wrong when; how the two meet is up to the machine.
`;

const exitCodes: Readonly<Record<Verdict, number>> = { held: 0, violated: 1, inconclusive: 2 };

const options = {
  minutes: { type: "string", default: "1" },
  seed: { type: "string", default: String(Date.now() % 1_000_000) },
  processes: { type: "string", default: "3" },
  clients: { type: "string", default: "16" },
  help: { type: "boolean" },
} as const;

const { values } = parseArgs({ options });
if (values.help) console.log(usage.trim());
else {
  const [minutes, seed, processes, clients] = [values.minutes, values.seed, values.processes, values.clients].map(Number);
  if (![minutes, seed, processes, clients].every((n) => n !== undefined && n > 0)) throw new Error(usage);
  const verdict = await soak({ minutes: minutes ?? 1, seed: seed ?? 1, processes: processes ?? 3, clients: clients ?? 16 });
  process.exit(exitCodes[verdict]);
}
