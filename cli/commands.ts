/** What a command's file exports. `run` gets the words after the command's name and returns the exit code. */
export type Command = { readonly usage: string; run(args: readonly string[]): Promise<number> };

type Entry = { readonly name: string; readonly summary: string; load(): Promise<Command> };

/** Every command of the terminal. Loaded only when asked for: `--help` needs no database. */
export const commands: readonly Entry[] = [
  { name: "start", summary: "start the bank: database, build, demo data, server", load: () => import("@/cli/start") },
  { name: "dev", summary: "the same for developing: pages follow the sources", load: () => import("@/cli/dev") },
  { name: "test", summary: "run all tests: unit, database, browser", load: () => import("@/cli/test") },
  { name: "build", summary: "build the pages, if the sources changed", load: () => import("@/cli/build") },
  { name: "seed", summary: "fill a demo book that is still empty or half filled", load: () => import("@/cli/seed") },
  { name: "rebuild", summary: "make a read model anew from the log", load: () => import("@/cli/rebuild") },
  { name: "retry", summary: "apply again what accounts are held at", load: () => import("@/cli/retry") },
  { name: "verify", summary: "prove the log and the read models, or name the first fault", load: () => import("@/cli/verify") },
  {
    name: "review",
    summary: "list what was found wrong in the book, accept it, release accounts",
    load: () => import("@/cli/review"),
  },
  { name: "export", summary: "write the log, or a journal for hledger, to standard output", load: () => import("@/cli/export") },
  { name: "backup", summary: "write the whole book to a file", load: () => import("@/cli/backup") },
  { name: "restore", summary: "put the book of a backup into an empty database", load: () => import("@/cli/restore") },
  { name: "move", summary: "let the data folder go to another database", load: () => import("@/cli/move") },
  { name: "erase", summary: "make an account's personal texts unreadable for ever", load: () => import("@/cli/erase") },
  { name: "roles", summary: "print the SQL that makes the application's logins", load: () => import("@/cli/roles") },
  {
    name: "secrets",
    summary: "say whether this folder's secrets are the bank's, or make them so",
    load: () => import("@/cli/secrets"),
  },
  { name: "staff", summary: "make a login for a teller, auditor or operator", load: () => import("@/cli/staff") },
];
