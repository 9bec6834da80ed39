const first = Date.UTC(1970, 0, 1);
const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The years in which moments are asked for, however they are named. The book begins long after the first. */
export const momentYears = { first: 1970, last: 9999 } as const;

/** False for a date that is none. */
export const isInRange = (instant: Date): boolean => instant.getTime() >= first && instant.getTime() <= last;

/** Whether a wall clock in this year can be in range. The instant says whether it is: its zone may be ahead or behind. */
export const isNear = (year: number): boolean => year >= momentYears.first - 1 && year <= momentYears.last + 1;
