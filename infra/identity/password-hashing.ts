import { hash, verify } from "@node-rs/argon2";
import { unitsMax } from "@/domain/text/bounds";
import { normalise, TextTooLong } from "@/domain/text/normalise";
import { type BoundedGate, createBoundedGate } from "@/infra/identity/bounded-gate";

/**
 * OWASP's floor for argon2id (19 MiB, t=2, p=1), about 25 ms here. A verification reads the cost from the stored hash,
 * so raising it later breaks nobody.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** 4 × 19 MiB at once; 32 waiting take about 0.3 s. Beyond that a sign-in is told "busy" instead of starving the bank. */
const limits = { running: 4, waiting: 32 } as const;

const slot = Symbol.for("daybook.hashing.1");
type Holder = { [slot]?: BoundedGate };

/** @throws GateFull when too many hashes wait already. */
export async function hashPassword(password: string): Promise<string> {
  return gate().run(() => hash(composed(password), cost));
}

/** @throws GateFull when too many hashes wait already. */
export async function verifyPassword(input: { hash: string; password: string }): Promise<boolean> {
  return gate().run(() => verify(input.hash, composed(input.password)));
}

/** One gate per process: Next loads this module more than once. */
function gate(): BoundedGate {
  const holder = globalThis as Holder;
  holder[slot] ??= createBoundedGate(limits);
  return holder[slot];
}

/** Whether two inputs are one password. */
export function isSamePassword(one: string, other: string): boolean {
  return composed(one) === composed(other);
}

/** The same password typed on keyboards that compose accents differently. @throws TextTooLong beyond any password's length. */
function composed(password: string): string {
  if (password.length > unitsMax.password) throw new TextTooLong(password.length);
  return normalise(password, "NFKC");
}
