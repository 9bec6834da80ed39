import type { Db } from "../postgres/connect";

/** What is true of this book for ever. `seedingFinishedAt` is null while imports are still possible. */
export type Book = {
  id: string;
  zone: string;
  demo: boolean;
  accountNumberScheme: string;
  formatVersion: string;
  keyChecks: Record<string, string>;
  createdAt: Date;
  seedingFinishedAt: Date | null;
};

/** @throws when the database holds no book yet (it was never migrated). */
export async function readBook(db: Db): Promise<Book> {
  const book = await findBook(db);
  if (!book) throw new Error("this database holds no book yet: run `npm run daybook -- start`");
  return book;
}

export async function findBook(db: Db): Promise<Book | undefined> {
  const { rows } = await db.query<Book>(
    `select id, zone, demo, account_number_scheme "accountNumberScheme", format_version "formatVersion", key_checks "keyChecks",
            created_at "createdAt", seeding_finished_at "seedingFinishedAt" from book`,
  );
  return rows[0];
}
