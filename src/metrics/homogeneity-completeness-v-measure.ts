import type { Labels } from '../core/labels.ts';
import { completeOptions, number, type Rules } from '../core/rules.ts';
import { labelPairs } from './label-pairs.ts';
import { entropyOf, mutualInformation } from './mutual-information.ts';

export interface VMeasureOptions {
  /** Weight of completeness against homogeneity, at least 0. Default 1. */
  beta?: number;
}

/** What two labellings tell of each other. */
export interface HomogeneityCompletenessVMeasure {
  homogeneity: number;
  completeness: number;
  vMeasure: number;
}

const rules: Rules<VMeasureOptions> = { beta: number(1, { min: 0 }) };

/**
 * Homogeneity, the share of the entropy of labelsTrue that labelsPred tells: 1 where every cluster holds one class only; completeness, the same the
 * other way: 1 where every class is in one cluster; and their harmonic mean v = (1 + beta)·h·c / (beta·h + c).
 *
 * labelsTrue, labelsPred: one label per row, of any type. A labelling of one group has nothing to tell, which counts as 1.
 * Counterpart: scikit-learn's homogeneity_completeness_v_measure.
 * Source: Rosenberg and Hirschberg, "V-Measure: a conditional entropy-based external cluster evaluation measure", EMNLP 2007.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * homogeneityCompletenessVMeasure([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // { homogeneity: 1, completeness: 0.666…, vMeasure: 0.8 }
 */
export function homogeneityCompletenessVMeasure(labelsTrue: Labels, labelsPred: Labels, options: VMeasureOptions = {}): HomogeneityCompletenessVMeasure {
  const { beta } = completeOptions<VMeasureOptions>('homogeneityCompletenessVMeasure', options, rules);
  const pairs = labelPairs('homogeneityCompletenessVMeasure', labelsTrue, labelsPred);
  const information = mutualInformation(pairs);
  const share = (entropy: number): number => (entropy === 0 ? 1 : information / entropy);
  const homogeneity = share(entropyOf(pairs.left, pairs.rows));
  const completeness = share(entropyOf(pairs.right, pairs.rows));
  const sum = beta * homogeneity + completeness;
  return { homogeneity, completeness, vMeasure: homogeneity + completeness === 0 ? 0 : ((1 + beta) * homogeneity * completeness) / sum };
}
