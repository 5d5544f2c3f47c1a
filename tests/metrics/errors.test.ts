import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { accuracyScore } from '../../src/metrics/accuracy-score.ts';
import { auc } from '../../src/metrics/auc.ts';
import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { brierScoreLoss } from '../../src/metrics/brier-score-loss.ts';
import { calibrationCurve } from '../../src/metrics/calibration-curve.ts';
import { classificationReport } from '../../src/metrics/classification-report.ts';
import { cohenKappaScore } from '../../src/metrics/cohen-kappa-score.ts';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts';
import { coverageError } from '../../src/metrics/coverage-error.ts';
import { f1Score } from '../../src/metrics/f1-score.ts';
import { fbetaScore } from '../../src/metrics/fbeta-score.ts';
import { hammingLoss } from '../../src/metrics/hamming-loss.ts';
import { jaccardScore } from '../../src/metrics/jaccard-score.ts';
import { labelRankingLoss } from '../../src/metrics/label-ranking-loss.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { maxError } from '../../src/metrics/max-error.ts';
import { meanSquaredError } from '../../src/metrics/mean-squared-error.ts';
import { multilabelConfusionMatrix } from '../../src/metrics/multilabel-confusion-matrix.ts';
import { precisionScore } from '../../src/metrics/precision-score.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { rocCurve } from '../../src/metrics/roc-curve.ts';
import { rootMeanSquaredLogError } from '../../src/metrics/root-mean-squared-log-error.ts';
import { topKAccuracyScore } from '../../src/metrics/top-k-accuracy-score.ts';

const wild = (value: unknown): any => value;
const thirds = [[0.2, 0.3, 0.5], [0.6, 0.2, 0.2], [0.1, 0.8, 0.1]];

const cases: [title: string, call: () => unknown, error: Error][] = [
  ['lists of other lengths', () => accuracyScore([0, 1, 1], [0, 1]), new ShapeError('accuracyScore: yTrue has 3 rows, but yPred has 2. Give one value per row in both.')],
  ['empty lists', () => f1Score([], []), new ShapeError('f1Score: yTrue must have at least 1 row, got 0.')],
  ['what is no list', () => accuracyScore(wild(7), [0]), new ShapeError('accuracyScore: yTrue must be an array, got 7. Pass one value per row.')],
  ['mixed labels', () => accuracyScore([0, 1], wild(['0', '1'])), new DataError('accuracyScore: labels must be of one type, got number and string ("0" in row 0).')],
  ['a missing label', () => confusionMatrix([0, 1], wild([0, null])), new DataError('confusionMatrix: every row must have a label, row 1 has null. Fill or drop it.')],
  [
    'probabilities in place of labels',
    () => accuracyScore([0, 1], [0.2, 0.9]),
    new DataError(
      'accuracyScore: labels must be text, booleans or whole numbers, yPred row 0 has 0.2. Turn probabilities into labels first, or use a metric for scores or for regression.',
    ),
  ],
  ['weights of another length', () => accuracyScore([0, 1], [0, 1], { sampleWeight: [1] }), new ShapeError('accuracyScore: sampleWeight must have one weight per row (2), got 1.')],
  ['a negative weight', () => rocAucScore([0, 1], [0, 1], { sampleWeight: [1, -1] }), new DataError('rocAucScore: sampleWeight must be finite and not negative, row 1 has -1.')],
  ['an unknown option', () => f1Score([0, 1], [0, 1], wild({ avrage: 'macro' })), new OptionError('f1Score: there is no option avrage. Did you mean average? Options are sampleWeight, labels, posLabel, average, zeroDivision.')],
  ['an unknown average', () => f1Score([0, 1], [0, 1], wild({ average: 'harmonic' })), new OptionError('f1Score: average must be one of "binary", "micro", "macro", "weighted", "samples", or null, got "harmonic".')],
  ['an average over rows with one label each', () => f1Score([0, 1], [0, 1], { average: 'samples' }), new OptionError("f1Score: average 'samples' needs rows × labels of 0 and 1, got one label per row. Use average: 'micro', 'macro', 'weighted' or null.")],
  ['several labels a row averaged as two', () => f1Score([[0, 1]], [[0, 1]]), new OptionError("f1Score: average 'binary' needs one label per row, got 2 columns of labels. Use average: 'micro', 'macro', 'weighted', 'samples' or null.")],
  ['several labels a row on one side', () => accuracyScore([[0, 1], [1, 1]], [0, 1]), new ShapeError('accuracyScore: yTrue and yPred must both be one label per row, or both rows × labels of 0 and 1, got [[0, 1], [1, 1]] and [0, 1].')],
  ['other numbers of labels a row', () => hammingLoss([[0, 1], [1, 1]], [[0], [1]]), new ShapeError('hammingLoss: yTrue has 2 columns, but yPred has 1. Give one column per label in both.')],
  ['predicted labels that are no 0 or 1', () => jaccardScore([[0, 1]], [[0, 2]], { average: 'macro' }), new DataError('jaccardScore: yPred must hold 0 and 1 if it has columns, row 0 column 1 has 2.')],
  ['a label that is no column', () => f1Score([[0, 1]], [[0, 1]], { average: 'macro', labels: [0, 2] }), new OptionError('f1Score: labels must be column numbers in [0, 1] for rows with several labels, got 2.')],
  ['matrices by row of one label each', () => multilabelConfusionMatrix([0, 1], [0, 1], { samplewise: true }), new OptionError('multilabelConfusionMatrix: samplewise needs rows × labels of 0 and 1, got one label per row. Use samplewise: false.')],
  ['a ranking of one label per row', () => coverageError(wild([0, 1]), [[0.2, 0.1], [0.1, 0.2]]), new ShapeError('coverageError: yTrue must be rows × labels, got [0, 1]. Pass one column per label.')],
  ['a ranking of other labels', () => labelRankingLoss([[0, 1]], [[0.1, 0.2, 0.3]]), new ShapeError('labelRankingLoss: yTrue has 2 columns, but yScore has 3. Give one column per label in both.')],
  ['an odd zero division', () => f1Score([0, 1], [0, 1], { zeroDivision: 2 }), new OptionError('f1Score: zeroDivision must be 0, 1 or NaN, got 2.')],
  ['the same label twice', () => f1Score([0, 1], [0, 1], { labels: [1, 1], average: 'macro' }), new OptionError('f1Score: labels must be an array of distinct labels, or null, got [1, 1].')],
  ['labels of another type', () => f1Score([0, 1], [0, 1], { labels: ['1'], average: 'macro' }), new OptionError('f1Score: labels must be of the type of those in y (number), got "1".')],
  [
    'three labels averaged as two',
    () => precisionScore(['a', 'b', 'c'], ['a', 'b', 'b']),
    new OptionError(`precisionScore: average 'binary' needs two labels, got 3 ("a", "b", "c"). Use average: 'micro', 'macro', 'weighted' or null.`),
  ],
  ['text labels without a positive one', () => f1Score(['ham', 'spam'], ['ham', 'spam']), new OptionError('f1Score: posLabel must be given for text labels. Use one of "ham", "spam".')],
  ['a positive label that is none of the labels', () => f1Score([1, 2], [1, 2], { posLabel: 3 }), new OptionError('f1Score: posLabel must be one of 1, 2, got 3.')],
  ['a positive label of another type', () => rocCurve([0, 1], [0.1, 0.2], { posLabel: '1' }), new OptionError('rocCurve: posLabel must be one of 0, 1, got "1".')],
  ['a curve of labels that do not say which is positive', () => rocCurve([1, 2], [0.1, 0.2]), new OptionError('rocCurve: posLabel must be given unless labels are 0 and 1 or -1 and 1. Use one of 1, 2.')],
  ['average precision of labels that do not say which is positive', () => averagePrecisionScore([2, 3], [0.1, 0.2]), new OptionError('averagePrecisionScore: posLabel must be one of 2, 3, got 1.')],
  ['Fβ without β', () => fbetaScore([0, 1], [0, 1]), new OptionError('fbetaScore: beta must be given, got undefined. Use f1Score for beta 1.')],
  ['labels of which none is true', () => confusionMatrix([0, 1], [0, 1], { labels: [7] }), new OptionError('confusionMatrix: at least one of labels must occur in yTrue, got 7. Labels of y are 0, 1.')],
  ['kappa of labels of which none is true', () => cohenKappaScore([0, 1], [0, 1], { labels: [7] }), new OptionError('cohenKappaScore: at least one of labels must occur in yTrue, got 7. Labels of y are 0, 1.')],
  [
    'too few names in a report',
    () => classificationReport([0, 1], [0, 1], { targetNames: ['no'] }),
    new OptionError('classificationReport: targetNames must have one name per label (2), got 1. Pass labels to choose which to report.'),
  ],
  ['a NaN score', () => rocAucScore([0, 1, 1], [0.1, Number.NaN, 0.2]), new DataError('rocAucScore: yScore must hold finite numbers, row 1 has NaN.')],
  ['a NaN in a matrix of scores', () => rocAucScore([0, 1, 2], [[1, 0, 0], [0, Number.NaN, 1], [0, 0, 1]], { multiClass: 'ovr' }), new DataError('rocAucScore: yScore must hold finite numbers, row 1 column 1 has NaN.')],
  [
    'two columns for two classes',
    () => rocAucScore([0, 1], [[0.4, 0.6], [0.3, 0.7]]),
    new ShapeError('rocAucScore: yScore must be one score per row for two classes, got 2 columns. Pass the column of the positive class, as in probabilities.col(1).'),
  ],
  [
    'three classes without saying how',
    () => rocAucScore([0, 1, 2], thirds),
    new OptionError("rocAucScore: multiClass must be 'ovr' or 'ovo' for more than two classes, got null. The labels are 0, 1, 2."),
  ],
  [
    'one score per row for three classes',
    () => rocAucScore([0, 1, 2], [0.1, 0.2, 0.3], { multiClass: 'ovr' }),
    new ShapeError('rocAucScore: yScore must be rows × classes for more than two classes (0, 1, 2), got one score per row. Pass predictProba(X).'),
  ],
  [
    'rows that do not sum to 1',
    () => rocAucScore([0, 1, 2], [[0.2, 0.3, 0.5], [0.6, 0.2, 0.3], [0.1, 0.8, 0.1]], { multiClass: 'ovr' }),
    new DataError('rocAucScore: yScore must be probabilities that sum to 1 in each row, row 1 sums to 1.1. Pass predictProba(X).'),
  ],
  [
    'a class without a column',
    () => rocAucScore([0, 1, 1], thirds, { multiClass: 'ovr' }),
    new DataError('rocAucScore: there must be one column per class, got 3 columns for 2 classes (0, 1). Pass all classes of the model, ascending, as labels.'),
  ],
  ['a true label that labels lack', () => rocAucScore([0, 1, 9], thirds, { multiClass: 'ovr', labels: [0, 1, 2] }), new DataError('rocAucScore: labels must be among 0, 1, 2, got 9.')],
  [
    'labels out of order',
    () => logLoss(['b', 'a'], [[0.9, 0.1], [0.2, 0.8]], { labels: ['b', 'a'] }),
    new OptionError('logLoss: labels must ascend, as the columns of predictProba do, got "a" after "b". Sort labels and columns alike.'),
  ],
  ['partial areas of three classes', () => rocAucScore([0, 1, 2], thirds, { multiClass: 'ovr', maxFpr: 0.5 }), new OptionError('rocAucScore: maxFpr must be null for more than two classes, got 0.5.')],
  ['a false positive rate of 0', () => rocAucScore([0, 1], [0, 1], { maxFpr: 0 }), new OptionError('rocAucScore: maxFpr must be a number in (0, 1], or null, got 0.')],
  ['weights for pairs of classes', () => rocAucScore([0, 1, 2], thirds, { multiClass: 'ovo', sampleWeight: [1, 1, 1] }), new OptionError("rocAucScore: sampleWeight must be left out for multiClass 'ovo'. Use multiClass: 'ovr'.")],
  ['pairs of classes one by one', () => rocAucScore([0, 1, 2], thirds, { multiClass: 'ovo', average: null }), new OptionError(`rocAucScore: average must be one of "macro", "weighted" for multiClass 'ovo', got null.`)],
  ['an indicator that is none', () => rocAucScore([[0, 1], [2, 0]], [[0, 1], [1, 0]]), new DataError('rocAucScore: yTrue must hold 0 and 1 if it has columns, row 1 column 0 has 2.')],
  ['one class only for log loss', () => logLoss(['a', 'a'], [0.1, 0.2]), new DataError('logLoss: there must be at least two classes, got only "a". Pass all classes of the model, ascending, as labels.')],
  ['decision values for log loss', () => logLoss([0, 1], [0.1, 1.2]), new DataError('logLoss: yProba must lie in [0, 1], row 1 has 1.2. Pass probabilities, not decision values.')],
  [
    'more columns than classes for log loss',
    () => logLoss([0, 1, 1], thirds),
    new DataError('logLoss: there must be one column per class, got 3 columns for 2 classes (0, 1). Pass all classes of the model, ascending, as labels.'),
  ],
  ['text labels for the Brier score', () => brierScoreLoss(['a', 'b'], [0.1, 0.9]), new OptionError('brierScoreLoss: posLabel must be given for text labels. Use one of "a", "b".')],
  [
    'one probability per row for three classes',
    () => brierScoreLoss([0, 1, 2], [0.1, 0.9, 0.3]),
    new OptionError('brierScoreLoss: yProba must be rows × classes for more than two labels (0, 1, 2). Pass predictProba(X).'),
  ],
  ['a ragged matrix', () => topKAccuracyScore([0, 1, 2], [[1, 0, 0], [0, 1], [0, 0, 1]]), new ShapeError('DenseMatrix: every row must have 3 values as row 0 has, row 1 has 2.')],
  ['top k of one score per row', () => topKAccuracyScore([0, 1, 2], [0.1, 0.2, 0.3]), new ShapeError('topKAccuracyScore: yScore must be rows × classes for more than two labels (0, 1, 2), got one score per row.')],
  ['top none', () => topKAccuracyScore([0, 1], [0.1, 0.2], { k: 0 }), new OptionError('topKAccuracyScore: k must be a whole number in [1, ∞), got 0.')],
  ['a curve of one point', () => auc([0], [0]), new ShapeError('auc: x must have at least 2 points, got 1.')],
  ['a curve that turns', () => auc([0, 1, 0.5], [0, 1, 1]), new DataError('auc: x must rise or fall throughout, but it turns at point 2. Sort the points by x.')],
  ['calibration of three labels', () => calibrationCurve([0, 1, 2], [0.1, 0.2, 0.3]), new DataError('calibrationCurve: yTrue must have at most two labels, got 0, 1, 2. Compare one class with the rest.')],
  ['a missing number', () => meanSquaredError([1, 2], wild([1, null])), new DataError('meanSquaredError: yPred must hold finite numbers, row 1 has null.')],
  ['an infinite number', () => meanSquaredError([1, Infinity], [1, 2]), new DataError('meanSquaredError: yTrue must hold finite numbers, row 1 has Infinity.')],
  ['logarithms of what is too small', () => rootMeanSquaredLogError([1, 2], [1, -1]), new DataError('rootMeanSquaredLogError: yPred must be greater than -1, row 1 has -1. Clip predictions at 0.')],
  ['weights for the maximum', () => maxError([1], [1], wild({ sampleWeight: [1] })), new OptionError('maxError: there is no option sampleWeight. It takes no options.')],
];

test.each(cases)('%s: refused with a reason', (_, call, error) => {
  expect(call).toThrow(error);
  expect(call).toThrow(error.constructor as new () => Error);
});

test('inputs are not modified', () => {
  const y = Object.freeze([0, 1, 1, 0, 2]) as number[];
  const p = Object.freeze([0, 1, 0, 0, 2]) as number[];
  const scores = Float64Array.of(0.1, 0.9, 0.4, 0.3, 0.2);
  const before = scores.slice();
  accuracyScore(y, p);
  f1Score(y, p, { average: 'macro', labels: Object.freeze([2, 0]) as number[] });
  rocCurve(y, scores, { posLabel: 1 });
  calibrationCurve([0, 1, 1, 0, 0], scores, { strategy: 'quantile' });
  expect(scores).toEqual(before);
  const matrix = DenseMatrix.from([[0.1, 0.9], [0.7, 0.3]]);
  const data = matrix.data.slice();
  logLoss([1, 0], matrix);
  brierScoreLoss([1, 0], matrix);
  expect(matrix.data).toEqual(data);
});
