const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** 1 for "jan", "Jan" or "january"; undefined for what begins no month, or is too short to say which. */
export function monthNamed(name: string): number | undefined {
  const index = name.length < 3 ? -1 : months.findIndex((month) => month.startsWith(name.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}
