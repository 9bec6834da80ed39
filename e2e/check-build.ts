/** Stops the run if an older server answers at the address: its answers would prove nothing. */
export default async function checkBuild(): Promise<void> {
  const { E2E_BASE_URL, E2E_BUILD } = process.env;
  if (!E2E_BUILD) return;
  const response = await fetch(`${E2E_BASE_URL}/api/health`);
  const { build } = (await response.json()) as { build: string };
  if (build !== E2E_BUILD) throw new Error(`The server at ${E2E_BASE_URL} is build ${build}, not ${E2E_BUILD}`);
}
