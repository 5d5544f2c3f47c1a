import fc from 'fast-check';
import { tQuantile, tSurvival } from '../../src/core/student-t.ts';
import { pairedDifference } from '../../src/model-selection/paired-difference.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('paired-difference');

describe('pairedDifference', () => {
  test.each(cases.filter(({ input }) => 'a' in input).map((one) => [one.name, one] as const))('agrees with %s', (_, { options, input, expected, tolerance }) => {
    const { mean, standardError, t, pValue, low, high } = pairedDifference(input.a, input.b, options as { testShare: number });
    expect([mean, standardError, t, pValue, low, high]).toBeAllClose(
      [expected.mean, expected.standardError, expected.t, expected.pValue, expected.low, expected.high],
      { relative: tolerance, absolute: 1e-14 },
    );
  });

  test("prints what scikit-learn's documentation prints: t 0.750, one-sided p 0.227", () => {
    const { options, input } = cases[0];
    const { t, pValue } = pairedDifference(input.a, input.b, options as { testShare: number });
    expect([t.toFixed(3), (pValue / 2).toFixed(3)]).toEqual(['0.750', '0.227']);
  });

  const scores = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 2, maxLength: 12 });
  test('changes sign with the order of the models, and is wider than if folds were independent', () => {
    fc.assert(
      fc.property(scores, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, x]) => x)];
        const testShare = 1 / (pairs.length - 1);
        const [one, other] = [pairedDifference(a, b, { testShare }), pairedDifference(b, a, { testShare })];
        expect([other.mean, other.low, other.high, other.pValue, other.greater]).toBeAllClose([-one.mean, -one.high, -one.low, one.pValue, one.smaller], { absolute: 1e-12 });
        const independent = pairedDifference(a, b, { testShare: 1e-12 });
        expect(one.halfWidth).toBeGreaterThanOrEqual(independent.halfWidth);
      }),
      { seed: 5 },
    );
  });

  test('knows equal models, and a difference that is the same in every fold', () => {
    expect(pairedDifference([1, 2], [1, 2], { testShare: 1 })).toMatchObject({ mean: 0, halfWidth: 0, t: 0, pValue: 1, greater: 0, smaller: 0 });
    expect(pairedDifference([3, 4], [1, 2], { testShare: 1 })).toMatchObject({ mean: 2, low: 2, high: 2, t: Infinity, pValue: 0, greater: 2 });
  });

  test.each<[string, () => unknown, string]>([
    ['one fold', () => pairedDifference([1], [1], { testShare: 1 }), 'pairedDifference: both models must have a score for each of at least two folds, got 1 and 1.'],
    ['other folds', () => pairedDifference([1, 2], [1, 2, 3], { testShare: 1 }), 'pairedDifference: both models must have a score for each of at least two folds, got 2 and 3.'],
    ['a score that is not defined', () => pairedDifference([1, NaN], [1, 2], { testShare: 1 }), 'pairedDifference: scores must be finite numbers. A score that is not defined in a fold cannot be compared.'],
    ['no test rows', () => pairedDifference([1, 2], [1, 2], { testShare: 0 }), "pairedDifference: testShare must be a number in (0, ∞), got 0. It is a fold's test rows divided by its training rows."],
    ['full confidence', () => pairedDifference([1, 2], [1, 2], { testShare: 1, confidence: 1 }), 'pairedDifference: confidence must be a number in (0, 1), got 1.'],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

test.each(cases.filter(({ input }) => 'tail' in input).map((one) => [one.name, one] as const))('%s agrees with scipy', (_, { options, input, expected, tolerance }) => {
  const { df } = options as { df: number };
  expect(input.t.map((t: number) => tSurvival(t, df))).toBeAllClose(expected.survival, { relative: tolerance });
  expect(input.tail.map((tail: number) => tQuantile(tail, df))).toBeAllClose(expected.quantile, { relative: tolerance, absolute: 1e-14 });
});
