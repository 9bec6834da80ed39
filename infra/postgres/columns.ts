import { customType } from "drizzle-orm/pg-core";

/** Bytewise ordering: ids compare the same on every cluster, whatever its locale. */
export const textC = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Milliseconds, so that a JS `Date` loses nothing. */
export const instant = customType<{ data: Date }>({ dataType: () => "timestamptz(3)" });
