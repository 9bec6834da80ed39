import { readFileSync } from "node:fs";
import path from "node:path";
import { extractInfoFromServerReferenceId } from "next/dist/shared/lib/server-reference-info";
import { testDistDir } from "@/cli/testing/build-for-tests";

/** A server action of the build, and the address of the page where its form stands, with `[parts]` to fill. */
export type Action = { id: string; name: string; path: string; takes: "nothing" | "form" | "state and form" };

type Manifest = { node: Record<string, { workers: Record<string, unknown>; exportedName: string; filename: string }> };

/** Every server action that was built, and the page where its form stands. */
export function builtActions(): readonly Action[] {
  const { node } = read<Manifest>("server-reference-manifest.json");
  return Object.entries(node).map(([id, { workers, exportedName: name }]) => ({
    id,
    name,
    path: addressOf(Object.keys(workers)[0] ?? ""),
    takes: takenBy(id),
  }));
}

/** Every page and route handler that was built, by its address. Next's own two have none. */
export function builtRoutes(): readonly string[] {
  const routes = Object.keys(read<Record<string, string>>("app-paths-manifest.json"));
  return routes.filter((route) => !route.startsWith("/_")).map((route) => addressOf(`app${route}`));
}

function takenBy(id: string): Action["takes"] {
  const last = extractInfoFromServerReferenceId(id).usedArgs.lastIndexOf(true);
  return last === -1 ? "nothing" : last === 0 ? "form" : "state and form";
}

function addressOf(worker: string): string {
  const parts = worker.split("/").slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(testDistDir, "server", file), "utf8")) as T;
}
