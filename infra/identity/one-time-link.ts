import { randomBytes } from "node:crypto";
import type { UserId } from "@/domain/ids";
import type { Identity } from "@/infra/identity/identity";
import { findLoginById, type Login } from "@/infra/identity/people";
import type { Db } from "@/infra/postgres/connect";

export const resetLinkMsValid = 30 * 60_000;
export const staffLinkMsValid = 24 * 3_600_000;

const identifierOf = (token: string) => `reset-password:${token}`; // as better-auth's resetPassword looks it up, hashed

/** A link that lets the owner of a login choose a password, once. The database holds a hash of its token. */
export async function makeLink({ auth, origin }: Identity, userId: UserId, msValid: number): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const { internalAdapter } = await auth.$context;
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: userId,
    expiresAt: new Date(Date.now() + msValid),
  });
  return `${origin}/reset-password/${token}`;
}

/** Whose link this is, while it can still be used. */
export async function ownerOfLink({ auth, pool }: Identity, token: string): Promise<Login | undefined> {
  if (!/^[\w-]{32}$/.test(token)) return undefined;
  const { internalAdapter } = await auth.$context;
  const link = await internalAdapter.findVerificationValue(identifierOf(token));
  if (!link || link.expiresAt <= new Date()) return undefined;
  return findLoginById(pool, link.value);
}

/** A changed password makes every link that was sent before it worthless. */
export async function withdrawLinks(db: Db, userId: UserId): Promise<void> {
  await db.query("delete from verifications where value = $1", [userId]);
}
