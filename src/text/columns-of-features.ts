import { comparePacked, type PackedTexts } from '../kernels/packed-texts.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The column of every feature, −1 where the vocabulary lacks it. Many features are found by going through both
 * lists side by side; few are looked up one by one.
 *
 * @param features ascending by code point
 */
export function columnsOfFeatures(features: PackedTexts, vocabulary: Vocabulary): Int32Array {
  const count = features.starts.length - 1;
  const columns = new Int32Array(count).fill(-1);
  if (count * (vocabulary.isIndexed ? 2 : 16) < vocabulary.length) {
    for (let f = 0; f < count; f++) columns[f] = vocabulary.find(features, f);
    return columns;
  }
  const terms = vocabulary.packed();
  const order = vocabulary.order();
  for (let f = 0, k = 0; f < count && k < order.length; ) {
    const comparison = comparePacked(features, f, terms, order[k]);
    if (comparison === 0) columns[f] = order[k];
    if (comparison <= 0) f++;
    if (comparison >= 0) k++;
  }
  return columns;
}
