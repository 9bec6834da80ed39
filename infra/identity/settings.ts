import type pg from "pg";
import { z } from "zod";
import type { AccountId, UserId } from "@/domain/ids";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { unitsMax } from "@/domain/text/bounds";
import { personName } from "@/infra/identity/person-name";
import type { Db } from "@/infra/postgres/connect";
import { transaction } from "@/infra/postgres/transaction";

/** How a person sees the bank. A null zone means the bank's own. */
export type ViewerSettings = {
  name: string;
  email: string;
  zone: string | null;
  numberFormat: NumberFormat;
  theme: "system" | "light" | "dark";
  singleKeyShortcuts: boolean;
  nicknames: ReadonlyMap<AccountId, string>;
};

export const defaultSettings = { zone: null, numberFormat: "1,234.56", theme: "system", singleKeyShortcuts: true } as const;

/** What a settings form may change; anything else in it is refused. */
export const settingsInput = z.strictObject({
  name: personName,
  zone: z.string().max(unitsMax.zone, { abort: true }).transform(readZone).nullable(),
  numberFormat: z.enum(numberFormats as [NumberFormat, ...NumberFormat[]]),
  theme: z.enum(["system", "light", "dark"]),
  singleKeyShortcuts: z.boolean(),
});
export type SettingsInput = z.infer<typeof settingsInput>;

/** One person's settings, or the defaults. @throws when there is no such login. */
export async function viewerSettings(db: Db, userId: UserId): Promise<ViewerSettings> {
  const { rows } = await db.query<ViewerSettings & { names: [AccountId, string][] }>({
    name: "viewer_settings",
    text: `select u.name, u.email, s.zone, coalesce(s.number_format, $2) "numberFormat", coalesce(s.theme, $3) theme,
            coalesce(s.single_key_shortcuts, $4) "singleKeyShortcuts",
            (select coalesce(jsonb_agg(jsonb_build_array(n.account_id, n.nickname)), '[]') from account_nicknames n where n.user_id = u.id) names
       from users u left join viewer_settings s on s.user_id = u.id where u.id = $1`,
    values: [userId, defaultSettings.numberFormat, defaultSettings.theme, defaultSettings.singleKeyShortcuts],
  });
  const row = rows[0];
  if (!row) throw new Error("no such login");
  const { names, ...settings } = row;
  return { ...settings, nicknames: new Map(names) };
}

/** Writes a person's own settings. The name is also that of the party the login acts for: a customer is their own party. */
export async function updateSettings(pool: pg.Pool, userId: UserId, input: SettingsInput): Promise<void> {
  const { name, zone, numberFormat, theme, singleKeyShortcuts } = settingsInput.parse(input);
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ partyId: string | null }>(
      `update users set name = $2, updated_at = clock_timestamp() where id = $1 returning party_id "partyId"`,
      [userId, name],
    );
    await client.query("update parties set name = $2 where id = $1", [rows[0]?.partyId, name]);
    await client.query(
      `insert into viewer_settings (user_id, zone, number_format, theme, single_key_shortcuts) values ($1, $2, $3, $4, $5)
       on conflict (user_id) do update set zone = excluded.zone, number_format = excluded.number_format, theme = excluded.theme,
         single_key_shortcuts = excluded.single_key_shortcuts`,
      [userId, zone, numberFormat, theme, singleKeyShortcuts],
    );
  });
}

/** As this runtime spells it: formatters are kept per zone, so one zone has one name. */
function readZone(text: string, context: z.RefinementCtx): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    context.addIssue("must be a time zone like Europe/Berlin");
    return z.NEVER;
  }
}
