import type { Actor } from "@/domain/access/policy";
import { newId } from "@/infra/ids";
import type { Db } from "@/infra/postgres/connect";

export type SecurityEventKind =
  | "access_refused"
  | "origin_refused"
  | "form_unreadable"
  | "role_refused"
  | "sign_in"
  | "sign_in_refused"
  | "sign_in_throttled"
  | "demo_sign_in"
  | "demo_sign_in_refused"
  | "signed_out"
  | "registered"
  | "registration_refused"
  | "registration_throttled"
  | "name_changed"
  | "password_changed"
  | "password_change_refused"
  | "reset_link_made"
  | "reset_refused"
  | "reset_throttled"
  | "password_reset"
  | "staff_link_made"
  | "hashing_busy"
  | "texts_erased"
  | "texts_exported"
  | "rebuild_operated"
  | "held_retried"
  | "finding_accepted"
  | "review_released";

export type SecurityEvent = {
  kind: SecurityEventKind;
  actor?: Pick<Actor, "userId"> | undefined;
  /** A keyed hash of the login that was typed (see hash-login.ts), never the text itself. */
  loginHash?: string | undefined;
  address?: string | undefined;
  path?: string | undefined;
  detail?: Readonly<Record<string, string>>;
};

const textLengthMax = 200; // what strangers send is cut, not stored at their length

/** Writes one row of the security log. `detail` holds ids and codes: no personal text, no token. */
export async function recordSecurityEvent(db: Db, event: SecurityEvent): Promise<void> {
  const detail = Object.fromEntries(Object.entries(event.detail ?? {}).map(([key, text]) => [key, bounded(text)]));
  await db.query(
    `insert into security_log (id, at, kind, user_id, login_hash, address, path, detail)
     values ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7)`,
    [
      newId("sec"),
      event.kind,
      event.actor?.userId,
      event.loginHash,
      bounded(event.address),
      bounded(event.path),
      JSON.stringify(detail),
    ],
  );
}

function bounded(text: string): string;
function bounded(text: string | undefined): string | undefined;
function bounded(text: string | undefined): string | undefined {
  return text?.slice(0, textLengthMax).replace(/\p{C}/gu, "�");
}
