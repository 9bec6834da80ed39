/** A session ends this long after sign-in, whatever happens. */
export const sessionSecondsMax = 12 * 3600;

/** A session ends after this long without a request by its person. Live updates are no activity. */
export const sessionIdleMsMax = 30 * 60_000;

/** How often activity is written down: one small UPDATE a minute and session. */
export const sessionSeenEveryMs = 60_000;
