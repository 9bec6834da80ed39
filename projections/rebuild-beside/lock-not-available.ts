import { sqlState } from "../parked/blames-events";

/** Whether a lock was not to be had within the time that was set for it (SQLSTATE 55P03): nothing was done. */
export const isLockNotAvailable = (error: unknown): boolean => sqlState(error) === "55P03";
