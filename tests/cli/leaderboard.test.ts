import type { RunRecord, RunTimes } from '../../src/competition/run-record.ts';
import { leaderboard } from '../../src/cli/leaderboard.ts';

const score = (mean: number, std: number): object => ({ mean, std });
const record = {
  competition: { metric: 'rocAuc' },
  pipelines: [
    { name: 'forest', scores: { accuracy: score(0.91574, 0.04), rocAuc: score(0.9675, 0.0275) } },
    { name: 'logistic', scores: { accuracy: score(0.9, 0.1) } },
  ],
} as unknown as RunRecord;
const times = { pipelines: { forest: { fit: [1, 0.5] }, logistic: { fit: [0.01] } } } as unknown as RunTimes;

const wide = [
  '   pipeline         accuracy           rocAuc     fit',
  '───────────  ───────────────  ───────────────  ──────',
  '1  forest    0.9157 ± 0.0400  0.9675 ± 0.0275  1.50 s',
  '2  logistic  0.9000 ± 0.1000                –  0.01 s',
];

test.each([Infinity, wide[1].length])('a table that a terminal of %d columns has room for shows all spreads', (columns) => {
  expect(leaderboard(record, times, columns).split('\n')).toEqual(wide);
});

test('a terminal that is too narrow shows the spread of the metric that decides', () => {
  expect(leaderboard(record, times, wide[1].length - 1).split('\n')).toEqual([
    '   pipeline  accuracy           rocAuc     fit',
    '───────────  ────────  ───────────────  ──────',
    '1  forest      0.9157  0.9675 ± 0.0275  1.50 s',
    '2  logistic    0.9000                –  0.01 s',
  ]);
});
