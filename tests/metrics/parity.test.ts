import { accuracyScore } from '../../src/metrics/accuracy-score.ts';
import { auc } from '../../src/metrics/auc.ts';
import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { balancedAccuracyScore } from '../../src/metrics/balanced-accuracy-score.ts';
import { brierScoreLoss } from '../../src/metrics/brier-score-loss.ts';
import { calibrationCurve } from '../../src/metrics/calibration-curve.ts';
import { classificationReport } from '../../src/metrics/classification-report.ts';
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
import { precisionRecallCurve } from '../../src/metrics/precision-recall-curve.ts';
import { precisionRecallFscoreSupport } from '../../src/metrics/precision-recall-fscore-support.ts';
import { precisionScore } from '../../src/metrics/precision-score.ts';
import { r2Score } from '../../src/metrics/r2-score.ts';
import { recallScore } from '../../src/metrics/recall-score.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { rocCurve } from '../../src/metrics/roc-curve.ts';
import { rootMeanSquaredError } from '../../src/metrics/root-mean-squared-error.ts';
import { rootMeanSquaredLogError } from '../../src/metrics/root-mean-squared-log-error.ts';
import { topKAccuracyScore } from '../../src/metrics/top-k-accuracy-score.ts';
import { zeroOneLoss } from '../../src/metrics/zero-one-loss.ts';
import { fixture } from '../fixture.ts';

const single = (rows: number[] | number[][]): unknown =>
  Array.isArray(rows[0]) ? (rows as number[][]).map((row) => Float32Array.from(row)) : Float32Array.from(rows as number[]);

/** scikit-learn's functions and ours; what it returns as a tuple, ours return as an object in the same order. */
const calls: Record<string, (yTrue: any, yPred: any, options: any) => unknown> = {
  accuracy_score: accuracyScore,
  auc: (x, y) => auc(x, y),
  average_precision_score: averagePrecisionScore,
  balanced_accuracy_score: balancedAccuracyScore,
  brier_score_loss: brierScoreLoss,
  calibration_curve: (y, p, options) => Object.values(calibrationCurve(y, p, options)),
  classification_report: classificationReport,
  cohen_kappa_score: cohenKappaScore,
  confusion_matrix: confusionMatrix,
  confusion_matrix_at_thresholds: (y, s, options) => Object.values(confusionMatrixAtThresholds(y, s, options)),
  coverage_error: coverageError,
  explained_variance_score: explainedVarianceScore,
  f1_score: f1Score,
  fbeta_score: fbetaScore,
  hamming_loss: hammingLoss,
  jaccard_score: jaccardScore,
  label_ranking_average_precision_score: labelRankingAveragePrecisionScore,
  label_ranking_loss: labelRankingLoss,
  log_loss: logLoss,
  log_loss_single: (y, p) => logLoss(y, single(p) as Float32Array),
  matthews_corrcoef: matthewsCorrcoef,
  max_error: maxError,
  mean_absolute_error: meanAbsoluteError,
  mean_absolute_percentage_error: meanAbsolutePercentageError,
  mean_squared_error: meanSquaredError,
  mean_squared_log_error: meanSquaredLogError,
  median_absolute_error: medianAbsoluteError,
  multilabel_confusion_matrix: multilabelConfusionMatrix,
  precision_recall_curve: (y, s, options) => Object.values(precisionRecallCurve(y, s, options)),
  precision_recall_fscore_support: (y, p, options) => Object.values(precisionRecallFscoreSupport(y, p, options)),
  precision_score: precisionScore,
  r2_score: r2Score,
  recall_score: recallScore,
  roc_auc_score: rocAucScore,
  roc_curve: (y, s, options) => Object.values(rocCurve(y, s, options)),
  root_mean_squared_error: rootMeanSquaredError,
  root_mean_squared_log_error: rootMeanSquaredLogError,
  top_k_accuracy_score: topKAccuracyScore,
  zero_one_loss: zeroOneLoss,
};

const { cases } = fixture('metrics');

test('the fixture calls every function that is compared', () => {
  expect([...new Set(cases.map(({ call }) => call))].sort()).toEqual(Object.keys(calls).sort());
});

test.each(cases.map((parityCase) => [parityCase.name, parityCase] as const))('%s', (_, { call, options, input, expected, tolerance }) => {
  if (options.zeroDivision === 'NaN') options.zeroDivision = Number.NaN;
  const actual = calls[call](input.yTrue, input.yPred, options);
  if (typeof expected === 'string' && call === 'classification_report') expect(actual).toBe(expected);
  else expect(actual).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
});
