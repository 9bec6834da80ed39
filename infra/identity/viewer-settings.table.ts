import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { textC } from "../postgres/columns";
import { users } from "./users.table";

/** How one person sees the bank. No row means the defaults; a null zone means the bank's. */
export const viewerSettings = pgTable(
  "viewer_settings",
  {
    userId: textC("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    zone: text(), // IANA
    numberFormat: text("number_format").notNull(),
    /** False: the format is that of the browser's language, and `number_format` is for builds that do not know this. */
    isFormatChosen: boolean("number_format_chosen").notNull().default(true),
    theme: text({ enum: ["system", "light", "dark"] }).notNull(),
    singleKeyShortcuts: boolean("single_key_shortcuts").notNull(),
  },
  (t) => [check("viewer_settings_theme", sql`${t.theme} in ('system', 'light', 'dark')`)],
);
