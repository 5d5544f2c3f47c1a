import type { BenchItem } from '../../bench/bench-item.ts';
import type { Measured, Side } from '../../bench/measure-item.ts';
import { isMet, RESULT_HEAD, resultLines } from '../../bench/result-lines.ts';

const item = (changes: Partial<BenchItem> = {}): BenchItem => ({
  name: 'work',
  title: 'some work',
  timed: 'process',
  target: { ratio: 0.25 },
  input: async () => '',
  ...changes,
});
const side = (wallSeconds: number, changes: Partial<Side> = {}): Side => ({ wallSeconds, cpuSeconds: wallSeconds, peakBytes: 1e8, ...changes });
const measured = (changes: Partial<Measured>): Measured => ({ item: item(), size: 0, ours: side(1), theirs: side(4), differences: [], ...changes });
const cell = (line: readonly string[], column: (typeof RESULT_HEAD)[number]): string => line[RESULT_HEAD.indexOf(column)];

test('a line holds both times, ours over theirs, the target and whether it is met', () => {
  const [line] = resultLines([measured({ ours: side(1, { cpuSeconds: 2 }), theirs: side(5, { cpuSeconds: 8, peakBytes: 2e8 }) })]);
  expect(line).toEqual(['some work', 'process', '1.000 s', '5.000 s', '0.20', '≤ 0.25', 'yes', '0.25 (2.000 s)', '100 / 200', 'yes']);
});

test('the peer’s BLAS threads stand beside its time', () => {
  const [line] = resultLines([measured({ theirs: side(5, { threads: 2 }) })]);
  expect(cell(line, 'theirs')).toBe('5.000 s ×2');
});

test('every line has a cell for every column', () => {
  const sizes = [1, 2].map((size) => measured({ item: item({ timed: 'call' }), size }));
  const lines = resultLines([measured({ ours: side(1, { innerSeconds: 0.5 }), theirs: side(3, { innerSeconds: 2 }) }), ...sizes]);
  expect(lines.map((line) => line.length)).toEqual(lines.map(() => RESULT_HEAD.length));
});

test('the work alone has a line of its own where it is known', () => {
  const lines = resultLines([measured({ ours: side(1, { innerSeconds: 0.5 }), theirs: side(3, { innerSeconds: 2 }) })]);
  expect(lines).toHaveLength(2);
  expect(cell(lines[1], 'ratio')).toBe('0.25');
});

test('a ratio at the target meets it, one above misses it', () => {
  expect(isMet(measured({ ours: side(1), theirs: side(4) }))).toBe(true);
  expect(isMet(measured({ ours: side(1.001), theirs: side(4) }))).toBe(false);
});

test('time and memory must both meet their targets', () => {
  const both = item({ target: { ratio: 0.25, memoryRatio: 1.3 } });
  expect(isMet(measured({ item: both }))).toBe(true);
  expect(isMet(measured({ item: both, ours: side(1, { peakBytes: 1.31e8 }) }))).toBe(false);
  expect(isMet(measured({ item: both, ours: side(2) }))).toBe(false);
});

test('without a peer a ratio is neither met nor missed, and seconds are', () => {
  const alone = { theirs: undefined, differences: undefined };
  expect(isMet(measured(alone))).toBeUndefined();
  expect(isMet(measured({ ...alone, item: item({ target: { seconds: 0.25 } }), ours: side(0.2) }))).toBe(true);
  expect(isMet(measured({ ...alone, item: item({ target: { seconds: 0.25 } }), ours: side(0.3) }))).toBe(false);
  const [line] = resultLines([measured(alone)]);
  expect(line.slice(3)).toEqual(['–', '–', '≤ 0.25', '–', '1.000 s', '100', '–']);
});

test('numbers that differ are named', () => {
  const [line] = resultLines([measured({ differences: ['iterations: 24 ≠ 25'] })]);
  expect(cell(line, 'same numbers')).toBe('no: iterations: 24 ≠ 25');
});

test('sizes end with a line of the powers of growth, ours held against theirs', () => {
  const grows = item({ timed: 'call', target: {} });
  const sizes = [1, 2, 4].map((size) => measured({ item: grows, size, ours: side(size), theirs: side(4 * size ** 1.5) }));
  const lines = resultLines([...sizes, measured({})]);
  expect(lines).toHaveLength(5);
  expect(lines[3].slice(2, 7)).toEqual(['n^1.00', 'n^1.50', '', '≤ theirs', 'yes']);
});
