import type { Labels } from '../core/labels.ts';
import { homogeneityCompletenessVMeasure } from './homogeneity-completeness-v-measure.ts';

/**
 * Homogeneity: whether every cluster holds one class only, from 0 to 1; see homogeneityCompletenessVMeasure.
 *
 * labelsTrue, labelsPred: one label per row, of any type.
 * Counterpart: scikit-learn's homogeneity_score.
 * Source: Rosenberg and Hirschberg, "V-Measure: a conditional entropy-based external cluster evaluation measure", EMNLP 2007.
 *
 * @throws ShapeError for other lengths or no rows, DataError for labels of mixed types
 * @example
 * homogeneityScore([0, 0, 1, 1], ['b', 'b', 'a', 'c']); // 1
 */
export function homogeneityScore(labelsTrue: Labels, labelsPred: Labels): number {
  return homogeneityCompletenessVMeasure(labelsTrue, labelsPred).homogeneity;
}
