import fc from 'fast-check';
import { median } from '../../src/core/median.ts';

test('the median is what stands in the middle once the values are in order', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }), (values) => {
      const sorted = Float64Array.from(values).sort();
      const n = sorted.length;
      expect(median(Float64Array.from(values))).toBe((sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2);
      // Lists that are in order, or all equal, are where selection can go wrong.
      expect(median(sorted.slice())).toBe(median(sorted.slice().reverse()));
      expect(median(new Float64Array(n).fill(values[0]))).toBe(values[0]);
    }),
    { seed: 2 },
  ));
