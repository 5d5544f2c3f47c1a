import { OptionError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { Targets } from './targets.ts';

/** Weighted row counts of each label: what precision, recall and their kin are made of. */
export interface ClassCounts {
  labels: readonly Label[];
  /** Rows that are of the label and were taken for it. */
  truePositives: Float64Array;
  /** Rows that were taken for the label. */
  predicted: Float64Array;
  /** Rows that are of the label: its support. */
  actual: Float64Array;
  /** With counts of rows in place of labels, the rows' weights, if they were given. */
  rowWeights?: Float64Array | undefined;
}

/**
 * Counts for the given labels, in their order; for all that occur, ascending, when null.
 * A label that never occurs has counts of 0.
 */
export function classCounts(owner: string, targets: Targets, labels: Labels | null): ClassCounts {
  const { classes, trueCodes, predictedCodes, sampleWeight } = targets;
  const truePositives = new Float64Array(classes.length);
  const predicted = new Float64Array(classes.length);
  const actual = new Float64Array(classes.length);
  for (let i = 0; i < trueCodes.length; i++) {
    const weight = sampleWeight ? sampleWeight[i] : 1;
    predicted[predictedCodes[i]] += weight;
    actual[trueCodes[i]] += weight;
    if (trueCodes[i] === predictedCodes[i]) truePositives[trueCodes[i]] += weight;
  }
  // Printed supports show every digit, so the rounding of "hits plus misses" is kept.
  for (let k = 0; k < classes.length; k++) {
    predicted[k] = truePositives[k] + (predicted[k] - truePositives[k]);
    actual[k] = truePositives[k] + (actual[k] - truePositives[k]);
  }
  if (labels === null) return { labels: classes, truePositives, predicted, actual };
  const codes = codesOf(owner, labels, classes);
  const pick = (counts: Float64Array): Float64Array => Float64Array.from(codes, (code) => (code < 0 ? 0 : counts[code]));
  return { labels: Array.from(labels), truePositives: pick(truePositives), predicted: pick(predicted), actual: pick(actual) };
}

/** Positions of labels in `classes`, −1 for those that do not occur. @throws OptionError for labels of another type */
export function codesOf(owner: string, labels: Labels, classes: readonly Label[]): Int32Array {
  uniqueLabels(owner, labels);
  if (typeof labels[0] !== typeof classes[0]) {
    throw new OptionError(`${owner}: labels must be of the type of those in y (${typeof classes[0]}), got ${show(labels[0])}.`);
  }
  return Int32Array.from({ length: labels.length }, (_, k) => classes.indexOf(labels[k]));
}
