import fc from 'fast-check';
import { DataError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { adjustedMutualInfoScore } from '../../src/metrics/adjusted-mutual-info-score.ts';
import { adjustedRandScore } from '../../src/metrics/adjusted-rand-score.ts';
import { calinskiHarabaszScore } from '../../src/metrics/calinski-harabasz-score.ts';
import { d2BrierScore } from '../../src/metrics/d2-brier-score.ts';
import { d2LogLossScore } from '../../src/metrics/d2-log-loss-score.ts';
import { classLikelihoodRatios } from '../../src/metrics/class-likelihood-ratios.ts';
import { completenessScore } from '../../src/metrics/completeness-score.ts';
import { daviesBouldinScore } from '../../src/metrics/davies-bouldin-score.ts';
import { dcgScore } from '../../src/metrics/dcg-score.ts';
import { detCurve } from '../../src/metrics/det-curve.ts';
import { fowlkesMallowsScore } from '../../src/metrics/fowlkes-mallows-score.ts';
import { homogeneityCompletenessVMeasure } from '../../src/metrics/homogeneity-completeness-v-measure.ts';
import { homogeneityScore } from '../../src/metrics/homogeneity-score.ts';
import { hingeLoss } from '../../src/metrics/hinge-loss.ts';
import { mutualInfoScore } from '../../src/metrics/mutual-info-score.ts';
import { ndcgScore } from '../../src/metrics/ndcg-score.ts';
import { normalizedMutualInfoScore } from '../../src/metrics/normalized-mutual-info-score.ts';
import { pairConfusionMatrix } from '../../src/metrics/pair-confusion-matrix.ts';
import { rocCurve } from '../../src/metrics/roc-curve.ts';
import { scorer } from '../../src/metrics/scorer.ts';
import { silhouetteSamples } from '../../src/metrics/silhouette-samples.ts';
import { silhouetteScore } from '../../src/metrics/silhouette-score.ts';
import { vMeasureScore } from '../../src/metrics/v-measure-score.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const metrics: Record<string, (a: any, b: any, options?: any) => any> = {
  adjustedMutualInfoScore, adjustedRandScore, calinskiHarabaszScore, d2BrierScore, d2LogLossScore, daviesBouldinScore, dcgScore, detCurve, hingeLoss,
  mutualInfoScore, ndcgScore, normalizedMutualInfoScore, silhouetteSamples, silhouetteScore, classLikelihoodRatios, completenessScore, fowlkesMallowsScore,
  homogeneityCompletenessVMeasure, homogeneityScore, pairConfusionMatrix, vMeasureScore,
};
const { cases } = fixture('metrics-of-groups');
const runs = { seed: 9, numRuns: 60 };

test.each(cases.filter(({ input }) => input.function !== 'scorer').map((c) => [c.name, c] as const))('scikit-learn agrees on %s', (_, { input, options, expected, tolerance }) => {
  const found = metrics[input.function](input.a, input.b, options);
  const close = { relative: tolerance, absolute: tolerance };
  if (typeof expected !== 'object' || Array.isArray(expected)) expect(found).toBeAllClose(expected, close);
  else for (const [part, value] of Object.entries(expected)) expect(found[part]).toBeAllClose(value, close);
});

const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 });

test('a ranking by worth is the best, and its mirror image no better than any', () => {
  const rows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, rows, (worth, scores) => {
      const some = scores.length >= worth.length ? scores.slice(0, worth.length) : worth;
      expect(ndcgScore(worth, worth)).toBeCloseTo(1, 12);
      const worst = ndcgScore(worth, worth.map((row) => row.map((value) => -value)));
      expect(ndcgScore(worth, some)).toBeGreaterThanOrEqual(worst - 1e-12);
    }),
    runs,
  );
});

test('comparisons of clusterings do not mind names, nor which of both comes first', () => {
  fc.assert(
    fc.property(labels, (a) => {
      const b = new RandomState(a.length).permutation(a).map((label) => Math.min(label, 2));
      const named = Array.from(b, (label) => ['x', 'a', 'k', 'f'][label]);
      for (const metric of [adjustedRandScore, mutualInfoScore, normalizedMutualInfoScore, adjustedMutualInfoScore]) {
        expect(metric(a, named)).toBeCloseTo(metric(a, Array.from(b)), 12);
        expect(metric(b, a)).toBeCloseTo(metric(a, b), 9);
      }
      for (const metric of [adjustedRandScore, normalizedMutualInfoScore, adjustedMutualInfoScore]) expect(metric(a, a)).toBeCloseTo(1, 9);
    }),
    runs,
  );
});

test('a DET curve is the part of the ROC curve between its ends, from the other side', () => {
  const yTrue = [0, 1, 0, 1, 1, 0, 1, 0];
  const yScore = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
  const roc = rocCurve(yTrue, yScore, { dropIntermediate: false });
  const { fpr, fnr, thresholds } = detCurve(yTrue, yScore);
  for (const [k, threshold] of thresholds.entries()) {
    const at = roc.thresholds.indexOf(threshold);
    expect([fpr[k], 1 - fnr[k]]).toBeAllClose([roc.fpr[at], roc.tpr[at]], { absolute: 1e-12, relative: 0 });
  }
  expect([fpr.at(-1), fnr[0]]).toEqual([0, 0]);
});

test('judges of clusters take sparse rows, and do not mind where the rows are', () => {
  const X = new DenseMatrix(30, 3, new RandomState(2).normal(0, 1, 90));
  const moved = new DenseMatrix(30, 3, X.data.map((value) => value + 100));
  const clusters = Array.from({ length: 30 }, (_, i) => i % 4);
  for (const metric of [silhouetteScore, calinskiHarabaszScore, daviesBouldinScore]) {
    expect(metric(CsrMatrix.fromDense(X), clusters)).toBeAllClose(metric(X, clusters), { absolute: 1e-9, relative: 0 });
    expect(metric(moved, clusters)).toBeAllClose(metric(X, clusters), { absolute: 1e-9, relative: 0 });
  }
});

test('what cannot be judged is refused', () => {
  expect(() => ndcgScore([[1, -1]], [[1, 2]])).toThrow(new DataError('ndcgScore: yTrue must not be negative, row 0 column 1 has -1.'));
  expect(() => ndcgScore([[1]], [[1]])).toThrow(new ShapeError('ndcgScore: there must be at least 2 items in a row, got 1.'));
  expect(() => dcgScore([[1, 2]], [[1, 2, 3]])).toThrow(new ShapeError('dcgScore: yTrue has 2 columns, but yScore has 3. Give one column per item in both.'));
  expect(() => dcgScore([1, 2] as any, [[1], [2]])).toThrow('dcgScore: yTrue must be rows × items, got');
  expect(() => detCurve([1, 1], [0.1, 0.2])).toThrow('detCurve: there must be rows of both classes, got one only.');
  expect(() => silhouetteScore([[1], [2]], [0, 1])).toThrow(new DataError('silhouetteScore: labels must name 2 to 1 clusters of 2 rows, got 2.'));
  expect(() => silhouetteScore([[1, 2], [2, 3], [4, 5]], [0, 1, 1], { metric: 'precomputed' })).toThrow('precomputed distances must be rows × rows, got 3 × 2.');
  expect(() => adjustedRandScore([1, 2], [1])).toThrow(ShapeError);
  expect(() => hingeLoss([0, 1, 2], [0.1, 0.2, 0.3])).toThrow(DataError);
  expect(() => scorer('ndcg').score([0, 1], { labels: [0, 1] })).toThrow('ndcg: the prediction must hold classes with scores or probabilities, got none.');
});

test('the V-measure is the normalised mutual information, and pairs of rows count up to all', () => {
  fc.assert(
    fc.property(labels, fc.integer({ min: 0, max: 1000 }), (a, seed) => {
      const b = new RandomState(seed).permutation(a);
      expect(vMeasureScore(a, b)).toBeCloseTo(normalizedMutualInfoScore(a, b), 12);
      expect(homogeneityScore(a, b)).toBe(completenessScore(b, a));
      expect(fowlkesMallowsScore(a, b)).toBeCloseTo(fowlkesMallowsScore(b, a), 14);
      expect(pairConfusionMatrix(a, b).flat().reduce((sum, count) => sum + count, 0)).toBe(a.length * (a.length - 1));
    }),
    runs,
  );
});

test('likelihood ratios are of two classes', () => {
  expect(classLikelihoodRatios([0, 1, 1], [0, 1, 0], { replaceUndefinedBy: { positive: Infinity, negative: 0 } })).toEqual({ positive: Infinity, negative: 0.5 });
  expect(() => classLikelihoodRatios([0, 1, 2], [0, 1, 1])).toThrow(new DataError('classLikelihoodRatios: there must be two classes, got 3.'));
  expect(() => classLikelihoodRatios([0, 0], [0, 0])).toThrow(new DataError('classLikelihoodRatios: there must be two classes, got 1.'));
});
