import { labelRankingMetric } from './label-ranking.ts';

/**
 * Label ranking average precision: for each true label of a row, the share of true ones among the labels ranked at least
 * as high; averaged over a row's true labels, then over rows. A row with all labels or none counts 1.
 *
 * yTrue: rows × labels of 0 and 1; yScore: rows × labels, larger for more likely labels. Option: `sampleWeight`.
 * Counterpart: scikit-learn's label_ranking_average_precision_score.
 * Source: Tsoumakas, Katakis, Vlahavas, "Mining multi-label data", Data Mining and Knowledge Discovery Handbook, 2010.
 *
 * @throws ShapeError for other columns, DataError for values other than 0 and 1 in yTrue or NaN scores
 * @example
 * labelRankingAveragePrecisionScore([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]); // 0.416…
 */
export const labelRankingAveragePrecisionScore = labelRankingMetric(
  'labelRankingAveragePrecisionScore',
  { metricName: 'labelRankingAveragePrecision', better: 'higher', range: [0, 1] },
  (isTrue, scores) => {
    let sum = 0;
    let trueLabels = 0;
    for (let k = 0; k < scores.length; k++) {
      if (isTrue[k] === 0) continue;
      trueLabels++;
      let rank = 0;
      let trueRank = 0;
      for (let other = 0; other < scores.length; other++) {
        if (!(scores[other] >= scores[k])) continue;
        rank++;
        trueRank += isTrue[other];
      }
      sum += trueRank / rank;
    }
    return trueLabels === 0 || trueLabels === scores.length ? 1 : sum / trueLabels;
  },
);
