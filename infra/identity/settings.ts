import { z } from "zod";
import type { AccountId, UserId } from "@/domain/ids";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { unitsMax } from "@/domain/text/bounds";
import { personName } from "@/infra/identity/person-name";
import type { Db } from "@/infra/postgres/connect";

/** How a person sees the bank. A null zone means the bank's own. */
export type ViewerSettings = {
  name: string;
  email: string;
  /** Of the party that the login acts for. */
  customerNumber: string | null;
  zone: string | null;
  /** Null: none was chosen. */
  numberFormat: NumberFormat | null;
  theme: "system" | "light" | "dark";
  singleKeyShortcuts: boolean;
  nicknames: ReadonlyMap<AccountId, string>;
};

export const defaultSettings = { zone: null, numberFormat: null, theme: "system", singleKeyShortcuts: true } as const;

/** What a settings form may change; anything else in it is refused. */
export const settingsInput = z.strictObject({
  name: personName,
  zone: z.string().max(unitsMax.zone, { abort: true }).transform(readZone).nullable(),
  numberFormat: z.enum(numberFormats as [NumberFormat, ...NumberFormat[]]).nullable(),
  theme: z.enum(["system", "light", "dark"]),
  singleKeyShortcuts: z.boolean(),
});
export type SettingsInput = z.infer<typeof settingsInput>;

/** One person's settings, or the defaults. @throws when there is no such login. */
export async function viewerSettings(db: Db, userId: UserId): Promise<ViewerSettings> {
  const { rows } = await db.query<ViewerSettings & { names: [AccountId, string][] }>({
    name: "viewer_settings",
    text: `select u.name, u.email, (select p.customer_number from parties p where p.id = u.party_id) as "customerNumber", s.zone,
            case when s.number_format_chosen then s.number_format end "numberFormat", coalesce(s.theme, $2) theme,
            coalesce(s.single_key_shortcuts, $3) "singleKeyShortcuts",
            (select coalesce(jsonb_agg(jsonb_build_array(n.account_id, n.nickname)), '[]') from account_nicknames n where n.user_id = u.id) names
       from users u left join viewer_settings s on s.user_id = u.id where u.id = $1`,
    values: [userId, defaultSettings.theme, defaultSettings.singleKeyShortcuts],
  });
  const row = rows[0];
  if (!row) throw new Error("no such login");
  const { names, ...settings } = row;
  return { ...settings, nicknames: new Map(names) };
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

/** Keeps the number format that a person says to write in; all else stays as it is. */
export async function chooseNumberFormat(db: Db, userId: UserId, format: NumberFormat): Promise<void> {
  const { theme, singleKeyShortcuts } = defaultSettings;
  await db.query(
    `insert into viewer_settings (user_id, number_format, theme, single_key_shortcuts) values ($1, $2, $3, $4)
     on conflict (user_id) do update set number_format = excluded.number_format, number_format_chosen = true`,
    [userId, format, theme, singleKeyShortcuts],
  );
}
