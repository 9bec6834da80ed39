/** A count, with separators. */
export const whole = (value: number | bigint): string => value.toLocaleString("en-US");

/** Events a second; below ten with one digit. */
export function rate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.05) return "under 0.1";
  return perSecond === 0 || perSecond >= 10 ? whole(Math.round(perSecond)) : perSecond.toFixed(1);
}

export const perSecond = (events: number): string => `${rate(events)} events/s`;

/** A stretch of time as people say it: "0.8 ms", "8.3 s", "2 min 5 s", "3 h 20 min". */
export function duration(ms: number): string {
  if (ms < 1_000) return ms < 10 ? `${ms === 0 ? 0 : ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How far ahead a clock is, behind with a minus: "+12 ms", "−3 ms", "0 ms". */
export function ahead(ms: number): string {
  const rounded = Math.round(ms);
  return `${rounded === 0 ? "" : rounded < 0 ? "−" : "+"}${whole(Math.abs(rounded))} ms`;
}

/** How far back something reaches: "40 s", "minute", "5 minutes". */
export function minutes(ms: number): string {
  if (ms < 59_500) return `${Math.max(1, Math.round(ms / 1_000))} s`;
  const count = Math.round(ms / 60_000);
  return count === 1 ? "minute" : `${count} minutes`;
}

/** Room on a disk. */
export function room(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes < 1) return `${whole(Math.ceil(bytes / 1_000))} kB`;
  return megabytes < 1_000 ? `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB` : `${(megabytes / 1_000).toFixed(1)} GB`;
}
