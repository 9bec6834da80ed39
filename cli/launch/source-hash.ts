import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

// What the built pages are made from. Tests and the terminal's own files change no page.
const sources = [
  ...["app", "domain", "infra", "projections", "public"],
  ...[
    "instrumentation.ts",
    "proxy.ts",
    "next.config.ts",
    "postcss.config.mjs",
    "tsconfig.json",
    "package.json",
    "package-lock.json",
  ],
];
const skipped = /(\.test\.tsx?$)|(^infra\/(testing|embedded-postgres)\/)|(^infra\/migrations\/(?!meta\/_journal\.json$))|(\.md$)/; // the journal is built in: it says which schema a build knows

/** Names the sources as they are now; the same text for the same files, wherever the clone lies. */
export function sourceHash(): string {
  const hash = createHash("sha256").update(`node ${process.versions.node.split(".")[0]}`);
  for (const file of sources.flatMap(filesBelow).sort()) {
    if (skipped.test(file)) continue;
    hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(name: string): string[] {
  if (!existsSync(name)) return [];
  if (statSync(name).isFile()) return [name];
  return readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join("/"));
}
