import fc from 'fast-check';
import { sortAround } from '../../src/core/sort-around.ts';

const lists = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer()), { minLength: 1, maxLength: 400 });
const ranges = fc.array(fc.tuple(fc.integer({ min: -5, max: 400 }), fc.nat({ max: 6 })), { maxLength: 6 });

test('puts what is wanted where sorting would, and loses nothing', () => {
  fc.assert(
    fc.property(lists, ranges, (list, wanted) => {
      const values = Float64Array.from(list);
      const sorted = values.slice().sort();
      sortAround(values, wanted.map(([first]) => first), wanted.map(([first, more]) => first + more));
      for (const [first, more] of wanted) {
        for (let at = Math.max(0, first); at <= Math.min(list.length - 1, first + more); at++) expect(values[at]).toBe(sorted[at]);
      }
      expect(Array.from(values.slice().sort())).toEqual(Array.from(sorted));
    }),
    { seed: 6 },
  );
});

test('is no slower on values that take turns in the worst way than on any', () => {
  const values = Float64Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? i : -i));
  sortAround(values, [100], [102]);
  expect(values[101]).toBe(-(200_000 - 1 - 2 * 101));
});
