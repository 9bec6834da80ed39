import pino from "pino";

/** Structured log of this process, one JSON line each on stderr. Never holds names, texts, addresses or secrets. */
export const logger = pino(
  { level: process.env.DAYBOOK_LOG_LEVEL ?? "info", base: { name: "daybook" } },
  pino.destination({ dest: 2, sync: true }),
);
