import { portIsFree } from "@/infra/processes/free-port";

const first = 3000;
const triesMax = 100;

/** The port that was asked for, or an error when it is taken; without one, the first free port from 3000 on. */
export async function choosePort(wanted: number | undefined, host: string): Promise<number> {
  if (wanted !== undefined) {
    if (await portIsFree(wanted, host)) return wanted;
    throw new Error(`PORT ${wanted} on ${host} is taken by another program. Choose another one, or leave PORT unset.`);
  }
  for (let port = first; port < first + triesMax; port += 1) if (await portIsFree(port, host)) return port;
  throw new Error(`All ports from ${first} to ${first + triesMax - 1} are taken: set PORT.`);
}
