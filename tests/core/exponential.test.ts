import fc from 'fast-check';
import { exponential } from '../../src/core/exponential.ts';

// From glibc 2.36. Math.exp gives another last bit for some of these; so does correct rounding for the last four between −5 and 5.
test.each([
  [0.5079790257457546, 1.661929082830425],
  [2.081478226181048, 8.016310079614913],
  [-2.0909526108705565, 0.123569366210537],
  [0.10827605197663015, 1.1143553229203818],
  [3.9294695434765465, 50.8799808917489],
  [4.1617972573027355, 64.18677915364367],
  [4.803633960195931, 121.95278482516791],
  [2.1540553353701686, 8.619743564801569],
  [-4.5782623981510575, 0.010272730713239975],
  [-36.5, 1.4068617124461467e-16],
  [0.0, 1.0],
  [1.0, 2.718281828459045],
  [700.0, 1.0142320547350045e304],
  [-700.0, 9.85967654375977e-305],
])("has glibc's bits of e to the %p", (x, expected) => {
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
