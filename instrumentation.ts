/** Runs once per server process, before the first request: starts the projections, and sees to a clean stop. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { runtime } = await import("@/infra/runtime");
    const { stopOnSignals } = await import("@/infra/shutdown/stop-on-signals");
    const { startRunner } = await import("@/projections/runner");
    stopOnSignals(() => runtime().close());
    startRunner(runtime());
  }
}
