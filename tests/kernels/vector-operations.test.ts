import { axpy, copy, dot, maxAbs, pairwiseSum, scale } from '../../src/kernels/vector-operations.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

describe.each(LENGTHS)('on %i elements', (n) => {
  const x = numbers(n, 1);
  const y = numbers(n, 2);

  test('dot is the sum of products', () => {
    const value = onBoth((arena) => dot(arena.copyFloat64(x), arena.copyFloat64(y)));
    const size = x.reduce((sum, v, i) => sum + Math.abs(v * y[i]), 0);
    expect(Math.abs(value - x.reduce((sum, v, i) => sum + v * y[i], 0))).toBeLessThanOrEqual(1e-13 * size);
  });

  test('axpy adds a multiple to y and leaves x and what lies around y alone', () => {
    const [sum, same, around] = onBoth((arena) => {
      const source = arena.copyFloat64(x);
      const target = arena.copyFloat64([7, ...y, 7]);
      axpy(-0.3, source, target.subarray(1, n + 1));
      return [target.slice(1, n + 1), source.slice(), [target[0], target[n + 1]]] as const;
    });
    expect(sum).toEqual(y.map((v, i) => v + -0.3 * x[i]));
    expect(same).toEqual(x);
    expect(around).toEqual([7, 7]);
  });

  test('scale multiplies, in place or into another array', () => {
    const [inPlace, other] = onBoth((arena) => {
      const a = arena.copyFloat64(x);
      const b = arena.float64(n);
      scale(-1, a, b);
      scale(3, a);
      return [a.slice(), b.slice()] as const;
    });
    expect(inPlace).toEqual(x.map((v) => 3 * v));
    expect(other).toEqual(x.map((v) => -v));
  });

  test('copy copies', () => {
    const found = onBoth((arena) => {
      const out = arena.float64(n);
      copy(arena.copyFloat64(x), out);
      return out.slice();
    });
    expect(found).toEqual(x);
  });

  test('maxAbs is the largest size', () => {
    expect(onBoth((arena) => maxAbs(arena.copyFloat64(x)))).toBe(x.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
  });

  test('maxAbs is NaN when one element is, wherever it stands', () => {
    for (let i = 0; i < n; i += Math.max(1, n >> 4)) {
      expect(onBoth((arena) => maxAbs(arena.copyFloat64(x.with(i, Number.NaN))))).toBeNaN();
    }
  });

  test('pairwiseSum is the sum', () => {
    const value = onBoth((arena) => pairwiseSum(arena.copyFloat64(x)));
    const size = x.reduce((sum, v) => sum + Math.abs(v), 0);
    expect(Math.abs(value - x.reduce((a, b) => a + b, 0))).toBeLessThanOrEqual(1e-13 * size);
  });
});

test('dot adds in eight lanes, pair by pair', () => {
  // In one running sum the ones would vanish beside 1e16; in lanes of their own they are kept.
  const x = Float64Array.of(1e16, 1, 1, 1, 1, 1, 1, 1, -1e16, 1, 1, 1, 1, 1, 1, 1);
  expect(onBoth((arena) => dot(arena.copyFloat64(x), arena.copyFloat64(x.map(() => 1))))).toBe(14);
});

test('lengths that differ are refused', () => {
  expect(() => dot(new Float64Array(3), new Float64Array(2))).toThrow('dot: y must have 3 elements, got 2.');
  expect(() => axpy(1, new Float64Array(3), new Float64Array(4))).toThrow('axpy: y must have 3 elements, got 4.');
});
