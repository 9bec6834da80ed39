const DAY_MS = 86_400_000;

/** The days of a book: from the first one, at midnight UTC, to the moment that the book ends. */
export type Days = { first: Date; end: Date; count: number };

/** The months before `end`, whole days. */
export function daysBefore(end: Date, months: number): Days {
  const first = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, Math.min(end.getUTCDate(), 28)));
  return { first, end, count: Math.floor((end.getTime() - first.getTime()) / DAY_MS) + 1 };
}

/** The instant at an hour (with fraction) of a household's own day; `day` counts from 0. */
export function instantOf({ first }: Days, day: number, localHour: number, utcOffset: number): Date {
  return new Date(first.getTime() + day * DAY_MS + Math.round((localHour - utcOffset) * 3_600_000));
}

export type MonthDay = { day: number; monthsSince: number };

/** The days of the book that are the `on`-th of their month (or its last), pulled to Friday from weekends if `weekday`. */
export function monthly({ first, count }: Days, on: number, weekday = false): MonthDay[] {
  const found: MonthDay[] = [];
  for (let months = 0; months <= Math.ceil(count / 28); months++) {
    const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + months];
    const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const date = new Date(Date.UTC(year, month, Math.min(on, lastOfMonth)));
    const late = weekday ? Math.max(0, ((date.getUTCDay() + 6) % 7) - 4) : 0;
    const day = Math.round((date.getTime() - first.getTime()) / DAY_MS) - late;
    if (day >= 0 && day < count) found.push({ day, monthsSince: months });
  }
  return found;
}
