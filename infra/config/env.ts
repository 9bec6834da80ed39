import path from "node:path";
import { z } from "zod";
import { type Networks, parseNetworks } from "./networks";

/** The environment, checked once. Where something is undefined, nothing was said about it. */
export type Env = {
  /** The owner's URL: migrations, imports. Absent in the server's process, which must not be the owner. */
  readonly databaseUrl: string | undefined;
  /** The application's URL; the owner's where no role of its own could be made. */
  readonly databaseAppUrl: string | undefined;
  /** Undefined: 3000, or the next free one. */
  readonly port: number | undefined;
  readonly host: string;
  readonly demo: "on" | "off" | undefined;
  /** Absolute path of the folder for database, secrets, stamps and outbox. */
  readonly dataDir: string;
  /** Absolute path of the file, outside the database, that seals are also written to. */
  readonly sealFile: string;
  /** The bank's zone (IANA) as asked for; what holds is written in the book. */
  readonly bankZone: string | undefined;
  /** Undefined: mail is put into the outbox folder. */
  readonly smtpUrl: string | undefined;
  /** The sender of mail. */
  readonly mailFrom: string;
  /** Proxies, beside those on this machine, that are believed about whom they speak for. */
  readonly trustedProxies: Networks | undefined;
  /** The address people type. */
  readonly origin: string;
  /** Every origin whose forms are accepted. */
  readonly origins: readonly string[];
  /** Lets browser tests pause the projections. Honoured only in a server that `npm test` started. */
  readonly testHooks: boolean;
};

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be a URL like postgres://user:password@host:5432/database",
});
const onOrOff = z.enum(["on", "off"], { error: 'must be "on" or "off"' });

const schema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((port) => port > 0 && port < 65_536, "must be a port number from 1 to 65535")
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or address")
    .default("127.0.0.1"),
  DAYBOOK_DEMO: onOrOff.optional(),
  DAYBOOK_DATA: z.string().default(".data"),
  DAYBOOK_SEAL_FILE: z.string().optional(),
  DAYBOOK_ZONE: z.string().refine(isZone, "must be an IANA time zone like Europe/Berlin").optional(),
  DAYBOOK_SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be a URL like smtp://user:password@host:587" }).optional(),
  DAYBOOK_MAIL_FROM: z.email("must be an e-mail address").optional(),
  DAYBOOK_TRUSTED_PROXIES: z
    .string()
    .transform((text, context): Networks => {
      const networks = parseNetworks(text);
      if (networks) return networks;
      context.addIssue("must be networks like 10.0.0.0/8, 2001:db8::/32");
      return z.NEVER;
    })
    .optional(),
  DAYBOOK_ORIGIN: z
    .url({ protocol: /^https?$/, error: "must be an origin like https://bank.example" })
    .refine(
      (text) => URL.canParse(text) && new URL(text).origin === text,
      "must be an origin alone, without a path or final slash",
    )
    .optional(),
  DAYBOOK_TEST_HOOKS: onOrOff.default("off"),
  DAYBOOK_TEST_SERVER: z.string().optional(),
});

let known: Env | undefined;

/** The checked environment of this process. Throws an error that names every variable that is wrong. */
export function env(): Env {
  known ??= readEnv(process.env);
  return known;
}

/** Forgets the environment that was read, after a command has set variables for what runs next. */
export function rereadEnv(): Env {
  known = undefined;
  return env();
}

/** Checks a set of variables. An empty value counts as absent. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = schema.safeParse(given);
  if (!read.success) throw new Error(read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("\n"));
  const values = read.data;
  const port = values.PORT ?? 3000;
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const origins = values.DAYBOOK_ORIGIN
    ? [values.DAYBOOK_ORIGIN]
    : isLoopback(values.HOST)
      ? local
      : [`http://${values.HOST}:${port}`, ...local];
  const origin = values.DAYBOOK_ORIGIN ?? local[0] ?? "";
  return {
    databaseUrl: values.DATABASE_URL,
    databaseAppUrl: values.DATABASE_APP_URL ?? values.DATABASE_URL,
    port: values.PORT,
    host: values.HOST,
    demo: values.DAYBOOK_DEMO,
    dataDir: path.resolve(values.DAYBOOK_DATA),
    sealFile: path.resolve(values.DAYBOOK_SEAL_FILE ?? path.join(values.DAYBOOK_DATA, "seals.txt")),
    bankZone: values.DAYBOOK_ZONE,
    smtpUrl: values.DAYBOOK_SMTP_URL,
    mailFrom: values.DAYBOOK_MAIL_FROM ?? `daybook@${new URL(origin).hostname}`,
    trustedProxies: values.DAYBOOK_TRUSTED_PROXIES,
    origin,
    origins,
    testHooks: values.DAYBOOK_TEST_HOOKS === "on" && values.DAYBOOK_TEST_SERVER === "1",
  };
}

/** Whether a server on this host can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
