import { labelRankingMetric } from './label-ranking.ts';

/**
 * Ranking loss: the share of pairs of a true and a false label of a row that are ranked the wrong way round or tied,
 * averaged over rows. A row with all labels or none counts 0.
 *
 * yTrue: rows × labels of 0 and 1; yScore: rows × labels, larger for more likely labels. Option: `sampleWeight`.
 * Counterpart: scikit-learn's label_ranking_loss.
 * Source: Tsoumakas, Katakis, Vlahavas, "Mining multi-label data", Data Mining and Knowledge Discovery Handbook, 2010.
 *
 * @throws ShapeError for other columns, DataError for values other than 0 and 1 in yTrue or NaN scores
 * @example
 * labelRankingLoss([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]); // 0.75
 */
export const labelRankingLoss = labelRankingMetric('labelRankingLoss', { metricName: 'labelRankingLoss', better: 'lower', range: [0, 1] }, (isTrue, scores) => {
  let wrong = 0;
  let pairs = 0;
  for (let k = 0; k < scores.length; k++) {
    for (let other = 0; isTrue[k] === 1 && other < scores.length; other++) {
      if (isTrue[other] === 1) continue;
      pairs++;
      if (scores[other] >= scores[k]) wrong++;
    }
  }
  return pairs === 0 ? 0 : wrong / pairs;
});
