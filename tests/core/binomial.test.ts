import { Binomial } from '../../src/core/binomial.ts';
import { RandomState } from '../../src/core/random-state.ts';

const draw = (n: number, p: number): number[] => {
  const random = new RandomState(11);
  const numbers = new Binomial(n, p);
  return Array.from({ length: 8 }, () => numbers.draw(random));
};

// numpy 2: [int(v) for v in np.random.RandomState(11).binomial(n, p, 8)]
test.each([
  [1, 0.5, [0, 0, 0, 1, 0, 0, 0, 0]],
  [10, 0.1, [0, 0, 1, 1, 1, 1, 0, 1]],
  [100, 0.9, [93, 96, 90, 88, 91, 90, 96, 90]],
  [1000, 0.4, [408, 398, 404, 385, 367, 379, 388, 397]],
  [100000, 0.003, [308, 299, 305, 284, 265, 283, 287, 297]],
  [1000000, 0.9, [899856, 900073, 899953, 900308, 899438, 900271, 900059, 899829]],
  [5, 0, [0, 0, 0, 0, 0, 0, 0, 0]],
  [5, 1, [5, 5, 5, 5, 5, 5, 5, 5]],
])('draws of %s trials with probability %s what numpy draws', (n, p, expected) => {
  expect(draw(n, p)).toEqual(expected);
});

test('has the mean and the variance of the distribution, on either way to it', () => {
  for (const [n, p] of [[50, 0.3], [200, 0.4], [3000, 0.97]] as const) {
    const random = new RandomState(1);
    const numbers = new Binomial(n, p);
    const draws = Array.from({ length: 20_000 }, () => numbers.draw(random));
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    // Five standard errors.
    expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt((n * p * (1 - p)) / draws.length));
    expect(Math.abs(variance / (n * p * (1 - p)) - 1)).toBeLessThan(5 * Math.sqrt(2 / draws.length));
  }
});
