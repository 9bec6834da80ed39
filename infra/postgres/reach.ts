import type pg from "pg";
import { createClient } from "./connect";

/** Whether the database answers, asked on a connection of its own: a pool with nothing free is busy, not away. */
export type Reach = {
  /** False: it refused, or said nothing for 2 s. */
  answers(): Promise<boolean>;
  /** A connection was lost somewhere: what was heard before counts no more. */
  doubt(): void;
  close(): Promise<void>;
};

const askMsMax = 2_000;
const believedMs = 250; // one small question each quarter of a second, however many requests come

export function createReach(url: string): Reach {
  let client: pg.Client | undefined;
  let asking: Promise<boolean> | undefined;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  async function ask(): Promise<boolean> {
    const isOld = client !== undefined;
    const from = performance.now();
    try {
      client ??= await connected(url);
      await client.query("select 1");
      heardAtMs = performance.now();
      return true;
    } catch {
      drop();
      // An old connection may have died with a server that is back since.
      return isOld && performance.now() - from < askMsMax / 2 ? ask() : false;
    }
  }

  function drop(): void {
    const lost = client;
    client = undefined;
    void lost?.end().catch(() => {});
  }

  return {
    async answers() {
      if (isClosed) return false;
      if (performance.now() - heardAtMs < believedMs) return true;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    doubt() {
      heardAtMs = Number.NEGATIVE_INFINITY;
    },
    async close() {
      isClosed = true;
      drop();
    },
  };
}

async function connected(url: string): Promise<pg.Client> {
  const client = createClient(url, "daybook reach", { queryMsMax: askMsMax });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("the database did not answer in time")), askMsMax).unref();
  });
  try {
    await Promise.race([client.connect(), late]);
    return client;
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
}
