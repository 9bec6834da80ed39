import { AsyncLocalStorage } from "node:async_hooks";
import { hash, verify } from "@node-rs/argon2";
import { unitsMax } from "@/domain/text/bounds";
import { normalise, TextTooLong } from "@/domain/text/normalise";
import { type BoundedGate, createBoundedGate } from "@/infra/identity/bounded-gate";

/**
 * OWASP's floor for argon2id (19 MiB, t=2, p=1), about 25 ms here. A verification reads the cost from the stored hash,
 * so raising it later breaks nobody.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Whose hash it is. A stranger tries passwords. An owner has shown something that strangers lack: a
 * known device, a session, or a link. Strangers who fill their lane do not hold up owners.
 */
export type HashingLane = "stranger" | "owner";

/** 5 × 19 MiB at once; 32 waiting take about 0.3 s. Beyond that one is told "busy" instead of starving the bank. */
const limits: Readonly<Record<HashingLane, { running: number; waiting: number }>> = {
  stranger: { running: 3, waiting: 32 },
  owner: { running: 2, waiting: 32 },
};

const slot = Symbol.for("daybook.hashing.2");
type Hashing = { gates: Readonly<Record<HashingLane, BoundedGate>>; lane: AsyncLocalStorage<HashingLane> };
type Holder = { [slot]?: Hashing };

/** What `work` hashes, however deep, goes by this lane. */
export function inHashingLane<T>(lane: HashingLane, work: () => Promise<T>): Promise<T> {
  return hashing().lane.run(lane, work);
}

/** @throws GateFull when too many hashes wait already. */
export async function hashPassword(password: string): Promise<string> {
  return gate().run(() => hash(composed(password), cost));
}

/** @throws GateFull when too many hashes wait already. */
export async function verifyPassword(input: { hash: string; password: string }): Promise<boolean> {
  return gate().run(() => verify(input.hash, composed(input.password)));
}

function gate(): BoundedGate {
  const { gates, lane } = hashing();
  return gates[lane.getStore() ?? "stranger"];
}

/** One per process: Next loads this module more than once. */
function hashing(): Hashing {
  const holder = globalThis as Holder;
  holder[slot] ??= {
    gates: { stranger: createBoundedGate(limits.stranger), owner: createBoundedGate(limits.owner) },
    lane: new AsyncLocalStorage(),
  };
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
