import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Role } from "@/domain/access/policy";
import { type CurrentSession, currentSession } from "@/infra/identity/current-session";
import { identity } from "@/infra/identity/identity";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { requestFacts } from "./request-facts";
import { ownPath } from "./return-to";
import { bringsForm, noteUnsentForm } from "./unsent-form";

/** The session of this request, read once. */
const sessionOfRequest = cache(async (activity: boolean): Promise<CurrentSession | null> => {
  const { headers } = await requestFacts();
  return currentSession(identity(), headers, { activity });
});

/** Who is signed in, with the role held now, or null. Counts as activity. */
export async function currentActor(): Promise<Actor | null> {
  return (await sessionOfRequest(true))?.actor ?? null;
}

/** The session behind a live stream: it counts as no activity, so that an open page does not keep itself signed in. */
export function watchingSession(): Promise<CurrentSession | null> {
  return sessionOfRequest(false);
}

/** Who is signed in; anybody else is sent to sign in and comes back afterwards. */
export async function requireActor(): Promise<Actor> {
  return (await requireSession()).actor;
}

/** The same with the session that it is. */
export async function requireSession(): Promise<CurrentSession> {
  const session = await sessionOfRequest(true);
  if (session) return session;
  const facts = await requestFacts();
  const back = ownPath(facts.path);
  if (bringsForm(facts)) await noteUnsentForm(back);
  redirect(back === "/" ? "/sign-in" : `/sign-in?returnTo=${encodeURIComponent(back)}`);
}

/** Somebody who holds one of these roles; to everybody else the page is not there. */
export async function requireRole(...allowed: readonly Role[]): Promise<Actor> {
  const actor = await requireActor();
  if (allowed.includes(actor.role)) return actor;
  const { address, path } = await requestFacts();
  await recordSecurityEvent(identity().pool, {
    kind: "role_refused",
    actor,
    address,
    path: path.split("?")[0],
    detail: { role: actor.role },
  });
  notFound();
}
