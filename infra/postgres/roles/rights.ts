import type { DatabaseRole } from "./database-roles";

export type TableRight = "select" | "insert" | "update" | "delete";

/** What a role may do. Everything that is not named here it may not do. Tables, functions and sequences are those of schema public. */
export type Rights = {
  tables: Readonly<Record<string, readonly TableRight[]>>;
  functions: readonly string[];
  sequences: readonly string[];
  schemas: readonly string[];
};

const read = ["select"] as const;
const append = ["select", "insert"] as const;
const amend = ["select", "insert", "update"] as const;
const all = ["select", "insert", "update", "delete"] as const;

const readModels = ["account_balances", "account_entries", "activity", "daily_balances"];
const course = ["projection_checkpoints", "parked_accounts", "rebuilds", "rebuild_workers"];
const log = ["events", "commands", "log_gate", "book"];

/**
 * Who may do what in the database. A table that is not in here is open to nobody but the owner, so a new one is decided on here and in the
 * test beside, which holds the catalogue against a list of its own.
 */
export const rights: Readonly<Record<DatabaseRole, Rights>> = {
  reader: {
    tables: of(read, [...log, "seals", "seal_subtrees", "snapshots", "account_keys", ...readModels, ...course], {
      book_schema: read,
      book_verifications: read,
      findings: read,
      verifier: read,
      parties: read,
      party_names: read,
      users: read, // names of those who acted; no password is in it
    }),
    functions: ["event_digest"],
    sequences: [],
    schemas: ["public", "shadow", "kept"],
  },
  writer: {
    tables: of(read, [...log, "book_schema", "findings", "snapshots", "account_keys"]),
    functions: ["append_events", "hold_gate", "close_past"],
    sequences: ["account_numbers"],
    schemas: ["public"],
  },
  projector: {
    tables: of(all, [...readModels, ...course, "snapshots"], of(read, [...log, "account_keys"])),
    functions: ["prepare_shadow", "complete_shadow", "swap_shadow", "unkeep", "drop_shadow"],
    sequences: [],
    schemas: ["public", "shadow", "kept"],
  },
  sealer: {
    // The background verifier works as the sealer, and reads all that it checks.
    tables: of(read, [...log, "book_schema", "findings", "seals", "snapshots", "account_keys", ...readModels, ...course], {
      seal_subtrees: amend,
      book_verifications: append,
      verifier: ["select", "update"],
    }),
    functions: ["append_seal", "record_finding", "close_findings_unseen", "event_digest"],
    sequences: [],
    schemas: ["public"],
  },
  identity: {
    tables: of(all, ["credentials", "sessions", "verifications", "sign_in_attempts", "known_devices", "account_nicknames"], {
      book: read,
      users: amend,
      parties: amend,
      party_names: append,
      viewer_settings: amend,
      security_log: ["insert"],
    }),
    functions: ["new_customer_number"],
    sequences: ["customer_numbers"],
    schemas: ["public"],
  },
};

function of(
  given: readonly TableRight[],
  tables: readonly string[],
  more: Rights["tables"] = {},
): Record<string, readonly TableRight[]> {
  return { ...Object.fromEntries(tables.map((table) => [table, given])), ...more };
}
