import { compareCodePoints } from '../core/labels.ts';

/**
 * The column of every feature, −1 where the vocabulary lacks it.
 *
 * Many features in a sorted vocabulary are found by going through both lists side by side; few features, or a
 * vocabulary in an order of its own, are looked up one by one.
 *
 * @param features texts, ascending by code point
 * @param vocabulary texts by column
 * @param lookup makes the map from text to column
 */
export function columnsOfFeatures(
  features: readonly string[],
  vocabulary: readonly string[],
  lookup: () => ReadonlyMap<string, number>,
): Int32Array {
  const columns = new Int32Array(features.length).fill(-1);
  // Where the two lists differ much in length, going through the longer one costs more than looking up the shorter.
  if (features.length * 16 < vocabulary.length || !isAscending(vocabulary)) {
    const byTerm = lookup();
    for (let f = 0; f < features.length; f++) columns[f] = byTerm.get(features[f]) ?? -1;
    return columns;
  }
  let f = 0;
  let col = 0;
  while (f < features.length && col < vocabulary.length) {
    const order = features[f] === vocabulary[col] ? 0 : compareCodePoints(features[f], vocabulary[col]);
    if (order === 0) columns[f] = col;
    if (order <= 0) f++;
    if (order >= 0) col++;
  }
  return columns;
}

function isAscending(texts: readonly string[]): boolean {
  for (let i = 1; i < texts.length; i++) if (compareCodePoints(texts[i - 1], texts[i]) >= 0) return false;
  return true;
}
