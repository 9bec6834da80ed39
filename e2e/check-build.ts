/** Stops the run if an older server answers at the address: its answers would prove nothing. */
export default async function checkBuild(): Promise<void> {
  const { E2E_BASE_URL, E2E_BUILD, E2E_METRICS_SECRET } = process.env;
  if (!E2E_BUILD) return;
  const headers = { authorization: `Bearer ${E2E_METRICS_SECRET}` }; // strangers are not told the build
  const response = await fetch(`${E2E_BASE_URL}/api/health`, { headers });
  const { build } = (await response.json()) as { build: string };
  if (build !== E2E_BUILD) throw new Error(`The server at ${E2E_BASE_URL} is build ${build}, not ${E2E_BUILD}`);
}
