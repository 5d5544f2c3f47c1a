import type { Labels } from '../core/labels.ts';
import { homogeneityCompletenessVMeasure, type VMeasureOptions } from './homogeneity-completeness-v-measure.ts';

/**
 * V-measure: the harmonic mean of homogeneity and completeness, from 0 to 1; with beta 1 normalizedMutualInfoScore. See
 * homogeneityCompletenessVMeasure.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's v_measure_score.
 * Source: Rosenberg and Hirschberg, "V-Measure: a conditional entropy-based external cluster evaluation measure", EMNLP 2007.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * vMeasureScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 0.8
 */
export function vMeasureScore(labelsTrue: Labels, labelsPred: Labels, options: VMeasureOptions = {}): number {
  return homogeneityCompletenessVMeasure(labelsTrue, labelsPred, options).vMeasure;
}
