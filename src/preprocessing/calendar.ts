/** Calendar parts of a moment; all in UTC. */
export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'dayOfWeek'
  | 'dayOfYear'
  | 'hour'
  | 'minute'
  | 'second'
  | 'isWeekend'
  | 'isMonthStart'
  | 'isMonthEnd'
  | 'timestamp';

/** A part that comes round: how long one round is, and where it starts. */
export type CyclicPart = 'month' | 'day' | 'dayOfWeek' | 'dayOfYear' | 'hour' | 'minute' | 'second';

const DAY = 86_400_000;

const readers: Readonly<Record<DatePart, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date) => date.getUTCMonth() + 1,
  week: isoWeek,
  day: (date) => date.getUTCDate(),
  dayOfWeek: (date) => (date.getUTCDay() + 6) % 7,
  dayOfYear,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds() + date.getUTCMilliseconds() / 1000,
  isWeekend: (date) => (date.getUTCDay() % 6 === 0 ? 1 : 0),
  isMonthStart: (date) => (date.getUTCDate() === 1 ? 1 : 0),
  isMonthEnd: (date) => (new Date(date.getTime() + DAY).getUTCDate() === 1 ? 1 : 0),
  timestamp: (date) => date.getTime() / 1000,
};

export const dateParts = Object.keys(readers) as readonly DatePart[];
export const cyclicParts: readonly CyclicPart[] = ['month', 'day', 'dayOfWeek', 'dayOfYear', 'hour', 'minute', 'second'];

/**
 * A part of a moment given in milliseconds since 1970-01-01 UTC. month, day, week, quarter and dayOfYear count from 1,
 * dayOfWeek from 0 for Monday; week is ISO 8601's; second has a fraction; timestamp is in seconds.
 * Counterpart: pandas' Series.dt.
 */
export function datePart(milliseconds: number, part: DatePart): number {
  return readers[part](new Date(milliseconds));
}

/** How far round a part is, from 0 up to 1. A month's days and a year's are counted by that month and year. */
export function cyclePosition(milliseconds: number, part: CyclicPart): number {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  switch (part) {
    case 'month':
      return date.getUTCMonth() / 12;
    case 'day':
      return (date.getUTCDate() - 1) / new Date(Date.UTC(2000 + (year % 400), date.getUTCMonth() + 1, 0)).getUTCDate();
    case 'dayOfWeek':
      return readers.dayOfWeek(date) / 7;
    case 'dayOfYear':
      return (dayOfYear(date) - 1) / (new Date(Date.UTC(2000 + (year % 400), 1, 29)).getUTCMonth() === 1 ? 366 : 365);
    case 'hour':
      return date.getUTCHours() / 24;
    case 'minute':
      return date.getUTCMinutes() / 60;
    case 'second':
      return readers.second(date) / 60;
  }
}

function dayOfYear(date: Date): number {
  const start = new Date(0).setUTCFullYear(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start) / DAY) + 1;
}

/** Week 1 is the one with the year's first Thursday. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}
