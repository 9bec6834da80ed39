import { runtime as processRuntime, type Runtime } from "../runtime";
import type { CommandRequest } from "./executor/pending";
import type { Outcome } from "./outcome";

/**
 * Gives a command to the bank. `commandId` comes from whoever asks, made when the form was rendered: the same id and input have one
 * effect and get the same answer for ever. Whether the actor may act is decided on the account's own state, inside the executor.
 * Never rejects; an answer that got lost is "checking".
 */
export async function dispatch({
  runtime = processRuntime(),
  ...request
}: CommandRequest & { runtime?: Runtime }): Promise<Outcome> {
  return runtime.executor.submit(request);
}
