import { parseArgs } from "node:util";
import { findAccount } from "@/cli/find-account";
import { withDatabase } from "@/cli/launch/with-database";
import type { AccountId } from "@/domain/ids";
import { unreachable } from "@/domain/unreachable";
import { createPool } from "@/infra/postgres/connect";
import { acceptFinding, releaseAccount } from "@/infra/review/deal-with-finding";
import { type Finding, openFindings } from "@/infra/review/findings";
import { isUnreadableRow, type ReadRow } from "@/infra/rows/unreadable-row";

export const usage = `
Usage: npm run daybook -- review
       npm run daybook -- review accept <finding> --reason <why>
       npm run daybook -- review release <account number or id> --reason <why> [--although-unsound <the account again>]

Lists what sealer and verifier found wrong in the book. An account that is named takes no commands: it is under review.
Nothing from a faulty event on is sealed, of any account.

accept    names the finding in the book for ever, with your reason, and lets sealing go on behind it. The account stays closed.
          It holds for the event as it is now: should its row change again, that is a new finding.
release   lets the account take commands again. Its history is checked first. Where it is still faulty, every finding must have
          been accepted, and --although-unsound must name the account.

Both are written to the security log. What to look at first: docs/findings.md.
`;

type Values = { reason?: string | undefined; "although-unsound"?: string | undefined };

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { reason: { type: "string" }, "although-unsound": { type: "string" } },
    allowPositionals: true,
  });
  const [verb, what, ...rest] = positionals;
  const fits = verb === undefined || ((verb === "accept" || verb === "release") && what !== undefined && rest.length === 0);
  if (!fits || (verb !== undefined && !values.reason?.trim())) {
    console.error(usage.trim());
    return 2;
  }
  return withDatabase(async ({ ownerUrl }) => {
    const owner = createPool(ownerUrl, { max: 2, name: "daybook review" });
    try {
      if (verb === undefined || what === undefined) return list(await openFindings(owner));
      return await (verb === "accept" ? accept(owner, what, values) : release(owner, what, values));
    } finally {
      await owner.end();
    }
  });
}

type Owner = ReturnType<typeof createPool>;

function list(findings: readonly ReadRow<Finding>[]): number {
  if (findings.length === 0) console.log("Nothing was found wrong, or all of it is settled.");
  for (const finding of findings) {
    if (isUnreadableRow(finding)) {
      console.log(`${finding.id}  This row cannot be shown: its ${finding.column} holds what Daybook never writes.`);
      continue;
    }
    const { id, place, what, foundBy, foundAt, acceptedAt, acceptedReason, streamId } = finding;
    console.log(`${id}  ${place}: ${what}`);
    console.log(`   found by the ${foundBy} at ${foundAt.toISOString()}${streamId ? `; ${streamId} takes no commands` : ""}`);
    if (acceptedAt) console.log(`   accepted at ${acceptedAt.toISOString()}: ${acceptedReason}`);
  }
  return findings.length === 0 ? 0 : 1;
}

async function accept(owner: Owner, text: string, { reason = "" }: Values): Promise<number> {
  const outcome = /^\d{1,18}$/.test(text)
    ? await acceptFinding(owner, BigInt(text), reason.trim())
    : { kind: "unknown" as const };
  switch (outcome.kind) {
    case "accepted":
      console.log(`Accepted: ${outcome.finding.place}. Sealing goes on behind it, within seconds.`);
      if (outcome.finding.streamId) console.log(`${outcome.finding.streamId} stays closed until it is released.`);
      return 0;
    case "accepted_before":
      console.log(`It was accepted before, at ${outcome.finding.acceptedAt?.toISOString()}.`);
      return 0;
    case "closed":
      console.error(`It was settled at ${outcome.finding.closedAt?.toISOString()}: ${outcome.finding.closedReason}.`);
      return 1;
    case "unknown":
      console.error(`There is no finding ${text}: see npm run daybook -- review.`);
      return 1;
    default:
      return unreachable(outcome);
  }
}

async function release(owner: Owner, text: string, values: Values): Promise<number> {
  const accountId = await findAccount(owner, text);
  if (!accountId) {
    console.error(`There is no account ${text}.`);
    return 1;
  }
  const although = values["although-unsound"] === text;
  return told(accountId, await releaseAccount(owner, accountId, { reason: values.reason?.trim() ?? "", although }));
}

function told(accountId: AccountId, outcome: Awaited<ReturnType<typeof releaseAccount>>): number {
  switch (outcome.kind) {
    case "released":
      console.log(
        `${accountId} takes commands again${outcome.sound ? ": its history is sound" : ", although its history is not sound"}.`,
      );
      return 0;
    case "not_under_review":
      console.log(`${accountId} is not under review.`);
      return 0;
    case "not_accepted":
      console.error(
        "Nothing was released: these findings stand as they were found, and would close it again at once. Accept them first.",
      );
      for (const { id, place, what } of outcome.findings) console.error(`  ${id}  ${place}: ${what}`);
      return 1;
    case "unsound":
      console.error(`Nothing was released: ${outcome.fault}`);
      console.error("To release it all the same, name the account again: --although-unsound <account>");
      return 1;
    default:
      return unreachable(outcome);
  }
}
