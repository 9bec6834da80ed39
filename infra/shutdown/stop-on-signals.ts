import { setTimeout as sleep } from "node:timers/promises";
import { exitCodes } from "@/infra/processes/exit-codes";
import { watchRequests } from "@/infra/shutdown/in-flight";
import { beginShutdown } from "@/infra/shutdown/shutdown";

const answersMsMax = 2_000; // for requests in flight; everything together is to end within 5 s
const closeMsMax = 1_500;
const overtakenMs = 30_000; // a load balancer asks every 5 to 30 s

/**
 * On SIGTERM and SIGINT: take no new requests, end event streams and loops, answer what is in flight, run `close` (drain the
 * executor, close connections), exit. The launcher tells Next to leave signals to us (NEXT_MANUAL_SIG_HANDLE). The same when the launcher is
 * gone: it holds the other end of our standard input.
 *
 * Returns what a process calls that the book takes no more: it ends its work at once, goes on answering for `overtakenMs`, so that whoever
 * watches its health can send people elsewhere, and exits with the code that says not to start it again.
 */
export function stopOnSignals(close: () => Promise<void>): { stopOvertaken(): Promise<void> } {
  const requests = watchRequests();
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    requests.stopListening();
    const hooks = beginShutdown();
    await requests.idle(answersMsMax);
    // A command that is being written either is in the log or is not: leaving in the middle loses nothing acknowledged.
    const timer = setTimeout(() => process.exit(code), closeMsMax);
    await Promise.allSettled([hooks, close()]);
    clearTimeout(timer);
    process.exit(code);
  };
  process.on("SIGTERM", () => void stop(143));
  process.on("SIGINT", () => void stop(130));
  if (process.env.DAYBOOK_LAUNCHED) process.stdin.once("close", () => void stop(143)).resume();
  return {
    async stopOvertaken() {
      await beginShutdown();
      await requests.idle(answersMsMax);
      await Promise.race([close().catch(() => {}), sleep(closeMsMax)]);
      await sleep(overtakenMs);
      await stop(exitCodes.doNotRestart);
    },
  };
}
