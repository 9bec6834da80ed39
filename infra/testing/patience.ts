/**
 * How long tests wait. Limits are against hanging alone: no test measures how fast the machine is, since others may be at
 * work on it. A slower one sets the factor, for all of them at once.
 */
const factor = Number(process.env.DAYBOOK_TEST_PATIENCE ?? 1);

/** For one test from beginning to end. */
export const testMsMax = factor * 10 * 60_000;

/** For one condition that a test waits for. */
export const waitMsMax = factor * 3 * 60_000;
