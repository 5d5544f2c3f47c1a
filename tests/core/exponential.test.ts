import fc from 'fast-check';
import { exponential } from '../../src/core/exponential.ts';

// Computed with 60 decimal digits; Math.exp misses some of these by the last bit.
test.each([
  [0.5079790257457546, 1.661929082830425],
  [2.081478226181048, 8.016310079614913],
  [-2.0909526108705565, 0.123569366210537],
  [0.10827605197663015, 1.1143553229203818],
  [3.9294695434765465, 50.8799808917489],
  [3.9629308893343804, 52.61129809367172],
  [-36.5, 1.4068617124461467e-16],
  [0.0, 1.0],
  [1.0, 2.718281828459045],
  [700.0, 1.0142320547350045e304],
])('is the double nearest e to the %p', (x, expected) => {
  expect(exponential(x)).toBe(expected);
});

test('stays within one unit in the last place of Math.exp, and follows it where that overflows or vanishes', () => {
  fc.assert(
    fc.property(fc.double({ min: -707, max: 708, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) - Math.exp(x))).toBeLessThanOrEqual(Math.exp(x) * 2.3e-16);
    }),
    { seed: 1, numRuns: 500 },
  );
  for (const x of [-Infinity, -800, -740, 709.5, 800, Infinity, NaN]) expect(exponential(x)).toBe(Math.exp(x));
});
