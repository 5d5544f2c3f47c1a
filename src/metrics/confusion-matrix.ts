import { OptionError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { choice, completeOptions, optional, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { codesOf } from './class-counts.ts';
import { labelsRule, sampleWeightRule, type WeightOption } from './metric-rules.ts';
import { checkTargets, type Targets } from './targets.ts';

export interface ConfusionMatrixOptions extends WeightOption {
  /** Labels of rows and columns, in this order; rows with other labels are left out. Default null: all that occur, ascending. */
  labels?: Labels | null;
  /** Divide by the sum of each row ('true'), of each column ('pred'), or of everything ('all'). Default null: counts. */
  normalize?: 'true' | 'pred' | 'all' | null;
}

const rules: Rules<ConfusionMatrixOptions> = {
  sampleWeight: sampleWeightRule(),
  labels: labelsRule(),
  normalize: optional(choice<'true' | 'pred' | 'all'>('true', ['true', 'pred', 'all'])),
};

/**
 * Confusion matrix: entry [i][j] is the number, or weight, of rows of class i that were taken for class j.
 *
 * yTrue, yPred: one label per row. Returns classes × classes, rows true, columns predicted, both ascending
 * or in the order of `labels`. A share of nothing is 0.
 *
 * Counterpart: scikit-learn's confusion_matrix.
 *
 * @throws OptionError if none of `labels` occurs in yTrue; ShapeError, DataError for labels that cannot be compared
 * @example
 * confusionMatrix(['ham', 'spam', 'spam'], ['ham', 'ham', 'spam']); // [[1, 0], [1, 1]]
 * confusionMatrix([0, 1, 1], [0, 0, 1], { normalize: 'true' }); // [[1, 0], [0.5, 0.5]]
 */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: ConfusionMatrixOptions = {}): number[][] {
  const owner = 'confusionMatrix';
  const { labels, normalize, sampleWeight } = completeOptions<ConfusionMatrixOptions>(owner, options, rules);
  const counts = countConfusions(owner, checkTargets(owner, yTrue, yPred, sampleWeight), labels);
  if (normalize === null) return counts;
  const size = counts.length;
  const sums = { true: new Float64Array(size), pred: new Float64Array(size), all: 0 };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      sums.true[i] += counts[i][j];
      sums.pred[j] += counts[i][j];
      sums.all += counts[i][j];
    }
  }
  const whole = (i: number, j: number): number => (normalize === 'true' ? sums.true[i] : normalize === 'pred' ? sums.pred[j] : sums.all);
  return counts.map((row, i) => row.map((count, j) => (whole(i, j) === 0 ? 0 : count / whole(i, j))));
}

/** Counts, or weights, by true and predicted label. @throws OptionError if none of `labels` occurs in yTrue */
export function countConfusions(owner: string, targets: Targets, labels: Labels | null): number[][] {
  const { classes, trueCodes, predictedCodes, sampleWeight } = targets;
  const size = labels?.length ?? classes.length;
  // Position of each class in the matrix; −1 for classes that are left out.
  const place = labels === null ? Int32Array.from(classes, (_, k) => k) : placesOf(codesOf(owner, labels, classes), classes);
  const counts = new Float64Array(size * size);
  let met = false;
  for (let i = 0; i < trueCodes.length; i++) {
    const row = place[trueCodes[i]];
    const col = place[predictedCodes[i]];
    if (row >= 0) met = true;
    if (row >= 0 && col >= 0) counts[row * size + col] += sampleWeight ? sampleWeight[i] : 1;
  }
  if (!met) {
    throw new OptionError(
      `${owner}: at least one of labels must occur in yTrue, got ${showList(Array.from(labels as Labels).map(show))}. ` +
        `Labels of y are ${showList(classes.map(show))}.`,
    );
  }
  return Array.from({ length: size }, (_, i) => Array.from(counts.subarray(i * size, (i + 1) * size)));
}

function placesOf(codes: Int32Array, classes: readonly Label[]): Int32Array {
  const place = new Int32Array(classes.length).fill(-1);
  codes.forEach((code, at) => {
    if (code >= 0) place[code] = at;
  });
  return place;
}
