import { parseArgs } from "node:util";
import { serve } from "@/cli/launch/serve";

export const usage = `
Usage: npm run dev

Starts the bank for developing: like npm start (see npm run daybook -- start --help), but pages follow the sources.
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  return serve("dev");
}
