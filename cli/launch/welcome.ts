import type { OpenBook, Server } from "@/cli/launch/open-database";

/** What is printed once people can come in. */
export async function welcome({ address, open, server }: { address: string; open: OpenBook; server: Server }): Promise<string> {
  const lines = ["", `  Daybook is open at ${address}`, ""];
  if (open.protection === "triggers only") lines.push("  Log protected by triggers only: this database user may make no role for the application.", "");
  if (server.outsideFolder) lines.push(`  The database lies outside this folder, in ${server.outsideFolder}.`, "");
  lines.push("  Ctrl-C stops it.", "");
  return lines.join("\n");
}
