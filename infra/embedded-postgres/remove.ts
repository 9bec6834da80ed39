import { rmSync } from "node:fs";
import { outsideFolderOf } from "@/infra/embedded-postgres/place";
import { visibleServer } from "@/infra/embedded-postgres/postmaster-file";
import { ended, signal } from "@/infra/processes/process-identity";

/** Ends the server of a data folder that nobody needs any more, at once, and deletes all its data. For tests. */
export async function removeEmbeddedPostgres(home: string): Promise<void> {
  for (const folder of [home, outsideFolderOf(home)]) {
    const running = visibleServer({ home: folder });
    if (running) {
      signal(running.pid, "SIGQUIT");
      if (!(await ended(running, 5_000))) signal(running.pid, "SIGKILL");
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
