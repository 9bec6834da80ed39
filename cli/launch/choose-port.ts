import { WrongConfiguration } from "@/infra/config/wrong-configuration";
import { portIsFree } from "@/infra/processes/free-port";

const first = 3000;
const triesMax = 100;

/** The port that was asked for, or an error when it is taken; without one, the first free port from 3000 on. */
export async function choosePort(wanted: number | undefined, host: string): Promise<number> {
  if (wanted !== undefined) {
    if (await mayListen(wanted, host)) return wanted;
    throw new Error(`PORT ${wanted} on ${host} is taken by another program. Choose another one, or leave PORT unset.`);
  }
  for (let port = first; port < first + triesMax; port += 1) if (await mayListen(port, host)) return port;
  throw new Error(`All ports from ${first} to ${first + triesMax - 1} are taken: set PORT.`);
}

async function mayListen(port: number, host: string): Promise<boolean> {
  try {
    return await portIsFree(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES") throw new WrongConfiguration([`PORT ${port} may not be used by this login: choose one from 1024 on.`]);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
      throw new WrongConfiguration([
        `HOST ${host} is no address of this machine: leave it unset for this machine alone, or set 0.0.0.0 for all.`,
      ]);
    throw error;
  }
}
