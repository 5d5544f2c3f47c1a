import fc from 'fast-check';
import { areDays, formatDate, parseDate } from '../../src/table/parse-date.ts';

describe('parseDate', () => {
  test.each([
    ['2024-05-31', '2024-05-31T00:00:00.000Z'],
    ['2024/05/31', '2024-05-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['0099-12-31', '0099-12-31T00:00:00.000Z'],
    ['2024-05-31 12:30', '2024-05-31T12:30:00.000Z'],
    ['2024-05-31T12:30:15', '2024-05-31T12:30:15.000Z'],
    ['2024-05-31T12:30:15.25', '2024-05-31T12:30:15.250Z'],
    ['2024-05-31 12:30:15,123456789', '2024-05-31T12:30:15.123Z'],
    ['2024-05-31T12:30:15.250Z', '2024-05-31T12:30:15.250Z'],
    ['2024-05-31T12:30:15+02:00', '2024-05-31T10:30:15.000Z'],
    ['2024-05-31T12:30:15-0530', '2024-05-31T18:00:15.000Z'],
    ['2024-05-31T00:30+01', '2024-05-30T23:30:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parseDate(text)).toISOString()).toBe(iso);
  });

  test.each([
    '', '2024', '2024-05', '2024-5-31', '2024-05-31x', ' 2024-05-31', '2024-05/31', '2024-02-30', '2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10',
    '2024-04-31', '2024-05-31 24:00', '2024-05-31 12:60', '2024-05-31 12:30:60', '2024-05-31T', '2024-05-31Z', '31/05/2024', '31-05-2024', '12:30:15', 'no date at all',
  ])('takes "%s" for no date', (text) => {
    expect(parseDate(text)).toBeNaN();
  });

  test('reads back what formatDate and toISOString write', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000_000_000_000, max: 200_000_000_000_000 }), (moment) => {
        expect(parseDate(formatDate(moment, false))).toBe(moment);
        expect(parseDate(new Date(moment).toISOString())).toBe(moment);
        const midnight = Math.floor(moment / 86_400_000) * 86_400_000;
        expect(parseDate(formatDate(midnight, true))).toBe(midnight);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('areDays tells midnights from moments', () => {
    expect([areDays(Float64Array.of(0, Number.NaN, -86_400_000)), areDays(Float64Array.of(0, 1))]).toEqual([true, false]);
  });
});
