import type { Labels } from '../core/labels.ts';
import { completeOptions, flag, type Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkProbabilities } from './class-probabilities.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import type { Scores } from './score-matrix.ts';
import { weightedMean, weightedSum } from './weighted-mean.ts';

export interface LogLossOptions extends WeightOption {
  /** Give the mean over rows (true) or the sum (false). Default true. */
  normalize?: boolean;
  /** Classes of the columns of yProba, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
}

const rules: Rules<LogLossOptions> = { sampleWeight: sampleWeightRule(), normalize: flag(true), labels: labelsRule() };

/**
 * Log loss (cross-entropy): the mean of −ln p, p being the probability given to a row's true label, clipped
 * to [ε, 1 − ε] with ε = 2⁻⁵² (2⁻²³ for Float32Array).
 *
 * yProba: rows × classes, columns ascending; or one probability per row, of the greater of two labels. Rows
 * that do not sum to 1 are taken as they are: scikit-learn 1.9 warns of them and does not rescale.
 *
 * Counterpart: scikit-learn's log_loss. Labels that do not ascend are refused, where scikit-learn warns.
 *
 * @throws DataError for one class only, values outside [0, 1] or NaN, or columns that do not fit the classes
 * @example
 * logLoss(['ham', 'spam', 'spam'], [0.1, 0.9, 0.6]); // 0.240…
 * logLoss(y, await model.predictProba(X), { labels: model.fitted.classes });
 */
export const logLoss = defineMetric(
  { metricName: 'logLoss', better: 'lower', range: [0, Infinity], needs: 'probabilities' },
  (yTrue: Labels, yProba: Scores, options: LogLossOptions = {}): number => {
    const { labels, normalize, sampleWeight } = completeOptions<LogLossOptions>('logLoss', options, rules);
    const { probabilities, codes, sampleWeight: weights } = checkProbabilities('logLoss', yTrue, yProba, labels, sampleWeight);
    const losses = lossesOfCodes(probabilities, codes, yProba);
    return (normalize ? weightedMean : weightedSum)(losses, weights);
  },
);

/** −ln of the probability in the column of each row's code, clipped by the precision of what was given. */
export function lossesOfCodes({ cols, data }: DenseMatrix, codes: Int32Array, given: Scores): Float64Array {
  const epsilon = isSinglePrecision(given) ? 2 ** -23 : 2 ** -52;
  return Float64Array.from(codes, (code, i) => -Math.log(Math.min(Math.max(data[i * cols + code], epsilon), 1 - epsilon)));
}

function isSinglePrecision(yProba: Scores): boolean {
  return yProba instanceof Float32Array || (Array.isArray(yProba) && (yProba[0] as unknown) instanceof Float32Array);
}
