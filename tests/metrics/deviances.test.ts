import { d2AbsoluteErrorScore } from '../../src/metrics/d2-absolute-error-score.ts';
import { d2PinballScore } from '../../src/metrics/d2-pinball-score.ts';
import { d2TweedieScore } from '../../src/metrics/d2-tweedie-score.ts';
import { meanAbsoluteError } from '../../src/metrics/mean-absolute-error.ts';
import { meanGammaDeviance } from '../../src/metrics/mean-gamma-deviance.ts';
import { meanPinballLoss } from '../../src/metrics/mean-pinball-loss.ts';
import { meanPoissonDeviance } from '../../src/metrics/mean-poisson-deviance.ts';
import { meanTweedieDeviance } from '../../src/metrics/mean-tweedie-deviance.ts';
import { fixture } from '../fixture.ts';

const metrics: Record<string, (yTrue: number[], yPred: number[], options?: any) => number> = {
  d2AbsoluteErrorScore,
  d2PinballScore,
  d2TweedieScore,
  meanGammaDeviance,
  meanPinballLoss,
  meanPoissonDeviance,
  meanTweedieDeviance,
};

test.each(fixture('deviances').cases.filter((c) => c.input.kind === 'metric').map((c) => [`${c.input.function}: ${c.name}`, c] as const))(
  '%s',
  (_title, { options, input, expected, tolerance }) => {
    expect(metrics[input.function](input.yTrue, input.yPred, options)).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
  },
);

test('half the pinball loss of the median is the absolute error, and gamma deviance knows ratios only', () => {
  const [y, guess] = [[1, 5, 2.5], [2, 3, 2]];
  expect(2 * meanPinballLoss(y, guess)).toBeCloseTo(meanAbsoluteError(y, guess), 12);
  const tenfold = (values: number[]): number[] => values.map((value) => 10 * value);
  expect(meanGammaDeviance(tenfold(y), tenfold(guess))).toBeCloseTo(meanGammaDeviance(y, guess), 12);
});

test('the examples of the docstrings hold', () => {
  expect(meanPinballLoss([1, 2, 3], [0, 2, 3], { alpha: 0.9 })).toBeCloseTo(0.3, 12);
  expect(meanPoissonDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2])).toBeCloseTo(1.4260, 4);
  expect(meanTweedieDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2], { power: 1 })).toBeCloseTo(1.4260, 4);
  expect(meanGammaDeviance([2, 0.5, 1, 4], [0.5, 0.5, 2, 2])).toBeCloseTo(1.05685, 4);
  expect(d2TweedieScore([0.5, 1, 2.5, 7], [1, 1, 5, 3.5], { power: 1 })).toBeCloseTo(0.4879, 4);
  expect(d2PinballScore([1, 2, 3], [1, 3, 3])).toBeCloseTo(0.5, 12);
  expect(d2AbsoluteErrorScore([3, -0.5, 2, 7], [2.5, 0, 2, 8])).toBeCloseTo(0.7647, 4);
});

test('values outside the family are refused by row', () => {
  expect(() => meanPoissonDeviance([1, -1], [1, 1])).toThrow('meanPoissonDeviance: yTrue must be not negative for this power, row 1 has -1.');
  expect(() => meanGammaDeviance([1, 0], [1, 1])).toThrow('meanGammaDeviance: yTrue must be positive for this power, row 1 has 0.');
  expect(() => meanPoissonDeviance([1, 2], [0, 1])).toThrow('meanPoissonDeviance: yPred must be positive for this power, row 0 has 0.');
  expect(() => meanTweedieDeviance([1], [1], { power: 0.5 })).toThrow('meanTweedieDeviance: power must be a number in (-∞, 0] or [1, ∞), got 0.5');
  expect(() => meanPinballLoss([1], [1], { alpha: 2 })).toThrow('meanPinballLoss: alpha must be a number in [0, 1], got 2');
});
