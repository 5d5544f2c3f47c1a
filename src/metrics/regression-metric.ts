import { DataError } from '../core/errors.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { checkRows } from './check-rows.ts';
import { defineMetric, type Metric } from './metric.ts';
import { sampleWeightRule, type WeightOption } from './metric-rules.ts';

export type RegressionOptions = WeightOption;

/** A metric that compares numbers with numbers. */
export type RegressionMetric<Options extends RegressionOptions = RegressionOptions> = (
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options?: Options,
) => number;

/** Checked numbers, one per row. */
export interface Values {
  yTrue: Float64Array;
  yPred: Float64Array;
  sampleWeight: Float64Array | undefined;
}

export interface RegressionInfo {
  metricName: string;
  better: 'higher' | 'lower';
  range: readonly [number, number];
}

/** Rules of a metric with no option but sampleWeight. */
export const weightRules: Rules<WeightOption> = { sampleWeight: sampleWeightRule() };

/**
 * Makes a metric of a formula over checked numbers.
 * The metric throws ShapeError for other lengths or no rows and DataError naming the row of what is no finite number.
 */
export function regressionMetric<Options extends RegressionOptions = RegressionOptions>(
  name: string,
  info: RegressionInfo,
  rules: Rules<Options>,
  compute: (values: Values, options: Readonly<Required<Options>>) => number,
): Metric<RegressionMetric<Options>> {
  return defineMetric({ ...info, needs: 'values' }, (yTrue, yPred, options: Options = {} as Options) => {
    const complete = completeOptions<Options>(name, options, rules);
    const rows = checkRows(name, { yTrue, yPred });
    const sampleWeight = checkSampleWeight(name, (complete as WeightOption).sampleWeight, rows);
    return compute({ yTrue: finite(name, 'yTrue', yTrue), yPred: finite(name, 'yPred', yPred), sampleWeight }, complete);
  });
}

function finite(owner: string, part: string, values: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new DataError(`${owner}: ${part} must hold finite numbers, row ${i} has ${show(value)}.`);
    }
    numbers[i] = value;
  }
  return numbers;
}

/** f(yTrueᵢ, yPredᵢ) for each row. */
export function perRow({ yTrue, yPred }: Values, f: (truth: number, prediction: number) => number): Float64Array {
  const results = new Float64Array(yTrue.length);
  for (let i = 0; i < results.length; i++) results[i] = f(yTrue[i], yPred[i]);
  return results;
}
