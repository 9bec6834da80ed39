import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant, textC } from "../postgres/columns";

/** A data key per account, wrapped by the master key. Destroying `wrapped` erases the account's personal text for ever. */
export const accountKeys = pgTable("account_keys", {
  keyId: text("key_id").primaryKey(),
  streamId: textC("stream_id").notNull().unique(),
  wrapped: bytea(),
  createdAt: instant("created_at").notNull(),
  destroyedAt: instant("destroyed_at"),
});
