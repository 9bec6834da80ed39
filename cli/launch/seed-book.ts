import type { OpenBook } from "@/cli/launch/open-database";
import { step } from "@/cli/progress";
import { type Seeded, seedDemoBook } from "@/infra/demo/seed-demo-book";

/** Fills a demo book that is not finished yet; a book that is real or finished is left alone. */
export async function seedBook({ book, ownerUrl, secrets }: OpenBook, signal: AbortSignal): Promise<Seeded> {
  if (!book.demo || book.seedingFinishedAt !== null) return { kind: "not_needed" };
  return step("Filling the demo book", (report) => seedDemoBook({ ownerUrl, keys: secrets, signal, report }));
}
