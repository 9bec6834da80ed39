import type { Env } from "@/infra/config/env";
import type { SendMail } from "./mail";
import { outbox } from "./outbox";
import { smtp } from "./smtp";

/** How this process sends: by SMTP where a server is set, else into the outbox folder. */
export function configuredMail({ smtpUrl, mailFrom, dataDir }: Pick<Env, "smtpUrl" | "mailFrom" | "dataDir">): SendMail {
  const fallback = outbox(dataDir);
  return smtpUrl === undefined ? fallback : smtp({ url: smtpUrl, from: mailFrom, fallback });
}
