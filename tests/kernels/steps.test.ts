import { moveTo, roundStep, subtractFrom } from '../../src/kernels/steps.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

describe.each(LENGTHS)('on %i elements', (n) => {
  const [x, y, z] = [1, 2, 3].map((seed) => numbers(n, seed));

  test('roundStep goes to x + direction and keeps what rounding left of the direction', () => {
    const [direction, end] = onBoth((arena) => {
      const [from, along, to] = [arena.copyFloat64(x), arena.copyFloat64(y), arena.float64(n)];
      roundStep(from, along, to);
      return [along.slice(), to.slice()] as const;
    });
    expect(end).toEqual(x.map((v, i) => v + y[i]));
    expect(direction).toEqual(x.map((v, i) => v + y[i] - v));
  });

  test('moveTo takes a part of the step and tells whether anything moved', () => {
    const [moved, stayed, place] = onBoth((arena) => {
      const [at, before, along] = [x, y, z].map((values) => arena.copyFloat64(values));
      const first = moveTo(at, before, along, 0.25);
      return [first, moveTo(at, before, along, 0.25), at.slice()] as const;
    });
    expect(place).toEqual(z.map((v, i) => 0.25 * v + y[i]));
    expect(moved).toBe(n > 0);
    expect(stayed).toBe(false);
  });

  test('subtractFrom leaves x − out', () => {
    const difference = onBoth((arena) => {
      const out = arena.copyFloat64(y);
      subtractFrom(arena.copyFloat64(x), out);
      return out.slice();
    });
    expect(difference).toEqual(x.map((v, i) => v - y[i]));
  });
});
