import { parseArgs } from "node:util";
import { findRunning } from "@/cli/launch/running-elsewhere";
import { withDatabase } from "@/cli/launch/with-database";
import { env, rereadEnv } from "@/infra/config/env";
import { identity } from "@/infra/identity/identity";
import { addStaff, staffInput } from "@/infra/identity/staff";
import { runtime } from "@/infra/runtime";

export const usage = `
Usage: npm run daybook -- staff add <email> --role teller|auditor|operator

Makes a login for a member of staff and prints a link, valid once and for 24 hours, with which its owner chooses a password.
For a login that has this role already it prints a new link, and the one before is worthless. A login keeps its role for life.

  --role   teller    moves money for customers
           auditor   reads everything, changes nothing
           operator  sees operations alone
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { role: { type: "string" } }, allowPositionals: true });
  const [verb, email, ...rest] = positionals;
  if (verb !== "add" || rest.length > 0) {
    console.error(usage.trim());
    return 2;
  }
  const input = staffInput.safeParse({ email: email ?? "", role: values.role });
  if (!input.success) {
    console.error(
      `${input.error.issues.map(({ path, message }) => (path[0] === "role" ? "--role must be teller, auditor or operator." : message)).join("\n")}`,
    );
    return 2;
  }
  linkToWhatRuns();
  return withDatabase(async () => {
    const outcome = await addStaff(identity(), input.data);
    await runtime().close();
    if (outcome.kind === "other_role") {
      console.error(
        `${input.data.email} has a login as ${outcome.role} already, and a login keeps its role. Use another address.`,
      );
      return 1;
    }
    console.log(
      `${outcome.isNew ? "Made a login" : "There is a login"} for ${input.data.email} as ${input.data.role}. To choose a password, open once, by ${outcome.expiresAt.toISOString()}:\n\n  ${outcome.link}\n`,
    );
    return 0;
  });
}

/** Where no origin was set, the link leads to the server that runs from this data folder. */
function linkToWhatRuns(): void {
  const running = findRunning(env().dataDir);
  if (!running || process.env.DAYBOOK_ORIGIN) return;
  process.env.DAYBOOK_ORIGIN = running.address;
  rereadEnv();
}
