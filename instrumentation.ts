/** Runs once per server process, before the first request: starts the projections, their rebuilder and the sealer, and sees to a clean stop. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { runtime } = await import("@/infra/runtime");
    const { env } = await import("@/infra/config/env");
    const { startLooks } = await import("@/infra/metrics/recent-commands");
    const { startSealer } = await import("@/infra/seals/sealer");
    const { stopOnSignals } = await import("@/infra/shutdown/stop-on-signals");
    const { startReaderRates } = await import("@/projections/reader-rates");
    const { startRebuilder } = await import("@/projections/rebuild-beside/rebuilder");
    const { startRunner } = await import("@/projections/runner");
    stopOnSignals(() => runtime().close());
    startLooks(runtime());
    startReaderRates(runtime());
    startRunner(runtime());
    startRebuilder(runtime());
    startSealer(runtime(), env().sealFile);
  }
}
