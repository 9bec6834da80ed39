import { parseCookies } from "better-auth/cookies";
import { deviceCookieName, deviceIdFor, withDevice } from "@/infra/identity/device-cookie";
import { hashLogin, normaliseEmail } from "@/infra/identity/hash-login";
import type { Identity } from "@/infra/identity/identity";
import { newId } from "@/infra/ids";
import type { Db } from "@/infra/postgres/connect";

/**
 * A browser that a login was signed in from before, as OWASP's device cookies have it. It has a count
 * of its own, so that whoever guesses from elsewhere keeps nobody out. A stolen cookie gives at most
 * `failuresMax` guesses at the one login it is for.
 */
export type KnownDevice = { deviceId: string };

const failuresMax = 10;
const daysKnown = 180;
const devicesMax = 20; // a login: beyond, the one not seen for longest is forgotten

type Asking = { email: string; headers: Headers; at?: Date | undefined };

/**
 * Counts a try of a known device, before its password is looked at. Undefined: the device is not
 * known for this login, or has guessed too often, and nothing was counted. The same one statement
 * runs whether the login exists or not, and whether there is a cookie or not.
 */
export async function tryOfKnownDevice(identity: Identity, { email, headers, at }: Asking): Promise<KnownDevice | undefined> {
  const deviceId = deviceIdFor(identity.deviceKey, cookieIn(identity, headers), hashLogin(identity.hmacKey, email));
  const { rows } = await identity.pool.query<KnownDevice>({
    name: "try_of_known_device",
    text: `update known_devices d set failures = d.failures + 1 from users u
      where d.id = $1 and u.id = d.user_id and u.email = $2 and d.failures < $3
        and d.expires_at > coalesce($4::timestamptz, clock_timestamp())
      returning d.id as "deviceId"`,
    values: [deviceId ?? "", normaliseEmail(email), failuresMax, at ?? null],
  });
  return rows[0];
}

/** Gives the try back: nothing was tried. */
export async function returnTry({ pool }: Pick<Identity, "pool">, { deviceId }: KnownDevice): Promise<void> {
  await pool.query("update known_devices set failures = greatest(failures - 1, 0) where id = $1", [deviceId]);
}

/**
 * Knows this browser for a login from now on, after it proved itself. `known`: as which it is known
 * already; one that had guessed too often gets a new id. Returns the Set-Cookie value.
 */
export async function rememberDevice(
  identity: Identity,
  { userId, email, headers, at }: Asking & { userId: string },
  known?: KnownDevice | undefined,
): Promise<string> {
  const deviceId = known?.deviceId ?? newId("dev");
  await identity.pool.query({
    name: "remember_device",
    text: `with gone as (delete from known_devices where id in (
         select id from known_devices where user_id = $2 and id <> $1 order by seen_at desc offset $3))
       insert into known_devices (id, user_id, failures, seen_at, expires_at)
       select $1, $2, 0, n.now, n.now + interval '${daysKnown} days' from (select coalesce($4::timestamptz, clock_timestamp()) as now) n
       on conflict (id) do update set failures = 0, seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
    values: [deviceId, userId, devicesMax - 1, at ?? null],
  });
  const loginHash = hashLogin(identity.hmacKey, email);
  return setCookie(identity, withDevice(identity.deviceKey, cookieIn(identity, headers), { id: deviceId, loginHash }));
}

/** No device is known for this login any more: its sessions were ended, or its password was set anew. */
export async function forgetDevices(db: Db, userId: string): Promise<void> {
  await db.query("delete from known_devices where user_id = $1", [userId]);
}

const isSecure = ({ origin }: Identity): boolean => origin.startsWith("https://");

function cookieIn(identity: Identity, headers: Headers): string {
  const name = deviceCookieName({ secure: isSecure(identity) });
  return parseCookies(headers.get("cookie") ?? "").get(name) ?? "";
}

function setCookie(identity: Identity, value: string): string {
  const name = deviceCookieName({ secure: isSecure(identity) });
  const flags = ["Path=/", "HttpOnly", "SameSite=Lax", ...(isSecure(identity) ? ["Secure"] : [])];
  return [`${name}=${value}`, `Max-Age=${daysKnown * 86_400}`, ...flags].join("; ");
}
