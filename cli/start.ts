import { parseArgs } from "node:util";
import { serve } from "@/cli/launch/serve";

export const usage = `
Usage: npm start

Starts the bank: PostgreSQL, migrations, a build if the sources changed, demo data in a new demo book, the server.
A second start prints where the first one listens. Ctrl-C or SIGTERM stops everything.

Environment:
  PORT              port to listen on (3000, or the next free one)
  HOST              address to listen on (127.0.0.1: this machine alone)
  DATABASE_URL      a PostgreSQL (15 or newer) of your own, as its owner, instead of the embedded one
  DATABASE_APP_URL  the application's login that reads, and where the others are found; made by itself where the owner may
  DATABASE_WRITER_URL, …_PROJECTOR_URL, …_SEALER_URL, …_IDENTITY_URL  its other logins (docs/operating.md)
  DAYBOOK_DATA      folder for database, secrets and stamps (.data)
  DAYBOOK_DEMO      on or off: whether a new book is a demo (on with the embedded database, else off)
  DAYBOOK_ZONE      the bank's time zone, for a new book (Europe/Berlin)
  DAYBOOK_ORIGIN    the address people type, when it is another one (https://bank.example)
  DAYBOOK_TRUSTED_PROXIES  networks of remote proxies that are believed in X-Forwarded-For (10.0.0.0/8, …)
  DAYBOOK_SMTP_URL  where mail goes (smtp://user:password@host:587); without it, into an outbox folder below the data folder
  DAYBOOK_MAIL_FROM sender of mail (daybook@ the host people type)
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  return serve("start");
}
