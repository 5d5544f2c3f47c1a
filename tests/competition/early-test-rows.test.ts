import { earlyTestRows } from '../../src/competition/early-test-rows.ts';
import { rowTimes } from '../../src/competition/row-times.ts';
import { Table } from '../../src/table/table.ts';

const days = Table.from({ day: ['2024-05-30', '2024-06-02', '2024-05-31'] });
const train = rowTimes('train.csv', days, 'day');

describe('test rows that are earlier than training rows', () => {
  test('are counted, with the first of them and what to do', () => {
    const test = Table.from({ day: ['2024-06-03', '2024-06-01', '2024-05-02', '2024-06-02'] });
    expect(earlyTestRows(train, 'test.csv', test)).toEqual([
      'test.csv: 2 of 4 rows are earlier than the last training row (2024-06-02), the first of them 2024-05-02. ' +
        'Folds in the order of time ask for later rows only; where test rows lie among training rows, dealt folds (cv without timeOrder) ask what the leaderboard asks.',
    ]);
  });

  test('of half a million rows too', () => {
    const test = Table.from({ week: Array.from({ length: 500_000 }, (_, i) => 1 - i) });
    expect(earlyTestRows(rowTimes('train.csv', Table.from({ week: [1, 2] }), 'week'), 'test.csv', test)[0]).toMatch('500,000 of 500,000 rows are earlier than the last training row (2), the first of them -499998.');
  });

  test('of numbers too', () => {
    const weeks = rowTimes('train.csv', Table.from({ week: [3, 1, 2] }), 'week');
    expect(earlyTestRows(weeks, 'test.csv', Table.from({ week: [4, 2.5] }))[0]).toMatch('1 of 2 rows are earlier than the last training row (3), the first of them 2.5.');
  });

  test.each([
    ['none is', { day: ['2024-06-02', '2024-07-01'] }],
    ['no time is told', { other: [1] }],
    ['what is told is no time', { day: ['soon', 'later'] }],
    ['a time is missing', { day: [null, '2024-06-05'] }],
  ])('nothing is said where %s', (_, columns: Record<string, (string | number | null)[]>) => {
    expect(earlyTestRows(train, 'test.csv', Table.from(columns))).toEqual([]);
  });

  test('nothing is said where the order of the file is that of time', () => {
    expect(earlyTestRows(rowTimes('train.csv', days, null), 'test.csv', days)).toEqual([]);
  });
});
