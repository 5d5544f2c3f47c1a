import { growthExponent } from '../../bench/growth-exponent.ts';

test.each([0.5, 1, 1.3, 2])('finds the power %d that times follow, whatever the unit', (power) => {
  const sizes = [1, 2, 4, 8];
  expect(growthExponent(sizes, sizes.map((n) => 0.037 * n ** power))).toBeCloseTo(power, 12);
});

test('one size says nothing about growth', () => {
  expect(growthExponent([4], [1.5])).toBeNaN();
});
