import { type OpenBook, openBook, openServer } from "@/cli/launch/open-database";
import { seedBook } from "@/cli/launch/seed-book";
import { step } from "@/cli/progress";
import { buildForTests } from "@/cli/testing/build-for-tests";
import { serveBuild } from "@/cli/testing/serve-build";
import { readEnv } from "@/infra/config/env";
import { byRole } from "@/infra/postgres/roles/database-roles";

/** A demo bank for one run: own build, own folder, own book, own port, on this machine alone. */
export type DemoBank<Network = undefined> = OpenBook & {
  readonly origin: string;
  readonly build: string;
  /** The server's process. */
  readonly pid: number;
  /** Where the server writes. */
  readonly log: string;
  readonly network: Network;
  stop(): Promise<void>;
};

type Options<Network> = {
  folder: string;
  signal: AbortSignal;
  extra?: Readonly<Record<string, string>>;
  /** A network of its own between the server and its database, at another address. */
  by?: (databaseUrl: string) => Promise<Network>;
};

type Between = { url: string; close(): void };

/** Starts a demo bank as `npm start` would, beside whatever runs. Whoever asked for it stops it. */
export async function startDemoBank(options: Options<undefined>): Promise<DemoBank>;
export async function startDemoBank<Network extends Between>(
  options: Options<Network> & { by: NonNullable<Options<Network>["by"]> },
): Promise<DemoBank<Network>>;
export async function startDemoBank<Network extends Between>({ folder, signal, extra = {}, by }: Options<Network>) {
  const build = await buildForTests(signal);
  const settings = readEnv({ DAYBOOK_DATA: folder, DAYBOOK_DEMO: "on" });
  const server = await step("Starting a PostgreSQL for a demo bank", () => openServer(settings));
  try {
    const open = await openBook(server, settings);
    await seedBook(open, signal);
    const network = await by?.(open.urls.reader);
    const { secrets } = open;
    const urls = network ? byRole((role) => movedTo(network.url, open.urls[role])) : open.urls;
    const served = { build, folder, urls, secrets, extra: { DAYBOOK_DEMO: "on", ...extra }, signal };
    const { next, origin, log } = await serveBuild(served);
    const stop = async () => {
      await next.stop();
      network?.close();
      await server.stop();
    };
    return { ...open, origin, build, log, pid: next.identity.pid, network, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The same login and database at another address. */
function movedTo(address: string, url: string): string {
  const { hostname, port } = new URL(address);
  return Object.assign(new URL(url), { hostname, port }).href;
}
