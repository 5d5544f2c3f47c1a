import { accuracyScore } from '../../src/metrics/accuracy-score.ts';
import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { balancedAccuracyScore } from '../../src/metrics/balanced-accuracy-score.ts';
import { brierScoreLoss } from '../../src/metrics/brier-score-loss.ts';
import { cohenKappaScore } from '../../src/metrics/cohen-kappa-score.ts';
import { confusionMatrixAtThresholds } from '../../src/metrics/confusion-matrix-at-thresholds.ts';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts';
import { coverageError } from '../../src/metrics/coverage-error.ts';
import { explainedVarianceScore } from '../../src/metrics/explained-variance-score.ts';
import { f1Score } from '../../src/metrics/f1-score.ts';
import { fbetaScore } from '../../src/metrics/fbeta-score.ts';
import { hammingLoss } from '../../src/metrics/hamming-loss.ts';
import { jaccardScore } from '../../src/metrics/jaccard-score.ts';
import { labelRankingAveragePrecisionScore } from '../../src/metrics/label-ranking-average-precision-score.ts';
import { labelRankingLoss } from '../../src/metrics/label-ranking-loss.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { matthewsCorrcoef } from '../../src/metrics/matthews-corrcoef.ts';
import { maxError } from '../../src/metrics/max-error.ts';
import { meanAbsoluteError } from '../../src/metrics/mean-absolute-error.ts';
import { meanAbsolutePercentageError } from '../../src/metrics/mean-absolute-percentage-error.ts';
import { meanSquaredError } from '../../src/metrics/mean-squared-error.ts';
import { meanSquaredLogError } from '../../src/metrics/mean-squared-log-error.ts';
import { medianAbsoluteError } from '../../src/metrics/median-absolute-error.ts';
import { multilabelConfusionMatrix } from '../../src/metrics/multilabel-confusion-matrix.ts';
import { precisionScore } from '../../src/metrics/precision-score.ts';
import { r2Score } from '../../src/metrics/r2-score.ts';
import { recallScore } from '../../src/metrics/recall-score.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { rootMeanSquaredError } from '../../src/metrics/root-mean-squared-error.ts';
import { rootMeanSquaredLogError } from '../../src/metrics/root-mean-squared-log-error.ts';
import { topKAccuracyScore } from '../../src/metrics/top-k-accuracy-score.ts';
import { zeroOneLoss } from '../../src/metrics/zero-one-loss.ts';

const [y, p] = [[3, -0.5, 2, 7], [2.5, 0, 2, 8]];

test.each<[string, number, number]>([
  ['accuracyScore', accuracyScore(['ham', 'spam', 'ham'], ['ham', 'spam', 'spam']), 0.666],
  ['accuracyScore with weights', accuracyScore([0, 1], [0, 0], { sampleWeight: [3, 1] }), 0.75],
  ['averagePrecisionScore', averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.833],
  ['balancedAccuracyScore', balancedAccuracyScore([0, 0, 0, 1], [0, 0, 0, 0]), 0.5],
  ['balancedAccuracyScore adjusted', balancedAccuracyScore([0, 0, 0, 1], [0, 0, 0, 0], { adjusted: true }), 0],
  ['brierScoreLoss', brierScoreLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]), 0.0375],
  ['cohenKappaScore', cohenKappaScore([0, 1, 2, 2], [0, 1, 2, 1]), 0.636],
  ['cohenKappaScore quadratic', cohenKappaScore([0, 1, 2, 2], [0, 1, 2, 1], { weights: 'quadratic' }), 0.8],
  ['coverageError', coverageError([[1, 0, 0], [0, 1, 1]], [[1, 0, 0], [0, 1, 1]]), 1.5],
  ['explainedVarianceScore', explainedVarianceScore(y, p), 0.957],
  ['f1Score', f1Score([0, 1, 1, 1], [0, 1, 1, 0]), 0.8],
  ['f1Score of text', f1Score(['ham', 'spam'], ['ham', 'spam'], { posLabel: 'spam' }), 1],
  ['fbetaScore of 2', fbetaScore([0, 1, 1, 1], [0, 1, 1, 0], { beta: 2 }), 0.714],
  ['fbetaScore of 0.5', fbetaScore([0, 1, 1, 1], [0, 1, 1, 0], { beta: 0.5 }), 0.909],
  ['hammingLoss', hammingLoss([1, 2, 3, 4], [2, 2, 3, 4]), 0.25],
  ['hammingLoss of several labels a row', hammingLoss([[0, 1], [1, 1]], [[0, 0], [0, 0]]), 0.75],
  ['jaccardScore', jaccardScore([0, 1, 1, 1], [0, 1, 1, 0]), 0.666],
  ['jaccardScore macro', jaccardScore(['a', 'b', 'c'], ['a', 'b', 'b'], { average: 'macro' }), 0.5],
  ['labelRankingAveragePrecisionScore', labelRankingAveragePrecisionScore([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]), 0.416],
  ['labelRankingLoss', labelRankingLoss([[1, 0, 0], [0, 0, 1]], [[0.75, 0.5, 1], [1, 0.2, 0.1]]), 0.75],
  ['logLoss', logLoss(['ham', 'spam', 'spam'], [0.1, 0.9, 0.6]), 0.24],
  ['matthewsCorrcoef', matthewsCorrcoef([1, 1, 1, 0], [1, 0, 1, 1]), -0.333],
  ['maxError', maxError([3, 2, 7, 1], [4, 2, 7, 1]), 1],
  ['meanAbsoluteError', meanAbsoluteError(y, p), 0.5],
  ['meanAbsolutePercentageError', meanAbsolutePercentageError([10, 20], [9, 22]), 0.1],
  ['meanSquaredError', meanSquaredError(y, p), 0.375],
  ['meanSquaredLogError', meanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]), 0.0397],
  ['medianAbsoluteError', medianAbsoluteError(y, p), 0.5],
  ['precisionScore', precisionScore([0, 1, 1, 0], [0, 1, 0, 1]), 0.5],
  ['precisionScore macro', precisionScore(['a', 'b', 'c'], ['a', 'b', 'b'], { average: 'macro' }), 0.5],
  ['r2Score', r2Score(y, p), 0.948],
  ['recallScore', recallScore([0, 1, 1, 0], [0, 1, 0, 0]), 0.5],
  ['rocAucScore', rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 0.75],
  ['rootMeanSquaredError', rootMeanSquaredError(y, p), 0.612],
  ['rootMeanSquaredLogError', rootMeanSquaredLogError([3, 5, 2.5, 7], [2.5, 5, 4, 8]), 0.199],
  ['topKAccuracyScore', topKAccuracyScore([0, 1, 2], [[0.5, 0.2, 0.3], [0.3, 0.4, 0.3], [0.6, 0.3, 0.1]], { k: 2 }), 0.666],
  ['zeroOneLoss', zeroOneLoss([0, 1, 2, 2], [0, 1, 2, 0]), 0.25],
  ['zeroOneLoss as a number', zeroOneLoss([0, 1, 2, 2], [0, 1, 2, 0], { normalize: false }), 1],
])('the documented example of %s is right', (_, actual, documented) => {
  // Documented values are cut off, not rounded.
  const rest = (actual - documented) * (documented < 0 ? -1 : 1);
  expect(rest).toBeGreaterThan(-1e-12);
  expect(rest).toBeLessThan(1.1e-3);
});

test('the documented examples that are lists are right', () => {
  expect(recallScore(['a', 'b', 'b'], ['a', 'b', 'a'], { average: null })).toEqual(Float64Array.of(1, 0.5));
  expect(confusionMatrix(['ham', 'spam', 'spam'], ['ham', 'ham', 'spam'])).toEqual([[1, 0], [1, 1]]);
  expect(confusionMatrix([0, 1, 1], [0, 0, 1], { normalize: 'true' })).toEqual([[1, 0], [0.5, 0.5]]);
  expect(multilabelConfusionMatrix([[1, 0], [0, 1]], [[1, 0], [1, 1]])).toEqual([[[0, 1], [0, 1]], [[1, 0], [0, 1]]]);
  const { truePositives, thresholds } = confusionMatrixAtThresholds([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  expect(truePositives).toEqual(Float64Array.of(1, 1, 2, 2));
  expect(thresholds).toEqual(Float64Array.of(0.8, 0.4, 0.35, 0.1));
});

describe('where scikit-learn’s value is easily missed', () => {
  test('the small cases of the ranking metrics', () => {
    const labels = [0, 0, 1, 1, 0, 1];
    const scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.4];
    expect(rocAucScore(labels, scores)).toBeCloseTo(0.6667, 4);
    expect(averagePrecisionScore(labels, scores)).toBeCloseTo(0.7, 12);
    expect(rocAucScore([1, 1], [0.3, 0.4])).toBeNaN();
  });

  test('log loss clips at the epsilon of the numbers it is given, does not rescale rows, and sorts labels', () => {
    expect(logLoss([0, 1], [[1, 0], [1, 0]])).toBeCloseTo(18.0218, 4);
    expect(logLoss([0, 1], [Float32Array.of(1, 0), Float32Array.of(1, 0)])).toBeCloseTo(7.97, 2);
    expect(logLoss([0, 1, 2], [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]])).toBeCloseTo(0.6931, 4);
    expect(logLoss(['b', 'a'], [[0.9, 0.1], [0.2, 0.8]])).toBeCloseTo(1.956, 3);
  });

  test('macro averages take labels of both lists, balanced accuracy those of yTrue', () => {
    expect(f1Score([0, 0, 1], [0, 2, 1], { average: 'macro' })).toBeCloseTo(0.5556, 4);
    expect(balancedAccuracyScore([0, 0, 1], [0, 2, 1])).toBe(0.75);
    expect(precisionScore([0, 0], [0, 0], { zeroDivision: 1 })).toBe(1);
  });

  test('undefined scores', () => {
    expect(matthewsCorrcoef([0, 0], [0, 0])).toBe(0);
    expect(cohenKappaScore([0, 0], [0, 0])).toBeNaN();
    expect(r2Score([2, 2], [2, 2])).toBe(1);
    expect(r2Score([2, 2], [2, 3])).toBe(0);
    expect(meanAbsolutePercentageError([0], [1])).toBeCloseTo(4.5e15, -14);
    expect(confusionMatrix(['10', '9'], ['9', '9'])).toEqual([[0, 1], [0, 1]]);
  });
});
