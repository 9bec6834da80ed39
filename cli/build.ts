import { parseArgs } from "node:util";
import { buildApp } from "@/cli/launch/build-app";
import { stopSignals } from "@/cli/launch/stop-signals";

export const usage = `
Usage: npm run daybook -- build

Builds the pages into .next, unless the sources are those of the last build. npm start does this by itself.
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const { signal } = stopSignals();
  console.log(await buildApp({ distDir: ".next", signal }));
  return 0;
}
