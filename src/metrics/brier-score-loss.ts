import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkRows } from './check-rows.ts';
import { checkProbabilities, checkUnitInterval, withComplement } from './class-probabilities.ts';
import { defineMetric } from './metric.ts';
import { labelsRule, posLabelRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { isScoreRows, scoreColumn, type Scores } from './score-matrix.ts';
import { encodeTrue, rowsOfCode } from './targets.ts';
import { weightedMean } from './weighted-mean.ts';

export interface BrierScoreLossOptions extends WeightOption {
  /** The label that single probabilities are of. Default null: the greater one; two text labels must name one. */
  posLabel?: Label | null;
  /** Classes of the columns of yProba, ascending. Default null: those in yTrue; needed where a class is absent. */
  labels?: Labels | null;
  /** Halve the sum over classes, for a loss in [0, 1] instead of [0, 2]. Default 'auto': for two classes only. */
  scaleByHalf?: boolean | 'auto';
}

const rules: Rules<BrierScoreLossOptions> = {
  sampleWeight: sampleWeightRule(),
  posLabel: posLabelRule(),
  labels: labelsRule(),
  scaleByHalf: choice<boolean | 'auto'>('auto', [true, false, 'auto']),
};

const owner = 'brierScoreLoss';

/**
 * Brier score: the mean over rows of Σₖ (pₖ − tₖ)², t being 1 for the true class and 0 for others; for two
 * classes half of that, which is (p − t)² of the positive class.
 *
 * yProba: one probability per row, of the positive label; or rows × classes, columns ascending.
 *
 * Counterpart: scikit-learn's brier_score_loss.
 * Source: Brier, "Verification of forecasts expressed in terms of probability", 1950.
 *
 * @throws OptionError where the positive label cannot be told; DataError for values outside [0, 1] or NaN
 * @example
 * brierScoreLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]); // 0.0375
 */
export const brierScoreLoss = defineMetric(
  { metricName: 'brierScore', better: 'lower', range: [0, 1], needs: 'probabilities' },
  (yTrue: Labels, yProba: Scores, options: BrierScoreLossOptions = {}): number => {
    const { posLabel, labels, scaleByHalf, sampleWeight } = completeOptions<BrierScoreLossOptions>(owner, options, rules);
    const rows = checkRows(owner, { yTrue, yProba });
    const oneColumn = !isScoreRows(yProba) || (yProba instanceof DenseMatrix ? yProba.cols : yProba[0].length) === 1;
    const { probabilities, codes, sampleWeight: weights } = oneColumn
      ? { ...positiveAndRest(yTrue, yProba, posLabel), sampleWeight: checkSampleWeight(owner, sampleWeight, rows) }
      : checkProbabilities(owner, yTrue, yProba, labels, sampleWeight);
    const { cols, data } = probabilities;
    const losses = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < cols; k++) losses[i] += ((k === codes[i] ? 1 : 0) - data[i * cols + k]) ** 2;
    }
    const halve = scaleByHalf === 'auto' ? cols < 3 : scaleByHalf;
    return weightedMean(losses, weights) * (halve ? 0.5 : 1);
  },
);

/** Two columns, the second of the positive label, and which of them each row is. */
function positiveAndRest(yTrue: Labels, yProba: Scores, posLabel: Label | null): { probabilities: DenseMatrix; codes: Int32Array } {
  const column = DenseMatrix.column(scoreColumn(owner, 'yProba', yProba));
  const { classes, codes } = encodeTrue(owner, yTrue);
  const names = showList(classes.map(show));
  if (classes.length > 2) {
    throw new OptionError(`${owner}: yProba must be rows × classes for more than two labels (${names}). Pass predictProba(X).`);
  }
  checkUnitInterval(owner, column);
  const positive = classes.indexOf(brierPositive(classes, posLabel, names));
  return { probabilities: withComplement(column.data), codes: Int32Array.from(rowsOfCode(codes, positive)) };
}

function brierPositive(classes: readonly Label[], posLabel: Label | null, names: string): Label {
  const type = typeof classes[0];
  if (posLabel !== null) {
    if (typeof posLabel === type) return posLabel;
    throw new OptionError(`${owner}: posLabel must be one of ${names}, got ${show(posLabel)}.`);
  }
  if (type === 'string') throw new OptionError(`${owner}: posLabel must be given for text labels. Use one of ${names}.`);
  if (type === 'boolean') return true;
  // A single 0 or −1 is the negative label of the two usual pairs.
  return classes.length === 1 && (classes[0] === 0 || classes[0] === -1) ? 1 : classes[classes.length - 1];
}
