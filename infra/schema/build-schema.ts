import { readFileSync } from "node:fs";
import path from "node:path";
import journal from "../migrations/meta/_journal.json";

/** The newest migration that a build was written for. */
export type BuildSchema = { readonly number: number; readonly name: string };

/** A build's migrations, in their order. `madeAt` is what the migrations table of a database knows each of them by. */
export type BuildMigrations = { readonly newest: BuildSchema; readonly all: readonly { name: string; madeAt: number }[] };

/** Of this build. Part of its code: files that change below a running process do not change what it is. */
export const buildSchema: BuildSchema = migrationsOf(journal).newest;

/** The migrations of a folder. */
export function readMigrations(folder: string): BuildMigrations {
  return migrationsOf(JSON.parse(readFileSync(path.join(folder, "meta/_journal.json"), "utf8")) as Journal);
}

type Journal = { entries: readonly { tag: string; when: number }[] };

function migrationsOf({ entries }: Journal): BuildMigrations {
  const name = entries.at(-1)?.tag;
  if (name === undefined) throw new Error("the journal of the migrations is empty");
  const all = entries.map(({ tag, when }) => ({ name: tag, madeAt: when }));
  return { newest: { number: Number(name.slice(0, 4)), name }, all };
}
