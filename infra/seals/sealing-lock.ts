/** One sealer at a time over all processes: an advisory lock on this key, any constant. */
export const sealingLockKey = 0x0da7b05e;
