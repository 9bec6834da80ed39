import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { isUnreadableRow, readableOnly } from "@/infra/rows/unreadable-row";
import type { Runtime } from "@/infra/runtime";
import { bookHealthOf } from "./book-health";
import { databaseVitals } from "./database-vitals";
import { healthOf } from "./health";
import { readerRates } from "./reader-rates";
import { rebuildsUnderWay } from "./rebuild-beside/state";
import { logReaders } from "./registry";

const slot = Symbol.for("daybook.process-metrics.1");
type Holder = { [slot]?: Registry };

/** Everything there is to measure, as Prometheus reads it. Gauges are of this moment; counters of this process since its start. */
export async function metricsText(runtime: Runtime): Promise<string> {
  const moment = new Registry();
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name: `daybook_${name}`, help, labelNames, registers: [moment] });
  await Promise.all([readModels(runtime, gauge), rebuilds(runtime, gauge), log(runtime, gauge)]);
  gauge("commands_waiting", "Commands waiting to be decided in this process").set(runtime.executor.waiting);
  const connections = gauge("pool_connections", "Connections of this process's pools, by role and state", ["role", "state"]);
  for (const [role, pool] of Object.entries({ reader: runtime.pool, ...runtime.pools })) {
    connections.set({ role, state: "idle" }, pool.idleCount);
    connections.set({ role, state: "used" }, pool.totalCount - pool.idleCount);
    connections.set({ role, state: "awaited" }, pool.waitingCount);
  }
  return Registry.merge([moment, runtime.metrics.registry, processMetrics()]).metrics();
}

export const metricsContentType: string = Registry.PROMETHEUS_CONTENT_TYPE;

type MakeGauge = <L extends string>(name: string, help: string, labelNames?: L[]) => Gauge<L>;

async function readModels(runtime: Runtime, gauge: MakeGauge): Promise<void> {
  const { projections } = await healthOf(runtime, { readers: logReaders });
  const position = gauge("projection_position", "Last position that the read model holds", ["projection"]);
  const behind = gauge("projection_lag_events", "Events that the read model has not seen", ["projection"]);
  const lag = gauge("projection_lag_seconds", "Age of the first event that it has not seen", ["projection"]);
  const held = gauge("held_accounts", "Accounts held at an event that cannot be applied", ["reader"]);
  for (const { name: projection, position: reached, lagEvents, lagMs, heldAccounts } of projections) {
    position.set({ projection }, Number(reached));
    behind.set({ projection }, Number(lagEvents));
    lag.set({ projection }, lagMs / 1_000);
    held.set({ reader: projection }, heldAccounts);
  }
  const rate = gauge("projection_events_per_second", "Events folded a second over the last minute", ["projection"]);
  for (const [projection, eventsPerSecond] of readerRates(runtime)) rate.set({ projection }, eventsPerSecond);
}

async function rebuilds({ pool }: Runtime, gauge: MakeGauge): Promise<void> {
  const state = gauge("rebuild_state", "1: where the last rebuild of the read model stands", ["projection", "state"]);
  const done = gauge("rebuild_done_events", "Events that the last rebuild has folded", ["projection"]);
  const target = gauge("rebuild_target_events", "Events that it has to fold", ["projection"]);
  const rate = gauge("rebuild_events_per_second", "Events it folds a second; absent while it folds none", ["projection"]);
  for (const { projection, status, ...rebuild } of readableOnly(await rebuildsUnderWay(pool))) {
    state.set({ projection, state: status }, 1);
    done.set({ projection }, Number(rebuild.done));
    target.set({ projection }, Number(rebuild.target));
    if (status === "running" && rebuild.eventsPerSecond !== null) rate.set({ projection }, rebuild.eventsPerSecond);
  }
}

async function log({ pool }: Runtime, gauge: MakeGauge): Promise<void> {
  const book = await bookHealthOf(pool);
  const { head, sealed, unsealed, unsealedCommands } = book.seals;
  gauge("log_head_position", "Position of the last event").set(Number(head));
  gauge("sealed_position", "Position up to which the log is sealed").set(Number(sealed));
  gauge("unsealed_events", "Events that no seal covers yet").set(Number(unsealed));
  gauge("unsealed_commands", "Commands that no seal covers yet, counted up to 1,000").set(Number(unsealedCommands.count));
  const open = book.findings.filter((one) => isUnreadableRow(one) || one.acceptedAt === null).length;
  gauge("findings_open", "Things found wrong in the book that nobody has accepted").set(open);
  gauge("accounts_under_review", "Accounts that take no commands because of a finding").set(book.accountsUnderReview);
  const stoppedMs = book.seals.stopped ? msSince(book.seals.stopped.since) : 0;
  gauge("sealing_stopped_seconds", "For how long a finding has kept the log from being sealed; 0: not at all").set(
    stoppedMs / 1_000,
  );
  const passAgeMs = msSince(book.verification?.finishedAt ?? null);
  gauge("verified_seconds_ago", "Since the last full pass over the book ended; NaN: none has").set(passAgeMs / 1_000);
  gauge("verified_sound", "1: the last full pass found nothing wrong").set(book.verification?.sound ? 1 : 0);
  gauge("verifier_position", "Events that the pass under way has checked").set(Number(book.verifier.position));
  const { notificationQueueUsage, clockAheadMs } = await databaseVitals(pool);
  gauge("notification_queue_ratio", "Used share of the database's notification queue").set(notificationQueueUsage);
  gauge("database_clock_ahead_seconds", "Database clock minus this process's clock").set(clockAheadMs / 1_000);
}

const msSince = (at: Date | null): number => (at ? Date.now() - at.getTime() : Number.NaN);

/** Of Node itself. On globalThis: Next loads a module up to three times, and each would watch the event loop again. */
function processMetrics(): Registry {
  const holder = globalThis as Holder;
  if (!holder[slot]) {
    holder[slot] = new Registry();
    collectDefaultMetrics({ register: holder[slot], prefix: "daybook_" });
  }
  return holder[slot];
}
