import { type Report, seconds, step } from "@/cli/progress";
import type { Runtime } from "@/infra/runtime";
import { advance } from "@/projections/advance";
import type { LogReader } from "@/projections/log-reader";
import { namesIn } from "@/projections/rebuild-beside/named";
import { seeThrough } from "@/projections/rebuild-beside/rebuild-beside";
import { goingOn, type Rebuild, stopRebuild } from "@/projections/rebuild-beside/state";

/** Carries out what is asked for, or follows the process that does, and shows it. The exit code; 130: left by Ctrl-C, to go on later. */
export async function followRebuild(bank: Runtime, reader: LogReader, askedBy: string): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.on("SIGINT", onSignal);
  try {
    const end = await step(`rebuilding ${reader.name}`, (report) =>
      seeThrough(bank, reader, { signal: interrupt.signal, onProgress: (rebuild) => show(rebuild, report) }),
    );
    if (interrupt.signal.aborted && goingOn.includes(end.status)) {
      await stopRebuild(bank.pools.projector, reader.name, askedBy);
      console.log(`Left at ${counted(end.done)} of ${counted(end.target)} events. Ask again to go on, or --cancel it.`);
      return 130;
    }
    if (end.status === "swapped" || end.status === "rolled_back") await toTheHead(bank, reader);
    console.log(told(end, await namesIn(bank.pool, [end])));
    return end.status === "swapped" || end.status === "rolled_back" ? 0 : 1;
  } finally {
    process.off("SIGINT", onSignal);
  }
}

/** Where no bank runs, nobody else feeds what was swapped in. */
async function toTheHead(bank: Runtime, reader: LogReader): Promise<void> {
  while ((await advance(bank, reader)).kind === "applied");
}

function show({ status, done, target, eventsPerSecond, eventsPerSecondMax, fault, msLeft }: Rebuild, report: Report): void {
  const rate = eventsPerSecond === null ? "" : `${counted(Math.round(eventsPerSecond))} events/s`;
  const brake = eventsPerSecondMax === null ? "" : ` of at most ${counted(eventsPerSecondMax)}`;
  const left = msLeft === null ? "" : `, ${seconds(msLeft)} left`;
  report(Number(done), Number(target), [status, rate && `${rate}${brake}${left}`, fault].filter(Boolean).join(" · "));
}

function told(rebuild: Rebuild, nameOf: (id: string) => string): string {
  const { projection, status, done, compared: rows, differences, firstDifference, fault, keptPosition, endedBy } = rebuild;
  const first = firstDifference === null ? "" : `, first: ${firstDifference}`;
  const compared =
    differences === null
      ? "not compared"
      : differences === 0n
        ? `all ${counted(rows ?? 0n)} rows as before`
        : `${counted(differences)} of ${counted(rows ?? 0n)} rows differ${first}`;
  switch (status) {
    case "swapped":
      return `${projection} stands on ${counted(done)} events, made anew; ${compared}. The one before is kept at ${counted(keptPosition ?? 0n)} (--roll-back).`;
    case "rolled_back":
      return `${projection} is the one before again, on ${counted(done)} events. The other is kept at ${counted(keptPosition ?? 0n)}.`;
    case "differs":
      return `Not swapped: ${compared}. The same fold came to other rows, so one of both was changed by something else.\nLook, then ask again with --accept, or --cancel it.`;
    default:
      return `The rebuild of ${projection} is ${status}${endedBy === null ? "" : ` by ${nameOf(endedBy)}`}${fault === null ? "" : `: ${fault}`}.`;
  }
}

const counted = (n: number | bigint): string => n.toLocaleString("en");
