import { setTimeout as sleep } from "node:timers/promises";
import { endBeforeAnswer, type NextServer } from "@/cli/launch/next-server";
import { describeEnd, type End } from "@/infra/processes/children";
import { exitCodes } from "@/infra/processes/exit-codes";

/** How often in a row a server may end before it is given up; how long it must have served for its end to count as the first one again. */
export type Patience = { readonly endsMax: number; readonly soundAfterMs: number; readonly backOffMs: number };

const patient: Patience = { endsMax: 6, soundAfterMs: 60_000, backOffMs: 1_000 };

type Options = { signal: AbortSignal; tell: (message: string) => void; patience?: Patience };

/**
 * Starts the web server again when it ends by itself or is killed, ever more slowly. Resolves with the exit code of the whole once it is
 * given up; rejects when `signal` aborts.
 */
export async function keepServing(
  first: Pick<NextServer, "ended">,
  restart: () => Promise<Pick<NextServer, "ended">>,
  { signal, tell, patience = patient }: Options,
): Promise<number> {
  let server: Pick<NextServer, "ended"> | undefined = first;
  let end: End = { code: null, signal: null };
  for (let ends = 0; ; ) {
    if (server) {
      const began = Date.now();
      end = await server.ended;
      if (Date.now() - began >= patience.soundAfterMs) ends = 0;
    }
    signal.throwIfAborted();
    ends += 1;
    const how = describeEnd(end);
    if (end.code === exitCodes.doNotRestart) {
      tell(`The web server has ended (${how}), and another start would end the same way. Daybook stops.`);
      return exitCodes.doNotRestart;
    }
    if (ends >= patience.endsMax) {
      tell(
        `The web server has ended ${ends} times in a row, the last time with ${how}. Daybook gives up: its reason stands above.`,
      );
      return 1;
    }
    const waitMs = patience.backOffMs * 2 ** (ends - 1);
    tell(`The web server has ended (${how}): starting it again${waitMs < 1_000 ? "" : ` in ${waitMs / 1_000} s`}.`);
    await sleep(waitMs, undefined, { signal });
    server = await restart().catch((error: unknown) => {
      signal.throwIfAborted();
      end = endBeforeAnswer(error) ?? end;
      tell(error instanceof Error ? error.message : String(error));
      return undefined;
    });
    if (server) tell("The web server runs again.");
  }
}
