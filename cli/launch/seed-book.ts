import type { OpenBook } from "@/cli/launch/open-database";

/** Fills a demo book that is not finished yet; a book that is real or finished is left alone. */
export async function seedBook(_open: OpenBook, _signal: AbortSignal): Promise<void> {}
