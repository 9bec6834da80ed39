/** A table of the backup, and the order that its rows are written in: the same rows always make the same bytes. */
export type BackedUpTable = { readonly name: string; readonly orderBy: string };

/** What the book consists of, in the order of restoring: a row that is named stands before those that name it. */
export const backedUpTables: readonly BackedUpTable[] = [
  { name: "book", orderBy: "one" },
  { name: "log_gate", orderBy: "one" }, // up to when the past is closed: answers given as final stay final
  { name: "parties", orderBy: "id" },
  { name: "party_names", orderBy: "party_id, until" },
  { name: "users", orderBy: "id" },
  { name: "credentials", orderBy: "id" },
  { name: "account_nicknames", orderBy: "user_id, account_id" },
  { name: "viewer_settings", orderBy: "user_id" },
  { name: "account_keys", orderBy: "key_id" }, // wrapped by the master key, which is not in the backup
  { name: "events", orderBy: "position" },
  { name: "commands", orderBy: "actor, id" },
  { name: "seals", orderBy: "size, (commands is not null)" },
  { name: "seal_subtrees", orderBy: 'level, "index"' },
  { name: "findings", orderBy: "id" }, // accounts under review stay so
  { name: "security_log", orderBy: "id" },
  { name: "book_verifications", orderBy: "id" },
];

/** What a backup leaves out, and why. A test holds both lists against the schema: of every table somebody has decided. */
export const leftOutTables: Readonly<Record<string, string>> = {
  account_balances: "a read model: made again from the log",
  account_entries: "a read model",
  activity: "a read model",
  daily_balances: "a read model",
  projection_checkpoints: "how far the read models are",
  parked_accounts: "accounts that a read model could not go on with: it finds out again",
  rebuilds: "read models that are being made again",
  rebuild_workers: "who is at work on them",
  book_schema: "comes with the schema: which builds may work on it",
  verifier: "how far the background verifier is: it begins again",
  snapshots: "a cache",
  sessions: "whoever was signed in signs in again",
  verifications: "links that work once, for an hour",
  sign_in_attempts: "counts of tries, for hours",
  known_devices: "a device is known again at its next sign-in",
  secret_marks: "which secrets the bank works with: those of the folder that it is restored with",
};
