import { addFour, compensatedDot, crossDots } from '../../src/kernels/compensated.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

describe.each([...LENGTHS, 63, 64, 65])('on %i elements', (n) => {
  const [x, y, z, u] = [1, 2, 3, 4].map((seed) => numbers(n, seed));
  const exact = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const size = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + Math.abs(v * b[i]), 0);

  test('compensatedDot is the sum of products', () => {
    const value = onBoth((arena) => compensatedDot(arena.copyFloat64(x), arena.copyFloat64(y)));
    expect(Math.abs(value - exact(x, y))).toBeLessThanOrEqual(1e-13 * size(x, y));
  });

  test('crossDots gives all four products of two pairs', () => {
    const products = onBoth((arena) => {
      const out = arena.float64(4);
      const [s, t, v, w] = [x, y, z, u].map((values) => arena.copyFloat64(values));
      crossDots(s, t, v, w, out);
      return out.slice();
    });
    for (const [i, [a, b]] of ([[x, z], [y, u], [x, u], [z, y]] as const).entries()) {
      expect(Math.abs(products[i] - exact(a, b))).toBeLessThanOrEqual(1e-13 * size(a, b));
    }
  });

  test('addFour adds four multiples from left to right', () => {
    const sum = onBoth((arena) => {
      const [a, b, c, d] = [x, y, z, u].map((values) => arena.copyFloat64(values));
      const out = arena.copyFloat64(numbers(n, 5));
      addFour(out, a, 0.5, b, -3, c, 1e-3, d, 7);
      return out.slice();
    });
    expect(sum).toEqual(numbers(n, 5).map((v, i) => v + 0.5 * x[i] + -3 * y[i] + 1e-3 * z[i] + 7 * u[i]));
  });
});

test('thousands of equal elements add without drift', () => {
  const n = 100_000;
  const value = onBoth((arena) => compensatedDot(arena.copyFloat64(new Float64Array(n).fill(0.1)), arena.copyFloat64(new Float64Array(n).fill(0.1))));
  // 0.1·0.1 as a double, times n: one running sum is off by 2e-9.
  expect(Math.abs(value - 0.010000000000000002 * n)).toBeLessThanOrEqual(1e-12);
});
