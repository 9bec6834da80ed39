import type pg from "pg";
import { env } from "@/infra/config/env";
import { secrets } from "@/infra/config/secrets";
import { type Auth, createAuth } from "@/infra/identity/auth";
import { deviceKeyFrom } from "@/infra/identity/device-cookie";
import { configuredMail } from "@/infra/mail/configured-mail";
import type { SendMail } from "@/infra/mail/mail";
import { runtime } from "@/infra/runtime";

/** What sign-in, registration and links need. */
export type Identity = { auth: Auth; pool: pg.Pool; hmacKey: Buffer; deviceKey: Buffer; origin: string; sendMail: SendMail };

const slot = Symbol.for("daybook.identity.1");
type Holder = { [slot]?: Identity };

/** This process's identity service, on the runtime's connections. */
export function identity(): Identity {
  const holder = globalThis as Holder;
  holder[slot] ??= createIdentity({
    pool: runtime().pools.identity,
    secret: secrets().session,
    hmacKey: secrets().hmac,
    origin: env().origin,
    sendMail: configuredMail(env()),
  });
  return holder[slot];
}

export function createIdentity(options: {
  pool: pg.Pool;
  secret: string;
  hmacKey: Buffer;
  origin: string;
  sendMail: SendMail;
}): Identity {
  const { pool, secret, hmacKey, origin, sendMail } = options;
  return { auth: createAuth({ pool, secret, origin }), pool, hmacKey, deviceKey: deviceKeyFrom(hmacKey), origin, sendMail };
}
