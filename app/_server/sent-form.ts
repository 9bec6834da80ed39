import { unstable_rethrow } from "next/navigation";
import { errorKind } from "@/infra/commands/executor/error-kind";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { requestFacts } from "./request-facts";

/** Whether a script sends this request and shows the answer; without one, a whole page has to be made of it. */
export async function isScripted(): Promise<boolean> {
  return (await requestFacts()).headers.has("next-action");
}

/**
 * Runs an action; where the database fails it, `away` says so in words, and what was typed stays. Everything else that is unexpected throws.
 * The proxy answers while the database is known to be away: this is for what is on its way when it goes.
 */
export async function unlessAway<Answer>(work: () => Promise<Answer>, away: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    if (!(await isAway(error))) throw error;
    logger.warn({ err: error }, "a form met a database that does not answer");
    return away();
  }
}

async function isAway(error: unknown): Promise<boolean> {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    if (errorKind(cause) === "connection lost") return true;
  runtime().reach.doubt(); // the identity library hides what went wrong
  return !(await runtime().reach.answers());
}
