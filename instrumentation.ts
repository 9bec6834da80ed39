/** Runs once per server process, before the first request: starts the projections, their rebuilder and the sealer, and sees to a clean stop. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { env } = await import("@/infra/config/env");
    const { standInFront } = await import("@/infra/front/stand-in-front");
    standInFront(env().origin);
    const { runtime } = await import("@/infra/runtime");
    const { build } = await import("@/infra/config/build");
    const { logger } = await import("@/infra/logging/logger");
    const { startLooks } = await import("@/infra/metrics/recent-commands");
    const { becomeOutdated } = await import("@/infra/schema/outdated");
    const { startSealer } = await import("@/infra/seals/sealer");
    const { stopOnSignals } = await import("@/infra/shutdown/stop-on-signals");
    const { startReaderRates } = await import("@/projections/reader-rates");
    const { startRebuilder } = await import("@/projections/rebuild-beside/rebuilder");
    const { startRunner } = await import("@/projections/runner");
    const { startVerifier } = await import("@/projections/verifier/verifier");
    const { stopOvertaken } = stopOnSignals(() => runtime().close());
    runtime().schema.start((tooOld) => {
      becomeOutdated(tooOld);
      logger.fatal({ build: build(), why: tooOld.message }, "build too old for the book: answers 503, then stops");
      void stopOvertaken();
    });
    startLooks(runtime());
    startReaderRates(runtime());
    startRunner(runtime());
    startRebuilder(runtime());
    startSealer(runtime(), env().sealFile);
    startVerifier(runtime(), env().sealFile);
  }
}
