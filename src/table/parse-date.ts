/** year-month-day or year/month/day, then perhaps a time, then perhaps a zone. */
const PATTERN = /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * The moment that a text writes, in milliseconds since 1970-01-01 UTC, or NaN where it writes none.
 *
 * Accepted is ISO 8601's year first: `2024-05-31`, `2024/05/31`, `2024-05-31 12:30`, `2024-05-31T12:30:15.250Z`,
 * `2024-05-31T12:30+02:00`. A time without a zone counts as UTC, so that results do not depend on the machine.
 * Days that the calendar lacks (`2024-02-30`) are no dates; digits beyond milliseconds are cut off.
 */
export function parseDate(text: string): number {
  // Most texts are ruled out by their length or their fifth character.
  if (text.length < 10 || (text[4] !== '-' && text[4] !== '/')) return Number.NaN;
  const match = PATTERN.exec(text);
  if (match === null) return Number.NaN;
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const [y, m, d, h, min, s] = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || h > 23 || min > 59 || s > 59) return Number.NaN;
  const offset = zoneMinutes(zone);
  // Date.UTC takes years below 100 for years after 1900.
  const start = new Date(0).setUTCFullYear(y, m - 1, d);
  return start + ((h * 60 + min - offset) * 60 + s) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** East of Greenwich. */
function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone[0] === '-' ? -minutes : minutes;
}

/** A moment as `2024-05-31 12:30:15.250` in UTC, or as its day alone. */
export function formatDate(milliseconds: number, dayOnly: boolean): string {
  const text = new Date(milliseconds).toISOString();
  if (dayOnly) return text.slice(0, text.indexOf('T'));
  return text.replace('T', ' ').replace(/(\.000)?Z$/, '');
}

/** Whether every moment that is there is a midnight in UTC. */
export function areDays(values: Float64Array): boolean {
  return values.every((value) => value !== value || value % 86_400_000 === 0);
}
