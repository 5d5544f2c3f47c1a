import fc from 'fast-check';
import { nthSmallest } from '../../src/core/nth-smallest.ts';

test('finds what sorting puts at a position, among equal values too', () => {
  const few = fc.constantFrom(-1, 0, 2, 5);
  const values = fc.oneof(fc.array(few, { minLength: 1, maxLength: 40 }), fc.array(fc.double({ noNaN: true }).map((x) => x + 0), { minLength: 1, maxLength: 200 }));
  fc.assert(
    fc.property(values, fc.nat(), (list, at) => {
      const n = at % list.length;
      expect(nthSmallest(Float64Array.from(list), n)).toBe(Float64Array.from(list).sort()[n]);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('is no slower than it need be on values in order, and on equal ones', () => {
  const rising = Float64Array.from({ length: 200_000 }, (_, i) => i);
  expect(nthSmallest(rising.slice(), 77_777)).toBe(77_777);
  expect(nthSmallest(rising.slice().reverse(), 5)).toBe(5);
  expect(nthSmallest(new Float64Array(200_000).fill(3), 100)).toBe(3);
});
