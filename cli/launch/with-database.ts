import { openBook, openServer } from "@/cli/launch/open-database";
import { env, rereadEnv } from "@/infra/config/env";

/**
 * Opens the book for one command of the terminal: joins the database that runs, or starts it for as long as `work` takes.
 * Inside `work`, `runtime()` is that of the application's role.
 */
export async function withDatabase<T>(work: (urls: { ownerUrl: string; appUrl: string }) => Promise<T>): Promise<T> {
  const server = await openServer(env());
  try {
    const { ownerUrl, appUrl } = await openBook(server, env());
    process.env.DATABASE_APP_URL = appUrl;
    rereadEnv();
    return await work({ ownerUrl, appUrl });
  } finally {
    await server.stop();
  }
}
