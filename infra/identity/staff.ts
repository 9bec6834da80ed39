import { z } from "zod";
import type { Role } from "@/domain/access/policy";
import type { Identity } from "@/infra/identity/identity";
import { mayBeCalled } from "@/infra/identity/name-rules";
import { makeLink, staffLinkMsValid, withdrawLinks } from "@/infra/identity/one-time-link";
import { createStaff, findLogin } from "@/infra/identity/people";
import { emailInput } from "@/infra/identity/register";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";

export const staffRole = z.enum(["teller", "auditor", "operator"]);

export const staffInput = z.strictObject({ email: emailInput, role: staffRole });

export type StaffOutcome = { kind: "link"; link: string; expiresAt: Date; isNew: boolean } | { kind: "other_role"; role: Role };

/**
 * Makes a login for a member of staff (or finds the one that already has this role) and a one-time link, valid 24 hours, to choose a
 * password. A login holds one role for life: an address with another role is refused.
 */
export async function addStaff(identity: Identity, input: z.infer<typeof staffInput>): Promise<StaffOutcome> {
  const { email, role } = input;
  const short = email.split("@")[0] ?? email;
  const name = (await mayBeCalled(identity.pool, short)) ? short : email; // until its owner chooses one
  const made = await createStaff(identity, { email, role, name });
  const login = made ?? (await findLogin(identity.pool, email));
  if (!login) throw new Error("the login vanished while it was made");
  if (login.role !== role) return { kind: "other_role", role: login.role };

  await withdrawLinks(identity.pool, login.userId);
  const link = await makeLink(identity, login.userId, staffLinkMsValid);
  await recordSecurityEvent(identity.pool, { kind: "staff_link_made", actor: login, detail: { role, by: "terminal" } });
  return { kind: "link", link, expiresAt: new Date(Date.now() + staffLinkMsValid), isNew: made !== undefined };
}
