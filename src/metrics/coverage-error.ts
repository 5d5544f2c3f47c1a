import { labelRankingMetric } from './label-ranking.ts';

/**
 * Coverage error: how far down a row's ranking of labels one must go to have all its true ones, on average over rows;
 * ties count in full, and a row without labels counts 0. At best the mean number of labels per row.
 *
 * yTrue: rows × labels of 0 and 1; yScore: rows × labels, larger for more likely labels. Option: `sampleWeight`.
 * Counterpart: scikit-learn's coverage_error.
 * Source: Tsoumakas, Katakis, Vlahavas, "Mining multi-label data", Data Mining and Knowledge Discovery Handbook, 2010.
 *
 * @throws ShapeError for other columns, DataError for values other than 0 and 1 in yTrue or NaN scores
 * @example
 * coverageError([[1, 0, 0], [0, 1, 1]], [[1, 0, 0], [0, 1, 1]]); // 1.5
 */
export const coverageError = labelRankingMetric('coverageError', { metricName: 'coverageError', better: 'lower', range: [0, Infinity] }, (isTrue, scores) => {
  let lowest = Infinity;
  for (let k = 0; k < scores.length; k++) if (isTrue[k] === 1) lowest = Math.min(lowest, scores[k]);
  let depth = 0;
  for (const score of scores) if (score >= lowest) depth++;
  return depth;
});
