import { withArena } from '../../src/kernels/arena.ts';
import { PairRing } from '../../src/kernels/pair-ring.ts';
import { keptTeam } from '../../src/kernels/shared-team.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

const CAPACITY = 3;
const exact = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
const size = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + Math.abs(v * b[i]), 0);

// 511 … 513 are around the kernel's tile, 64 and 65 around its block.
describe.each([...LENGTHS, 64, 65, 511, 512, 513])('pairs of %i elements', (n) => {
  const pairs = [1, 2, 3, 4, 5].map((seed) => ({ s: numbers(n, seed), y: numbers(n, 10 + seed) }));
  const g = numbers(n, 20);

  test.each([0, 1, 2, 3, 5])('products with the pairs that are kept of %i', (count) => {
    const kept = pairs.slice(0, count).slice(-CAPACITY);
    const [s, y] = [numbers(n, 30), numbers(n, 31)];
    const found = onBoth((arena) => {
      const ring = new PairRing(n, CAPACITY, arena);
      const dropped = pairs.slice(0, count).map((pair) => ring.push(arena.copyFloat64(pair.s), arena.copyFloat64(pair.y)));
      expect(dropped).toEqual([false, false, false, true, true].slice(0, count));
      const out = arena.float64(6 * CAPACITY);
      ring.products(arena.copyFloat64(s), arena.copyFloat64(y), arena.copyFloat64(g), out);
      return out.slice(0, 6 * ring.size);
    });
    const expected = kept.flatMap(({ s: S, y: Y }) => [[s, S], [y, Y], [s, Y], [y, S], [g, S], [g, Y]] as const);
    expect(found).toHaveLength(expected.length);
    for (const [i, [a, b]] of expected.entries()) expect(Math.abs(found[i] - exact(a, b))).toBeLessThanOrEqual(1e-13 * size(a, b));
  });

  test.each([0, 1, 2, 3, 5])('a combination of the pairs that are kept of %i', (count) => {
    const kept = pairs.slice(0, count).slice(-CAPACITY);
    const coefficients = [0.5, -3, 1e-3, 7, 2, -0.25];
    const combined = onBoth((arena) => {
      const ring = new PairRing(n, CAPACITY, arena);
      for (const pair of pairs.slice(0, count)) ring.push(arena.copyFloat64(pair.s), arena.copyFloat64(pair.y));
      const out = arena.copyFloat64(numbers(n, 40));
      ring.combine(arena.copyFloat64(coefficients), arena.copyFloat64(g), 0.75, out);
      return out.slice();
    });
    expect(combined).toEqual(
      g.map((v, e) => 0.75 * kept.reduce((sum, { s, y }, i) => sum + coefficients[2 * i] * y[e] + coefficients[2 * i + 1] * s[e], -v)),
    );
  });
});

test('a ring that was cleared starts anew', () => {
  const kept = onBoth((arena) => {
    const ring = new PairRing(4, 2, arena);
    for (const seed of [1, 2, 3]) ring.push(arena.copyFloat64(numbers(4, seed)), arena.copyFloat64(numbers(4, seed)));
    ring.clear();
    expect(ring.size).toBe(0);
    ring.push(arena.copyFloat64([1, 0, 0, 0]), arena.copyFloat64([0, 2, 0, 0]));
    const out = arena.float64(12);
    const ones = arena.copyFloat64([1, 1, 1, 1]);
    ring.products(ones, ones, ones, out);
    return out.slice(0, 6);
  });
  expect([...kept]).toEqual([1, 2, 2, 1, 1, 2]);
});

test.each([[2, 1], [6, 2], [130, 5]])('of twofold vectors of %i numbers the first half is multiplied with the second of the pairs', (n, count) => {
  const half = n / 2;
  const pairs = Array.from({ length: count }, (_, i) => ({ s: numbers(n, i + 1), y: numbers(n, i + 11) }));
  const given = [20, 30, 31].map((seed) => numbers(n, seed));
  const both = (length: number, isTwofold: boolean, part: (vector: Float64Array, isOfPair: boolean) => Float64Array): Float64Array =>
    onBoth((arena) => {
      const ring = new PairRing(length, CAPACITY, arena, isTwofold);
      for (const { s, y } of pairs) ring.push(arena.copyFloat64(part(s, true)), arena.copyFloat64(part(y, true)));
      const out = arena.float64(6 * CAPACITY);
      const [g, s, y] = given.map((vector) => arena.copyFloat64(part(vector, false)));
      ring.products(s, y, g, out);
      return out.slice(0, 6 * ring.size);
    });
  expect(both(n, true, (vector) => vector)).toStrictEqual(both(half, false, (vector, isOfPair) => (isOfPair ? vector.slice(half) : vector.slice(0, half))));
});

test('two threads give the same bits as one', () => {
  const n = 350_003;
  const vectors = [1, 2, 3, 4, 5, 6].map((seed) => numbers(n, seed));
  const found = (isShared: boolean): unknown =>
    withArena((arena) => {
      if (isShared) expect(keptTeam(2)?.threads).toBe(2);
      const [a, b, c, d, e, g] = vectors.map((vector) => arena.copyFloat64(vector));
      const ring = new PairRing(n, CAPACITY, arena);
      for (const [s, y] of [[a, b], [c, d], [e, a]]) ring.push(s, y);
      const products = arena.float64(6 * CAPACITY);
      ring.products(b, c, g, products);
      const combined = arena.float64(n);
      ring.combine(arena.copyFloat64([0.5, -3, 1e-3, 7, 2, -0.25]), g, 0.75, combined);
      return [products.slice(), combined.slice()];
    });
  const alone = found(false);
  expect(found(true)).toStrictEqual(alone);
});
