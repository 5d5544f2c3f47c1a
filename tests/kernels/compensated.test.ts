import { compensatedDot } from '../../src/kernels/compensated.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

describe.each([...LENGTHS, 63, 64, 65])('on %i elements', (n) => {
  const [x, y] = [1, 2].map((seed) => numbers(n, seed));
  const exact = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const size = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + Math.abs(v * b[i]), 0);

  test('compensatedDot is the sum of products', () => {
    const value = onBoth((arena) => compensatedDot(arena.copyFloat64(x), arena.copyFloat64(y)));
    expect(Math.abs(value - exact(x, y))).toBeLessThanOrEqual(1e-13 * size(x, y));
  });
});

test('thousands of equal elements add without drift', () => {
  const n = 100_000;
  const value = onBoth((arena) => compensatedDot(arena.copyFloat64(new Float64Array(n).fill(0.1)), arena.copyFloat64(new Float64Array(n).fill(0.1))));
  // 0.1·0.1 as a double, times n: one running sum is off by 2e-9.
  expect(Math.abs(value - 0.010000000000000002 * n)).toBeLessThanOrEqual(1e-12);
});
