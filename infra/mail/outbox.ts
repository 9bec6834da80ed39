import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { newId } from "@/infra/ids";
import type { SendMail } from "@/infra/mail/mail";

/** Puts mail into `<data>/outbox`, one file each, readable by the bank's own user alone: they hold one-time links. */
export function outbox(dataDir: string): SendMail {
  const folder = path.join(dataDir, "outbox");
  return async ({ to, subject, text }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `${new Date().toISOString().replace(/[:.]/g, "-")}-${newId("eml")}.txt`;
    await writeFile(path.join(folder, name), `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600, flag: "wx" });
  };
}
