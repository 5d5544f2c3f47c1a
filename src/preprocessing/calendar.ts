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
/** Days from 0000-03-01 to 1970-01-01, and of 400 years, after which the calendar comes round. */
const TO_EPOCH = 719_468;
const ROUND = 146_097;

/** A day: its year, month and day of the month, from 1. */
interface CivilDay {
  year: number;
  month: number;
  day: number;
}

/**
 * The date of a day, counted from 1970-01-01. Years are taken to begin in March, so that a leap day is their last; months
 * of 31 and 30 days then follow each other by 153 days in five months. (A Date for each part of each row takes twice as long.)
 */
function civilDay(days: number): CivilDay {
  const since = days + TO_EPOCH;
  const round = Math.floor(since / ROUND);
  const dayOfRound = (since - round * ROUND) | 0;
  const year = ((dayOfRound - ((dayOfRound / 1460) | 0) + ((dayOfRound / 36_524) | 0) - ((dayOfRound / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfRound - (365 * year + (year >> 2) - ((year / 100) | 0));
  const fromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return { year: 400 * round + year + (month <= 2 ? 1 : 0), month, day: dayOfYear - (((153 * fromMarch + 2) / 5) | 0) + 1 };
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
/** The day on which a year begins. */
function newYear(year: number): number {
  const before = year - 1;
  return 365 * (year - 1970) + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
}
const daysInMonth = ({ year, month }: CivilDay): number => (month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);

const dayOf = (milliseconds: number): number => Math.floor(milliseconds / DAY);
const ofDay = (milliseconds: number): number => milliseconds - dayOf(milliseconds) * DAY;
const civil = (milliseconds: number): CivilDay => civilDay(dayOf(milliseconds));
/** From 0 for Monday. */
const weekday = (days: number): number => (((days + 3) % 7) + 7) % 7;

const readers: Readonly<Record<DatePart, (milliseconds: number) => number>> = {
  year: (time) => civil(time).year,
  quarter: (time) => Math.floor((civil(time).month - 1) / 3) + 1,
  month: (time) => civil(time).month,
  week: isoWeek,
  day: (time) => civil(time).day,
  dayOfWeek: (time) => weekday(dayOf(time)),
  dayOfYear,
  hour: (time) => Math.floor(ofDay(time) / 3_600_000),
  minute: (time) => Math.floor(ofDay(time) / 60_000) % 60,
  second: (time) => (Math.floor(ofDay(time) / 1000) % 60) + (ofDay(time) % 1000) / 1000,
  isWeekend: (time) => (weekday(dayOf(time)) > 4 ? 1 : 0),
  isMonthStart: (time) => (civil(time).day === 1 ? 1 : 0),
  isMonthEnd: (time) => (civilDay(dayOf(time) + 1).day === 1 ? 1 : 0),
  timestamp: (time) => time / 1000,
};

export const dateParts = Object.keys(readers) as readonly DatePart[];
export const cyclicParts: readonly CyclicPart[] = ['month', 'day', 'dayOfWeek', 'dayOfYear', 'hour', 'minute', 'second'];

/**
 * A part of a moment given in milliseconds since 1970-01-01 UTC. month, day, week, quarter and dayOfYear count from 1,
 * dayOfWeek from 0 for Monday; week is ISO 8601's; second has a fraction; timestamp is in seconds.
 * Counterpart: pandas' Series.dt.
 */
export function datePart(milliseconds: number, part: DatePart): number {
  return readers[part](Math.trunc(milliseconds));
}

/** How far round a part is, from 0 up to 1. A month's days and a year's are counted by that month and year. */
export function cyclePosition(milliseconds: number, part: CyclicPart): number {
  const time = Math.trunc(milliseconds);
  switch (part) {
    case 'month':
      return (civil(time).month - 1) / 12;
    case 'day': {
      const today = civil(time);
      return (today.day - 1) / daysInMonth(today);
    }
    case 'dayOfWeek':
      return readers.dayOfWeek(time) / 7;
    case 'dayOfYear':
      return (dayOfYear(time) - 1) / (isLeap(civil(time).year) ? 366 : 365);
    case 'hour':
      return readers.hour(time) / 24;
    case 'minute':
      return readers.minute(time) / 60;
    case 'second':
      return readers.second(time) / 60;
  }
}

function dayOfYear(time: number): number {
  const days = dayOf(time);
  return days - newYear(civilDay(days).year) + 1;
}

/** Week 1 is the one with the year's first Thursday. */
function isoWeek(time: number): number {
  const days = dayOf(time);
  const thursday = days - weekday(days) + 3;
  return Math.floor((thursday - newYear(civilDay(thursday).year)) / 7) + 1;
}
