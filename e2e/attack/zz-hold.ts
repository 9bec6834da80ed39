import { startDemoBank } from "@/cli/testing/demo-bank";
import { claimFolder, removeRun } from "@/infra/testing/test-server";

const stop = new AbortController();
const folder = claimFolder();
const demo = await startDemoBank({ folder, signal: stop.signal });
console.log("ORIGIN", demo.origin, "FOLDER", folder, "OWNER", demo.ownerUrl, "PID", demo.pid);
await new Promise<void>((resolve) => {
  process.on("SIGTERM", resolve);
  process.on("SIGINT", resolve);
});
await demo.stop();
await removeRun(folder);
process.exit(0);
