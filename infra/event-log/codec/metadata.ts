import { z } from "zod";
import { roles } from "@/domain/access/policy";
import type { EventName } from "@/domain/ids";
import { EventFromNewerBuild, MisshapenEvent } from "./unreadable-event";

const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`));
const actor = z.string().regex(/^(usr_[0-7][0-9a-hjkmnp-tv-z]{25}|job:[a-z][a-z0-9-]{0,40})$/);
const instant = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/);

/** Who decided, for whom, by what right, when and how. Strings only, and never a name, an e-mail or an address. */
export const eventMetadata = z.strictObject({
  v: z.literal("1"),
  actor,
  /** The party that the login acted for. */
  actingFor: id("pty").nullable(),
  /** As held at that moment. */
  role: z.enum(roles),
  authStrength: z.enum(["password", "system"]),
  approvals: z.exactOptional(z.strictObject({ maker: actor, checker: actor })),
  commandId: id("cmd"),
  correlationId: z.string().min(1).max(200),
  /** The event that this one follows from. */
  causationId: z.exactOptional(z.string().regex(/^[a-z]+_[0-9a-z]{26}@[1-9][0-9]*$/)),
  channel: z.enum(["web", "terminal", "job", "import"]),
  decidedAt: instant,
  /** The date of `decidedAt` in the bank's zone. */
  bankDate: z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
  build: z.string().min(1).max(100),
  imported: z.exactOptional(z.literal("yes")),
});

export type EventMetadata = z.infer<typeof eventMetadata>;

/** `name` is for the message. @throws EventFromNewerBuild, MisshapenEvent for anything else that is wrong. */
export function parseMetadata(stored: unknown, name?: EventName): EventMetadata {
  const version = typeof stored === "object" && stored !== null && "v" in stored ? stored.v : undefined;
  if (typeof version === "string" && version !== "1") {
    throw new EventFromNewerBuild({ type: "metadata", schemaVersion: version }, "1", name);
  }
  const parsed = eventMetadata.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new MisshapenEvent({ type: "metadata", schemaVersion: "1" }, name, { cause: parsed.error });
}
