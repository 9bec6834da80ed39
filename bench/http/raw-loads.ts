import { startBareServer } from "./bare-server";
import { createBrowser } from "./browser";
import type { ServedBank } from "./start-bank";

export const rawNames = ["bare", "file", "health"] as const;

/** What needs no page, asked for in the same way: a bare Node server, a built file and the health route of the bank's own server. */
export async function openRawLoads({ origin }: ServedBank, clients: number) {
  const bare = await startBareServer();
  const addresses = {
    bare: [bare.origin, "/"],
    file: [origin, await builtFile(origin)],
    health: [origin, "/api/health"],
  } as const;
  const opened = rawNames.map((name) => {
    const [at, path] = addresses[name];
    const browsers = Array.from({ length: clients }, () => createBrowser(at));
    const load = async (client: number) => {
      const answer = await browsers[client]?.get(path);
      if (answer?.status !== 200) throw new Error(`${path} was answered with ${answer?.status}`);
    };
    return { name, load, browsers };
  });
  return {
    loads: Object.fromEntries(opened.map(({ name, load }) => [name, load])) as Record<
      (typeof rawNames)[number],
      (client: number) => Promise<void>
    >,
    async close() {
      for (const { browsers } of opened) for (const browser of browsers) browser.close();
      await bare.stop();
    },
  };
}

/** One of the files that the sign-in page names. */
async function builtFile(origin: string): Promise<string> {
  const browser = createBrowser(origin);
  const file = /\/_next\/static\/[^"]+\.css/.exec((await browser.get("/sign-in")).text())?.[0];
  browser.close();
  if (file === undefined) throw new Error("the sign-in page names no style sheet");
  return file;
}
