import fc from 'fast-check';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { CalibratedClassifier } from '../../src/calibration/calibrated-classifier.ts';
import { FixedThreshold } from '../../src/calibration/fixed-threshold.ts';
import { IsotonicRegression } from '../../src/calibration/isotonic-regression.ts';
import { ThresholdTuner } from '../../src/calibration/threshold-tuner.ts';
import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { balancedAccuracyScore } from '../../src/metrics/balanced-accuracy-score.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import '../to-be-all-close.ts';

const seeded = { seed: 5, numRuns: 100 };
const random = new RandomState(4);
const X = new DenseMatrix(120, 3, random.standardNormal(360));
const y = Array.from({ length: 120 }, (_, i) => (X.at(i, 0) + 0.8 * random.standardNormal() > 0.4 ? 'spam' : 'ham'));
const texts = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 'free money now' : 'see you at lunch') + (i % 7 === 0 ? ' money lunch' : ''));
const kinds = texts.map((_, i) => (i % 3 === 0 ? 1 : 0));

const cloud = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 25 });

describe('IsotonicRegression', () => {
  test('is monotone, keeps the weighted mean, and changes nothing that is monotone already', async () => {
    await fc.assert(
      fc.asyncProperty(cloud, async (rows) => {
        const [x, target, sampleWeight] = [0, 1, 2].map((c) => rows.map((row) => row[c]));
        const model = await new IsotonicRegression().fit(x, target, { sampleWeight });
        const fit = await model.predict(x);
        const order = [...x.keys()].sort((a, b) => x[a] - x[b]);
        for (let k = 1; k < order.length; k++) expect(fit[order[k]]).toBeGreaterThanOrEqual(fit[order[k - 1]] - 1e-9);
        const mean = (values: ArrayLike<number>): number => sampleWeight.reduce((sum, w, i) => sum + w * values[i], 0);
        expect(mean(fit)).toBeCloseTo(mean(target), 6);
        const again = await (await new IsotonicRegression().fit(x, fit, { sampleWeight })).predict(x);
        expect(again).toBeAllClose(fit, { absolute: 1e-9 });
        // Falling on −y is rising on y, mirrored.
        const fall = await (await new IsotonicRegression({ increasing: false }).fit(x, target.map((v) => -v), { sampleWeight })).predict(x);
        expect(fall).toBeAllClose(fit.map((v) => -v), { absolute: 1e-9 });
      }),
      seeded,
    );
  });

  test('minimises the squares among monotone functions', async () => {
    const target = [3, 1, 2, 5, 4, 6, 2, 8];
    const x = [...target.keys()];
    const fit = await (await new IsotonicRegression().fit(x, target)).predict(x);
    const loss = (f: ArrayLike<number>): number => target.reduce((sum, v, i) => sum + (v - f[i]) ** 2, 0);
    for (let trial = 0; trial < 300; trial++) {
      const other = Float64Array.from(fit, (v) => v + random.standardNormal() * 0.3).sort();
      expect(loss(other)).toBeGreaterThanOrEqual(loss(fit) - 1e-12);
    }
  });

  test('as a stage gives one column', async () => {
    const model = new IsotonicRegression();
    expect((await model.fitTransform([1, 2, 3], [1, 2, 3])).toArray()).toEqual([[1], [2], [3]]);
    expect((await model.predict(DenseMatrix.from([[1.5]])))[0]).toBe(1.5);
    expect(model.featureNamesOut()).toEqual(['isotonicregression0']);
  });

  test('refuses more than one column, and x out of bounds when asked to', async () => {
    await expect(new IsotonicRegression().fit([[1, 2], [3, 4]], [1, 2])).rejects.toThrow('IsotonicRegression: X must be one number per row, got 2 columns.');
    const model = await new IsotonicRegression({ outOfBounds: 'raise' }).fit([1, 2], [1, 2]);
    await expect(model.predict([1, 3])).rejects.toThrow(new DataError("IsotonicRegression: X must lie within [1, 2], row 1 has 3. Use outOfBounds: 'clip'."));
  });
});

describe('CalibratedClassifier', () => {
  test.each(['sigmoid', 'isotonic', 'temperature'] as const)('by %s repairs probabilities that are too sure of themselves', async (method) => {
    // The same column many times makes naive Bayes count its evidence many times.
    const copies = new DenseMatrix(120, 12, Float64Array.from({ length: 120 * 12 }, (_, p) => X.at(Math.floor(p / 12), 0)));
    const half = (k: number): number[] => [...Array(120).keys()].filter((i) => i % 2 === k);
    const take = (rows: number[]): string[] => rows.map((i) => y[i]);
    const plain = await new GaussianNB().fit(copies.take(half(0)), take(half(0)));
    const better = await new CalibratedClassifier({ estimator: new GaussianNB(), method, cv: 3 }).fit(copies.take(half(0)), take(half(0)));
    const rest = copies.take(half(1));
    const loss = async (model: { predictProba(X: DenseMatrix): Promise<DenseMatrix> }): Promise<number> => logLoss(take(half(1)), await model.predictProba(rest));
    expect(await loss(better)).toBeLessThan(await loss(plain));
  });

  test('leaves the order of rows alone where one sigmoid calibrates', async () => {
    const plain = await new LogisticRegression().fit(X, y);
    const model = await new CalibratedClassifier({ estimator: new LogisticRegression(), ensemble: false }).fit(X, y);
    const order = (scores: Float64Array): number[] => [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
    expect(order((await model.predictProba(X)).col(1))).toEqual(order((await plain.predictProba(X)).col(1)));
  });

  test('calibrates a pipeline from texts, in cross-validation too', async () => {
    const estimator = new Pipeline([['count', new CountVectorizer()], ['bayes', new MultinomialNB()]]);
    const model = new CalibratedClassifier({ estimator, cv: 3 });
    const { folds } = await crossValidate(model, texts, kinds, { cv: 4, scoring: ['accuracy', 'logLoss'] });
    expect(folds.map((fold) => fold.scores.accuracy)).toEqual([1, 1, 1, 1]);
    await model.fit(texts, kinds);
    expect(await model.predict(['money money', 'lunch'])).toEqual([1, 0]);
    // What was hoisted is taken for the texts.
    expect(await model.predictProba(model.hoist(texts))).toEqual(await model.predictProba(texts));
  });

  test('is changed as a pipeline is', () => {
    const model = new CalibratedClassifier({ estimator: new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]) });
    const changed = model.with({ estimator: { classify: { C: 7 } } as never, method: 'isotonic' });
    expect(changed.options.estimator.options).toMatchObject({ classify: { C: 7 } });
    expect(changed.options.method).toBe('isotonic');
    expect(model.options.method).toBe('sigmoid');
  });

  test('lets a fitted model be, and does not fit it again', async () => {
    const fitted = await new LogisticRegression().fit(X, y);
    const { coef } = fitted.fitted;
    const model = await new CalibratedClassifier({ estimator: fitted, cv: 'prefit' }).fit(X, y);
    expect(fitted.fitted.coef).toBe(coef);
    expect(model.fitted.parts).toHaveLength(1);
  });

  test('refuses what it cannot calibrate', async () => {
    expect(() => new CalibratedClassifier({} as never)).toThrow(new OptionError('CalibratedClassifier: estimator must be a classifier or a pipeline that ends in one, got undefined.'));
    await expect(new CalibratedClassifier({ estimator: new Ridge() as never }).fit(X, y)).rejects.toThrow('estimator must have decisionFunction or predictProba, Ridge has none');
    await expect(new CalibratedClassifier({ estimator: new GaussianNB(), cv: 3 }).fit(X.take([0, 1, 2, 3]), ['a', 'a', 'a', 'b'])).rejects.toThrow(
      new DataError('CalibratedClassifier: every class must have at least 3 rows for 3 folds, "b" has 1. Use fewer folds.'),
    );
    await expect(new CalibratedClassifier({ estimator: new GaussianNB() }).fit(X, y.map(() => 'a'))).rejects.toThrow('y must have at least 2 classes, got 1 ("a")');
    await expect(new CalibratedClassifier({ estimator: new GaussianNB(), cv: 'prefit' }).fit(X, y)).rejects.toThrow("estimator must be fitted with cv 'prefit'");
    const fitted = await new GaussianNB().fit(X, y.map((label, i) => (i < 5 ? 'other' : label)));
    await expect(new CalibratedClassifier({ estimator: fitted, cv: 'prefit' }).fit(X, y)).rejects.toThrow('y must have every class that the estimator knows, got none of "other"');
  });
});

describe('ThresholdTuner', () => {
  test('a row of weight 3 counts as three rows, in the fit and in the score of a threshold', async () => {
    const sampleWeight = y.map((label, i) => (label === 'spam' ? 1 + (i % 3) : 1));
    const copies = sampleWeight.flatMap((weight, i) => Array.from({ length: weight }, () => i));
    const splits = new KFold({ nSplits: 3 }).split(X);
    const tuner = (cv: typeof splits) => new ThresholdTuner({ estimator: new GaussianNB(), scoring: 'accuracy', cv });
    const weighed = await tuner(splits).fit(X, y, { sampleWeight });
    const places = (rows: Int32Array): Int32Array => Int32Array.from(copies.keys()).filter((at) => rows.includes(copies[at]));
    const repeated = await tuner(splits.map(({ train, test }) => ({ train: places(train), test: places(test) }))).fit(X.take(copies), copies.map((i) => y[i]));
    expect(weighed.fitted.threshold).toBeCloseTo(repeated.fitted.threshold, 9);
    expect(weighed.fitted.bestScore).toBeCloseTo(repeated.fitted.bestScore, 12);
    // Without weights the best threshold is another: the test can fail.
    expect((await tuner(splits).fit(X, y)).fitted.threshold).not.toBeCloseTo(repeated.fitted.threshold, 2);
  });

  test('finds a threshold that is at least as good as any other it tried, out of fold', async () => {
    const model = await new ThresholdTuner({ estimator: new LogisticRegression(), scoring: 'f1', storeCvResults: true }).fit(X, y);
    const { cvResults, bestScore, threshold } = model.fitted;
    expect(bestScore).toBe(Math.max(...(cvResults?.scores ?? [])));
    expect(cvResults?.scores[cvResults.thresholds.indexOf(threshold)]).toBe(bestScore);
  });

  test('judges only rows that the model has not seen', async () => {
    const estimator = new LogisticRegression();
    const rows: number[][] = [];
    const watched = new KFold({ nSplits: 3 }).split(X, y);
    for (const { test } of watched) rows.push([...test]);
    const scoring = { metricName: 'watch', better: 'higher' as const, range: [0, 1] as const, needs: 'labels' as const, score: (yTrue: ArrayLike<unknown>) => {
      lengths.add(yTrue.length);
      return 1;
    } };
    const lengths = new Set<number>();
    await new ThresholdTuner({ estimator, cv: watched, scoring }).fit(X, y);
    expect([...lengths]).toEqual([40]);
    expect(rows.flat().sort((a, b) => a - b)).toEqual([...Array(120).keys()]);
  });

  test('moves the threshold where classes are unequal, and improves what it is tuned for', async () => {
    const rare = Array.from({ length: 120 }, (_, i) => X.at(i, 0) + 0.5 * X.at(i, 1) > 1.2);
    const plain = await new LogisticRegression().fit(X, rare);
    const tuned = await new ThresholdTuner({ estimator: new LogisticRegression() }).fit(X, rare);
    expect(tuned.fitted.threshold).toBeLessThan(0.5);
    expect(balancedAccuracyScore(rare, await tuned.predict(X))).toBeGreaterThanOrEqual(balancedAccuracyScore(rare, await plain.predict(X)));
    expect(await tuned.predictProba(X)).toEqual(await plain.predictProba(X));
  });

  test('refuses scorers that a threshold does not change, three classes, equal scores and several folds without refit', async () => {
    const estimator = new LogisticRegression();
    await expect(new ThresholdTuner({ estimator, scoring: 'rocAuc' }).fit(X, y)).rejects.toThrow('scoring must judge labels, which a threshold changes, got rocAuc');
    await expect(new ThresholdTuner({ estimator }).fit(X, y.map((label, i) => (i < 30 ? 'c' : label)))).rejects.toThrow('y must have two classes, got 3');
    await expect(new ThresholdTuner({ estimator }).fit(new DenseMatrix(120, 1), y)).rejects.toThrow('scores must differ for a threshold between them');
    await expect(new ThresholdTuner({ estimator, refit: false }).fit(X, y)).rejects.toThrow('refit must be true with several folds, got false for 5');
    await expect(new ThresholdTuner({ estimator, posLabel: 'eggs' }).fit(X, y)).rejects.toThrow('posLabel must be one of "ham", "spam", got "eggs"');
  });
});

test('FixedThreshold says the positive label of fewer rows the higher it is', async () => {
  let before = Infinity;
  for (const threshold of [0, 0.25, 0.5, 0.75, 1.1]) {
    const labels = await (await new FixedThreshold({ estimator: new LogisticRegression(), threshold }).fit(X, y)).predict(X);
    const positives = labels.filter((label) => label === 'spam').length;
    expect(positives).toBeLessThanOrEqual(before);
    before = positives;
  }
  expect(before).toBe(0);
});
