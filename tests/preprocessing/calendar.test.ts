import fc from 'fast-check';
import { cyclePosition, datePart, dateParts, type DatePart } from '../../src/preprocessing/calendar.ts';

const DAY = 86_400_000;
const newYearOf = (date: Date): number => new Date(0).setUTCFullYear(date.getUTCFullYear(), 0, 1);
const dayOfYear = (date: Date): number => Math.floor((date.getTime() - newYearOf(date)) / DAY) + 1;
/** The same by JavaScript's own Date. */
const byDate: Record<DatePart, (date: Date) => number> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.ceil((date.getUTCMonth() + 1) / 3),
  month: (date) => date.getUTCMonth() + 1,
  week: (date) => Math.ceil(dayOfYear(new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY)) / 7),
  day: (date) => date.getUTCDate(),
  dayOfWeek: (date) => (date.getUTCDay() + 6) % 7,
  dayOfYear,
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds() + date.getUTCMilliseconds() / 1000,
  isWeekend: (date) => Number(date.getUTCDay() === 0 || date.getUTCDay() === 6),
  isMonthStart: (date) => Number(date.getUTCDate() === 1),
  isMonthEnd: (date) => Number(new Date(date.getTime() + DAY).getUTCDate() === 1),
  timestamp: (date) => date.getTime() / 1000,
};

// All that Date can tell of with a day around it, and again what people's data are of, to the millisecond and at midnight.
const times = fc.oneof(fc.integer({ min: -8.63e15, max: 8.63e15 }), fc.integer({ min: -2.3e12, max: 4.2e12 }), fc.integer({ min: -50_000, max: 50_000 }).map((days) => days * DAY));

test.each(dateParts)('%s is what Date says, before 1970 and in any year', (part) => {
  fc.assert(
    fc.property(times, (time) => {
      expect(datePart(time, part)).toBe(byDate[part](new Date(time)));
    }),
    { numRuns: 500 },
  );
});

test('every day of four hundred years follows the one before', () => {
  for (let days = -1; days <= 146_097; days++) {
    const date = new Date(days * DAY);
    if (datePart(days * DAY, 'day') !== date.getUTCDate() || datePart(days * DAY, 'dayOfYear') !== dayOfYear(date) || datePart(days * DAY, 'week') !== byDate.week(date)) throw new Error(date.toISOString());
  }
});

test('positions in a cycle go by the month and the year that they are in', () => {
  const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
  expect(cyclePosition(at('2024-02-29'), 'day')).toBe(28 / 29);
  expect(cyclePosition(at('2023-02-28'), 'day')).toBe(27 / 28);
  expect(cyclePosition(at('2023-04-30'), 'day')).toBe(29 / 30);
  expect(cyclePosition(at('2024-12-31'), 'dayOfYear')).toBe(365 / 366);
  expect(cyclePosition(at('1900-12-31'), 'dayOfYear')).toBe(364 / 365);
  expect(cyclePosition(at('2024-12-01'), 'month')).toBe(11 / 12);
  expect(cyclePosition(at('2024-12-01'), 'dayOfWeek')).toBe(6 / 7);
  expect(cyclePosition(at('2024-12-01'), 'hour')).toBe(0.5);
});
