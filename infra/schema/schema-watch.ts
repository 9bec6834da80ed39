import type { Db } from "../postgres/connect";
import type { BuildSchema } from "./build-schema";
import { BuildTooOld, requireFloor } from "./schema-standing";

const lookMs = 2_000;

type Options = {
  db: Db;
  own: BuildSchema;
  /** Calls back when the database says that the schema moved. A hint: the looks are what counts. */
  onMoved: (listener: () => void) => () => void;
};

export type SchemaWatch = ReturnType<typeof createSchemaWatch>;

/** Notices that the book has moved on and takes this build no more. Every new writing connection asks too, before it writes anything. */
export function createSchemaWatch({ db, own, onMoved }: Options) {
  const listeners = new Set<(error: BuildTooOld) => void>();
  let tooOld: BuildTooOld | undefined;
  let stop: (() => void) | undefined;

  /** @throws BuildTooOld, after telling those who listen. */
  async function check(connection: Db): Promise<void> {
    try {
      await requireFloor(connection, own);
    } catch (error) {
      if (error instanceof BuildTooOld && !tooOld) {
        tooOld = error;
        for (const listener of listeners) listener(error);
      }
      throw error;
    }
  }

  /** A database that does not answer says nothing of the schema: the next look is the answer. */
  const look = () => void check(db).catch(() => {});

  return {
    own,
    check,
    /** Looks from now on, and calls back once. What was found before is told at once. */
    start(listener: (error: BuildTooOld) => void): void {
      listeners.add(listener);
      if (tooOld) listener(tooOld);
      if (stop) return;
      const timer = setInterval(look, lookMs);
      timer.unref();
      const deaf = onMoved(look);
      stop = () => {
        clearInterval(timer);
        deaf();
      };
      look();
    },
    close: () => stop?.(),
  };
}
