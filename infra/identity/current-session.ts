import type { Actor, Role } from "@/domain/access/policy";
import { roles } from "@/domain/access/policy";
import { parsePartyId, parseUserId } from "@/domain/ids";
import type { Identity } from "@/infra/identity/identity";
import { sessionIdleMsMax, sessionSeenEveryMs } from "@/infra/identity/session-limits";

export type CurrentSession = { actor: Actor; sessionId: string; expiresAt: Date };

/**
 * Who these headers are signed in as, with the role held now; null when nobody, too late or idle too long.
 * `activity: false` for what a page does by itself (live updates): it neither keeps a session alive nor revives an idle one.
 */
export async function currentSession(
  identity: Identity,
  headers: Headers,
  { activity }: { activity: boolean },
): Promise<CurrentSession | null> {
  const { auth, pool } = identity;
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (!found) return null;
  const { user, session } = found;
  const idleMs = Date.now() - session.lastSeenAt.getTime();
  if (idleMs > sessionIdleMsMax) {
    await pool.query("delete from sessions where id = $1", [session.id]);
    return null;
  }
  if (activity && idleMs > sessionSeenEveryMs)
    await pool.query("update sessions set last_seen_at = clock_timestamp() where id = $1", [session.id]);
  return { actor: actorOf(user), sessionId: session.id, expiresAt: session.expiresAt };
}

function actorOf(user: { id: string; role: string; partyId?: string | null | undefined }): Actor {
  const userId = parseUserId(user.id);
  const role = roles.find((known): known is Role => known === user.role);
  if (!userId || !role) throw new Error(`login ${user.id} has no known role`);
  return { userId, role, partyId: user.partyId ? (parsePartyId(user.partyId) ?? null) : null, authStrength: "password" };
}
