import { runtime as processRuntime, type Runtime } from "../runtime";
import type { CommandRequest } from "./executor/pending";
import type { Outcome, Reviewed } from "./outcome";

type Request = Omit<CommandRequest, "review"> & { runtime?: Runtime };

/**
 * Gives a command to the bank. `commandId` comes from whoever asks, made when the form was rendered: the same id and input have one
 * effect and get the same answer for ever. Whether the actor may act is decided on the account's own state, inside the executor.
 * Never rejects; an answer that got lost is "checking".
 */
export async function dispatch({ runtime = processRuntime(), ...request }: Request): Promise<Outcome> {
  const outcome = await runtime.executor.submit(request);
  if (outcome.kind === "agreed") throw new Error("a command that was given came back as reviewed");
  return outcome;
}

/**
 * Asks what the bank would say, of the same rules and on the same state. A refusal is as definite as any: recorded, its id spent. Agreement
 * holds nothing: the bank decides when the command is given.
 */
export function review({ runtime = processRuntime(), ...request }: Request): Promise<Reviewed> {
  return runtime.executor.submit({ ...request, review: true });
}
