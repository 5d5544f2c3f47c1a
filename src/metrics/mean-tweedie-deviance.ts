import { DataError } from '../core/errors.ts';
import { custom, type Rule, type Rules } from '../core/rules.ts';
import { tweedieDeviance } from '../core/tweedie-deviance.ts';
import { perRow, regressionMetric, weightRules, type RegressionOptions, type Values } from './regression-metric.ts';
import { weightedMean } from './weighted-mean.ts';

export interface TweedieOptions extends RegressionOptions {
  /**
   * Which family: 0 is the mean squared error, 1 Poisson, 2 gamma, 3 inverse Gaussian; any number but those
   * between 0 and 1. Default 0.
   */
  power?: number;
}

const powerRule = (): Rule<number> =>
  custom<number>(
    0,
    'a number in (-∞, 0] or [1, ∞)',
    (v) => typeof v === 'number' && Number.isFinite(v) && (v <= 0 || v >= 1),
    0.5,
  );

export const tweedieRules: Rules<TweedieOptions> = { ...weightRules, power: powerRule() };

/**
 * Mean Tweedie deviance: errors measured as a distribution with variance ∝ meanᵖᵒʷᵉʳ weighs them, so that with
 * power 2 only the ratio of y and ŷ counts. Not in units of y unless power is 1.
 *
 * Counterpart: scikit-learn's mean_tweedie_deviance. Source: Jørgensen, "The Theory of Dispersion Models", 1997.
 *
 * @throws DataError for values outside the family: ŷ must be positive unless power is 0, y not negative for power in
 * [1, 2) and positive from 2 on
 * @example
 * meanTweedieDeviance([2, 0, 1, 4], [0.5, 0.5, 2, 2], { power: 1 }); // 1.426…
 */
export const meanTweedieDeviance = regressionMetric<TweedieOptions>(
  'meanTweedieDeviance',
  { metricName: 'meanTweedieDeviance', better: 'lower', range: [0, Infinity] },
  tweedieRules,
  (values, { power }) => meanDeviance('meanTweedieDeviance', values, power),
);

/** @throws DataError naming the row of a value outside the family */
export function meanDeviance(owner: string, values: Values, power: number): number {
  if (power !== 0) {
    need(owner, 'yPred', values.yPred, 'positive', (value) => value > 0);
    if (power >= 2) need(owner, 'yTrue', values.yTrue, 'positive', (value) => value > 0);
    else if (power >= 1) need(owner, 'yTrue', values.yTrue, 'not negative', (value) => value >= 0);
  }
  return weightedMean(perRow(values, (y, mean) => tweedieDeviance(y, mean, power)), values.sampleWeight);
}

function need(owner: string, part: string, values: Float64Array, what: string, holds: (value: number) => boolean): void {
  const row = values.findIndex((value) => !holds(value));
  if (row >= 0) throw new DataError(`${owner}: ${part} must be ${what} for this power, row ${row} has ${values[row]}.`);
}
