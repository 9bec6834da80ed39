import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { credentials } from "@/infra/identity/credentials.table";
import { hashedSessionTokens } from "@/infra/identity/hashed-session-tokens";
import { hashPassword, verifyPassword } from "@/infra/identity/password-hashing";
import { passwordLengthMin } from "@/infra/identity/password-rules";
import { sessionInOneQuery } from "@/infra/identity/session-in-one-query";
import { sessionSecondsMax } from "@/infra/identity/session-limits";
import { sessions } from "@/infra/identity/sessions.table";
import { signInAs } from "@/infra/identity/sign-in-as";
import { users } from "@/infra/identity/users.table";
import { verifications } from "@/infra/identity/verifications.table";
import { newId, newUserId } from "@/infra/ids";
import { logger } from "@/infra/logging/logger";

export type Auth = ReturnType<typeof createAuth>;

const idPrefixes: Readonly<Record<string, string>> = { session: "ses", account: "crd", verification: "vrf" };

/**
 * Where people type an https address, browsers take the cookie from that very host over https alone: its name says so.
 * Lax, so that a link in a mail finds one signed in.
 */
function cookiesFor(origin: string) {
  const secure = origin.startsWith("https://");
  return {
    cookiePrefix: secure ? "__Host-daybook" : "daybook",
    useSecureCookies: false, // by itself better-auth writes the weaker `__Secure-`
    defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

/**
 * better-auth on our tables, called on the server only: none of its routes is mounted, so its own rate limit, CSRF and origin
 * checks never run. Ours stand in front of every action (app/_server/origin.ts, throttle.ts).
 */
export function createAuth(options: { pool: pg.Pool; secret: string; origin: string }) {
  const db = drizzle({ client: options.pool });
  const schema = { user: users, session: sessions, account: credentials, verification: verifications };
  return betterAuth({
    appName: "Daybook",
    baseURL: options.origin,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log: (level, message) => logger[level === "error" ? "error" : "info"]({ from: "better-auth" }, message),
    },
    rateLimit: { enabled: false },
    database: hashedSessionTokens(
      sessionInOneQuery(drizzleAdapter(db, { provider: "pg", schema, transaction: true }), options.pool),
    ),
    advanced: {
      ...cookiesFor(options.origin),
      ipAddress: { disableIpTracking: true },
      database: { generateId: ({ model }) => (model === "user" ? newUserId() : newId(idPrefixes[model] ?? "idn")) },
    },
    user: {
      additionalFields: {
        role: { type: "string", required: true, input: false },
        partyId: { type: "string", required: false, input: false },
      },
    },
    session: {
      expiresIn: sessionSecondsMax,
      disableSessionRefresh: true, // the end stands from the start; idleness is ours to measure
      additionalFields: { lastSeenAt: { type: "date", required: true, input: false, defaultValue: () => new Date() } },
    },
    verification: { storeIdentifier: "hashed" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // registration makes a party too, in one transaction: people.ts
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: 512, // UTF-16 units; the rule people meet counts characters
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    plugins: [signInAs()],
  });
}
