import type { OpenBook, Server } from "@/cli/launch/open-database";
import type { Addresses } from "@/infra/config/addresses";

type Opened = { addresses: Addresses; open: OpenBook; server: Server };

/** What is printed once people can come in. */
export async function welcome({ addresses, open, server }: Opened): Promise<string> {
  const lines = ["", ...whereItIs(addresses), ""];
  if (open.book.demo) lines.push(...(await demoSignIns()), "");
  if (open.protection === "triggers only")
    lines.push(
      "  The application works as the owner of the database (DAYBOOK_RUN_AS_OWNER): triggers alone protect the log.",
      "",
    );
  for (const note of open.notes) lines.push(`  ${note}`, "");
  if (server.outsideFolder) lines.push(`  The database lies outside this folder, in ${server.outsideFolder}.`, "");
  if (open.unknownMigrations) lines.push(`  ${open.unknownMigrations}`, "");
  lines.push("  Ctrl-C stops it.", "");
  return lines.join("\n");
}

function whereItIs({ printed, alsoAt, listensAt, listensEverywhere }: Addresses): string[] {
  const lines = [`  Daybook is open at ${printed}`];
  if (listensAt !== printed)
    lines.push(`  It listens at ${listensAt}${listensEverywhere ? ", and on every other address of this machine" : ""}.`);
  else if (listensEverywhere)
    lines.push("  It listens on every address of this machine, for whoever reaches it:", ...alsoAt.map((one) => `    ${one}`));
  return lines;
}

/** The first of each role; the sign-in page offers the others. */
async function demoSignIns(): Promise<string[]> {
  const { demoPassword, demoPeople } = await import("@/infra/demo/people");
  const firsts = demoPeople.filter((one, index) => demoPeople.findIndex(({ role }) => role === one.role) === index);
  const width = Math.max(...firsts.map(({ email }) => email.length));
  const people = firsts.map(({ role, email, about }) => `    ${role.padEnd(8)}  ${email.padEnd(width)}  ${about}`);
  return [`  A demo book. Sign in with one click, or with the password ${demoPassword}:`, ...people];
}
