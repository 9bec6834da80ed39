import { setTimeout as delay } from "node:timers/promises";
import { createTransport } from "nodemailer";
import { isLoopback } from "@/infra/config/addresses";
import { logger } from "@/infra/logging/logger";
import type { SendMail } from "./mail";

export type SmtpOptions = {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  url: string;
  from: string;
  /** Where mail goes that no server took, so that nothing is lost. */
  fallback: SendMail;
  /** Between tries; their number is one less than that of the tries. */
  waitsMs?: readonly number[];
};

const timeoutMs = 10_000;

/** Sends by SMTP, over TLS to any server but one on this machine. Never rejects for a server's sake: what it does not take goes to `fallback`. */
export function smtp({ url, from, fallback, waitsMs = [1_000, 5_000] }: SmtpOptions): SendMail {
  const requireTLS = !isLoopback(new URL(url).hostname);
  const transport = createTransport({
    url,
    requireTLS,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: 2 * timeoutMs,
  });
  return async (mail) => {
    for (let tries = 0; ; tries++) {
      try {
        await transport.sendMail({ from, to: { name: "", address: mail.to }, subject: mail.subject, text: mail.text });
        return;
      } catch (error) {
        const waitMs = isDefinite(error) ? undefined : waitsMs[tries];
        logger.warn(
          { ...told(error), tries: tries + 1 },
          waitMs === undefined ? "mail not sent: put into the outbox" : "mail not sent yet",
        );
        if (waitMs === undefined) return fallback(mail);
        await delay(waitMs);
      }
    }
  };
}

/** A refusal that another try would meet again (RFC 5321 §4.2.1: 5yz). */
function isDefinite(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === "number" && responseCode >= 500;
}

/** Codes only: a server's words may repeat the address, or the message with its one-time link. */
function told(error: unknown) {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return { code, responseCode };
}
