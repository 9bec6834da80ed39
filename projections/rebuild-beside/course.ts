import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { transaction } from "@/infra/postgres/transaction";
import type { Beside } from "../log-reader";
import { unlessCalledOff } from "./called-off";
import { added, compareCopies, type Differences, nothingCompared, type Stretch } from "./compare";
import { type Fill, fillTo, reachedBy } from "./fill";
import { isLockNotAvailable } from "./lock-not-available";
import { type Live, liveOf, noteProgress, type Rebuild } from "./state";
import { olderEnded, swapIn } from "./swap";

/** So close behind, the rest is folded and compared while the live read model is held. */
const EVENTS_UNDER_HOLD_MAX = 500n;
const roundsMax = 10_000;
const swapAttemptMsMax = 600_000;
const aheadPollMs = 100;

export type Course = Fill & { beside: Beside; rebuild: Rebuild };

/** Fills the shadow, compares it and swaps it in. It returns early where somebody stops, cancels or has to decide. */
export async function runCourse(course: Course): Promise<void> {
  const { runtime, reader, rebuild, signal } = course;
  const { projector: pool } = runtime.pools;
  if (!(await noteProgress(pool, reader.name, { status: "running" }))) return;
  const live = await liveOf(pool, reader.name);
  const isCompared = rebuild.purpose === "rebuild" && live.inLog && live.position > 0n;
  if (!(await fillBehindLive(course, live))) return;

  const { indexed } = rebuild;
  if (!indexed) {
    const complete = (client: pg.PoolClient) => client.query("select complete_shadow($1)", [course.beside.table]);
    if (!(await unlessCalledOff(course, complete))) return;
    if (!(await noteProgress(pool, reader.name, { indexed: true }))) return;
    if (!(await fillBehindLive(course, live))) return;
  }
  if (
    !(await noteProgress(pool, reader.name, {
      status: isCompared ? "comparing" : "level",
      compared: null,
      differences: null,
      firstDifference: null,
    }))
  )
    return;
  const compared = isCompared ? await compareBehindLive(course) : undefined;
  if (isCompared && !compared) return;
  const isNewFold = live.revision !== null && live.revision < reader.revision;
  if (compared && isNewFold) await noteProgress(pool, reader.name, noted(compared.differences)); // expected: told, no obstacle
  const exact = compared && !isNewFold ? compared : undefined;
  if (!exact) await fillTo(course, (await reachedBy(pool, reader.name)).parts, live.inLog ? bigger(live) : live.head);
  if (!signal.aborted) await swapWhenPossible(course, exact);
}

const bigger = ({ head, position }: Live): bigint => (head > position ? head : position);
const noted = ({ compared, count, first }: Differences) => ({ compared, differences: count, firstDifference: first });

/** To where the live read model is, again until only a little is left; where that stands on no sound ground, to the log's end. False: stopped. */
async function fillBehindLive(course: Course, first: Live): Promise<boolean> {
  const { runtime, reader, signal } = course;
  const follows = first.inLog && first.position > 0n;
  for (let round = 0; round < roundsMax; round++) {
    const { head, position } = await liveOf(runtime.pools.projector, reader.name);
    const target = follows ? position : head;
    if (!(await noteProgress(runtime.pools.projector, reader.name, { target: target > head ? target : head }))) return false;
    const { parts, to } = await reachedBy(runtime.pools.projector, reader.name);
    if (parts === 0 || signal.aborted) return false;
    if (to > target)
      await delay(aheadPollMs, undefined, { signal }).catch(() => {}); // the live one was set back, and comes
    else if (target - to <= EVENTS_UNDER_HOLD_MAX && round > 0) return true;
    await fillTo(course, parts, target);
  }
  throw new Error(`${reader.name} moves on faster than it can be rebuilt`);
}

type Compared = { differences: Differences; to: bigint };

/** While the live read model goes on: whole tables first, then what came meanwhile, until only a little is left. Undefined: called off. */
async function compareBehindLive(course: Course): Promise<Compared | undefined> {
  const { runtime, reader, beside } = course;
  let compared: Compared = { differences: nothingCompared, to: 0n };
  for (let round = 0; round < roundsMax; round++) {
    const { to } = await reachedBy(runtime.pools.projector, reader.name);
    const stretch: Stretch = { from: compared.to, to };
    const found = await unlessCalledOff(course, (client) => compareCopies(client, beside, stretch));
    if (!found) return undefined;
    compared = { differences: added(compared.differences, found), to };
    if (!(await fillBehindLive(course, { ...(await liveOf(runtime.pools.projector, reader.name)), inLog: true })))
      return undefined;
    if ((await reachedBy(runtime.pools.projector, reader.name)).to - to <= EVENTS_UNDER_HOLD_MAX) return compared;
  }
  throw new Error(`${reader.name} moves on faster than it can be compared`);
}

/** Tries until nobody reads for so long that it would have to wait, or be made to wait. */
async function swapWhenPossible(course: Course, compared: Compared | undefined): Promise<void> {
  const { runtime, reader, signal } = course;
  const deadline = performance.now() + swapAttemptMsMax;
  let from = compared;
  for (let attempt = 1; performance.now() < deadline && !signal.aborted; attempt++) {
    const tried = await swapOnce(course, from, attempt).catch((error: unknown) => {
      if (isLockNotAvailable(error)) return "later" as const;
      throw error;
    });
    if (tried === "over") return;
    const fault = "waits for a transaction that has read the old one for long";
    if (!(await noteProgress(runtime.pools.projector, reader.name, { fault }))) return;
    await delay(Math.min(50 * attempt, 2_000), undefined, { signal }).catch(() => {});
    if (from) from = await compareOn(course, from);
  }
  if (!signal.aborted)
    throw new Error(`${reader.name} was read without a pause for ${swapAttemptMsMax / 60_000} minutes: not swapped`);
}

/** Keeps what is left to do under the hold small, however often it is tried. */
async function compareOn(course: Course, compared: Compared): Promise<Compared> {
  const { runtime, reader, beside } = course;
  await fillBehindLive(course, { ...(await liveOf(runtime.pools.projector, reader.name)), inLog: true });
  const { to } = await reachedBy(runtime.pools.projector, reader.name);
  if (to <= compared.to) return compared;
  return {
    differences: added(compared.differences, await compareCopies(runtime.pools.projector, beside, { from: compared.to, to })),
    to,
  };
}

/** Every fifth attempt outwaits autovacuum, which gives way after a second. */
const lockMsMax = (attempt: number): number => (attempt % 5 === 0 ? 1_500 : 150);

/**
 * Holds the live read model where it is, brings the shadow to that very position, compares what is left, and swaps. Readers go on but for the
 * moment of the swap itself.
 */
function swapOnce(course: Course, compared: Compared | undefined, attempt: number): Promise<"over" | "later"> {
  const { runtime, reader, beside, rebuild } = course;
  return transaction(runtime.pools.projector, async (client) => {
    await client.query("set local idle_in_transaction_session_timeout = '10s'; set local lock_timeout = '5s'");
    await client.query("select from projection_checkpoints where name = $1 for update", [reader.name]);
    const live = await liveOf(client, reader.name);
    if ((live.revision ?? 0) > rebuild.revision && rebuild.purpose === "rebuild")
      throw new Error(`${reader.name} was made by a newer Daybook`);
    const target = compared ? live.position : live.inLog ? bigger(live) : live.head;
    const { parts } = await reachedBy(runtime.pools.projector, reader.name);
    await fillTo({ ...course, brake: { ...course.brake, pass: async () => {} } }, parts, target); // commits, and so is seen by all who come after
    const { parts: standing, to } = await reachedBy(runtime.pools.projector, reader.name);
    if (course.signal.aborted || standing === 0) return "over";
    if (to !== target) return "later";
    if (compared) {
      const rest = compared.to < target ? await compareCopies(client, beside, { from: compared.to, to: target }) : undefined;
      const differences = rest ? added(compared.differences, rest) : compared.differences;
      const isHeldUp = differences.count > 0n && !rebuild.accept;
      const change = { ...noted(differences), ...(isHeldUp && { status: "differs" as const }) };
      if (!(await noteProgress(runtime.pools.projector, reader.name, change)) || isHeldUp) return "over";
    }
    if (!(await olderEnded(client))) return "later";
    await swapIn(client, rebuild, beside, { position: target, lockMsMax: lockMsMax(attempt) });
    return "over";
  });
}
