import { createReadStream } from "node:fs";

/** The lines of the seal file one by one, in order; a line that a crash cut short does not count. A missing file has none. */
export type FiledSeals = { next(): Promise<string | undefined> };

export function filedSeals(file: string | undefined): FiledSeals {
  const lines = file === undefined ? undefined : wholeLines(file);
  return { next: async () => (await lines?.next())?.value ?? undefined };
}

async function* wholeLines(file: string): AsyncGenerator<string, undefined> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(file, { encoding: "utf8" })) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return undefined;
}
