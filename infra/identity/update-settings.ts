import type pg from "pg";
import type { UserId } from "@/domain/ids";
import { numberFormats } from "@/domain/money/number-format";
import { mayBeCalled } from "@/infra/identity/name-rules";
import { nameSkeleton } from "@/infra/identity/name-skeleton";
import { type SettingsInput, settingsInput } from "@/infra/identity/settings";
import { transaction } from "@/infra/postgres/transaction";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

export type SettingsOutcome = { kind: "saved" } | { kind: "name_taken" } | { kind: "name_too_often" };

const renamesADay = 5;

/**
 * Writes a person's own settings. The name is also that of the party the login acts for: a customer is
 * their own party. What the party was called before is kept, for staff.
 */
export async function updateSettings(pool: pg.Pool, userId: UserId, input: SettingsInput): Promise<SettingsOutcome> {
  const { name, zone, numberFormat, theme, singleKeyShortcuts } = settingsInput.parse(input);
  const free = await mayBeCalled(pool, name, userId);
  return transaction(pool, async (client) => {
    const person = await lockPerson(client, userId);
    if (person.was !== name) {
      if (!free) return { kind: "name_taken" };
      if (person.renames >= renamesADay) return { kind: "name_too_often" };
      await rename(client, { userId, partyId: person.partyId, name });
    }
    await client.query(
      `insert into viewer_settings (user_id, zone, number_format, number_format_chosen, theme, single_key_shortcuts)
       values ($1, $2, coalesce($3::text, $6), $3::text is not null, $4, $5)
       on conflict (user_id) do update set zone = excluded.zone, number_format = excluded.number_format,
         number_format_chosen = excluded.number_format_chosen, theme = excluded.theme,
         single_key_shortcuts = excluded.single_key_shortcuts`,
      [userId, zone, numberFormat, theme, singleKeyShortcuts, numberFormats[0]],
    );
    return { kind: "saved" };
  });
}

type Person = { was: string; partyId: string | null; renames: number };

async function lockPerson(client: pg.PoolClient, userId: UserId): Promise<Person> {
  const { rows } = await client.query<Person>(
    `select u.name as was, u.party_id "partyId", (select count(*)::int from party_names n
         where n.party_id = u.party_id and n.until > clock_timestamp() - interval '1 day') as renames
       from users u where u.id = $1 for update of u`,
    [userId],
  );
  if (!rows[0]) throw new Error("no such login");
  return rows[0];
}

type Renamed = { userId: UserId; partyId: string | null; name: string };

/** The security log says that a name changed, and whose. The names themselves stand in `party_names` alone. */
async function rename(client: pg.PoolClient, { userId, partyId, name }: Renamed): Promise<void> {
  await client.query("update users set name = $2, updated_at = clock_timestamp() where id = $1", [userId, name]);
  await client.query(
    "insert into party_names (party_id, name, until) select id, name, clock_timestamp() from parties where id = $1",
    [partyId],
  );
  await client.query("update parties set name = $2, name_key = $3 where id = $1", [partyId, name, nameSkeleton(name)]);
  await recordSecurityEvent(client, { kind: "name_changed", actor: { userId }, detail: { partyId: partyId ?? "none" } });
}
