import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { GradientBoostingClassifier } from '../../src/boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../../src/boosting/gradient-boosting-regressor.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { loadModel } from '../../src/persistence/load-model.ts';
import { saveModel } from '../../src/persistence/save-model.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Small whole numbers, so that columns have ties and sparse entries. */
function data(seed: number, rows = 60): { X: DenseMatrix; y: number[]; labels: string[] } {
  const random = new RandomState(seed);
  const X = new DenseMatrix(rows, 4, Float64Array.from({ length: rows * 4 }, () => random.randint(6)));
  const y = Array.from({ length: rows }, (_, i) => X.at(i, 0) * X.at(i, 1) - X.at(i, 2) + random.standardNormal());
  return { X, y, labels: y.map((value) => (value > 6 ? 'high' : value > 1 ? 'middle' : 'low')) };
}

const refusal = async (work: () => Promise<unknown>): Promise<string> => work().then(() => '', (error: Error) => error.message);

test('the last of the staged predictions are the predictions', async () => {
  const { X, y, labels } = data(1);
  const regressor = await new GradientBoostingRegressor({ nEstimators: 7, loss: 'huber' }).fit(X, y);
  const classifier = await new GradientBoostingClassifier({ nEstimators: 7 }).fit(X, labels);
  const last = async (stages: AsyncGenerator<any>): Promise<any> => {
    let kept: unknown;
    let count = 0;
    for await (const stage of stages) [kept, count] = [stage, count + 1];
    expect(count).toBe(7);
    return kept;
  };
  expect(await last(regressor.stagedPredict(X))).toEqual(await regressor.predict(X));
  expect(await last(classifier.stagedPredict(X))).toEqual(await classifier.predict(X));
  expect(await last(classifier.stagedPredictProba(X))).toEqual(await classifier.predictProba(X));
  expect(await last(classifier.stagedDecisionFunction(X))).toEqual(await classifier.decisionFunction(X));
});

test('stages added by a warm start, after saving too, are those of one long fit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'refit-stages-'));
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.constantFrom('squaredError', 'absoluteError', 'huber', 'quantile'), fc.constantFrom(1, 0.6), async (seed, loss, subsample) => {
      const { X, y } = data(seed);
      const long = new GradientBoostingRegressor({ nEstimators: 8, loss: loss as 'huber', subsample, maxFeatures: 2, randomState: seed });
      const short = await long.with({ nEstimators: 3 }).fit(X, y);
      await saveModel(short, join(folder, 'short.safetensors'));
      const loaded = (await loadModel(join(folder, 'short.safetensors'))) as GradientBoostingRegressor;
      const more = await loaded.with({ nEstimators: 8, warmStart: true }).restore(loaded.fitted).fit(X, y);
      expect(more.fitted).toEqual((await long.fit(X, y)).fitted);
    }),
    { seed: 3, numRuns: 4 },
  );
});

test('a weight of 2 counts as the row twice, one of 0 as no row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.constantFrom('squaredError', 'huber'), async (seed, loss) => {
      const { X, y } = data(seed);
      const sampleWeight = y.map((_, i) => i % 3);
      const rows = y.flatMap((_, i) => Array<number>(i % 3).fill(i));
      const options = { nEstimators: 5, loss: loss as 'huber', alpha: 0.8 };
      // A quantile without weights lies between two rows, one with weights at a row.
      const repeated = await new GradientBoostingRegressor(options).fit(X.take(rows), rows.map((i) => y[i]), { sampleWeight: rows.map(() => 1) });
      const weighted = await new GradientBoostingRegressor(options).fit(X, y, { sampleWeight });
      // Sums of other order.
      expect(weighted.fitted.trainScore).toBeAllClose(repeated.fitted.trainScore, { relative: 1e-9, absolute: 1e-9 });
    }),
    { seed: 5, numRuns: 10 },
  );
});

test('sparse rows grow the trees of dense ones', async () => {
  const { X, y, labels } = data(4);
  for (const subsample of [1, 0.5]) {
    const dense = await new GradientBoostingClassifier({ nEstimators: 6, subsample }).fit(X, labels);
    const sparse = await new GradientBoostingClassifier({ nEstimators: 6, subsample }).fit(CsrMatrix.fromDense(X), labels);
    // Rows of equal values are added in another order.
    expect((await sparse.predictProba(CsrMatrix.fromDense(X))).data).toBeAllClose((await dense.predictProba(X)).data, { absolute: 1e-9, relative: 1e-9 });
  }
  expect((await new GradientBoostingRegressor({ learningRate: 0, nEstimators: 2 }).fit(X, y)).fitted.trainScore[1]).toBeCloseTo(y.reduce((sum, v) => sum + (v - y.reduce((a, b) => a + b) / 60) ** 2, 0) / 60, 10);
});

test('a model to begin with is fitted on a copy, and kept', async () => {
  const { X, y, labels } = data(6);
  const init = new LinearRegression();
  const model = await new GradientBoostingRegressor({ nEstimators: 3, init }).fit(X, y);
  expect(init.isFitted).toBe(false);
  expect(model.fitted.baseline).toBeNull();
  const line = await new LinearRegression().fit(X, y);
  expect(await model.fitted.initEstimator!.predict(X)).toEqual(await line.predict(X));
  const three = await new GradientBoostingClassifier({ nEstimators: 3, init: new LogisticRegression() }).fit(X, labels);
  expect(await three.score(X, labels)).toBeGreaterThan(0.8);
});

test('a search goes through its options, and those of the model to begin with', async () => {
  const { X, y, labels } = data(7);
  // The compiler does not know which model init is.
  const searchSpace = { init: { alpha: [0.1, 1e9] } } as object;
  const begun = new GridSearch({ estimator: new GradientBoostingRegressor({ nEstimators: 2, init: new Ridge() }), searchSpace, cv: 3 });
  expect((await begun.fit(X, y)).fitted.bestParams).toEqual({ init: { alpha: 0.1 } });
  const search = await new GridSearch({ estimator: new GradientBoostingClassifier({ nEstimators: 5 }), searchSpace: { maxDepth: [1, 3], subsample: [0.5, 1] }, cv: 3 }).fit(X, labels);
  expect(search.fitted.bestScore).toBeGreaterThan(0.6);
});

test('errors say what must hold, and what to do', async () => {
  const { X, y, labels } = data(8);
  const two = labels.map((label) => label === 'low');
  const messages = [
    () => new GradientBoostingClassifier({ loss: 'exponential' }).fit(X, labels),
    () => new GradientBoostingClassifier().fit(X, two, { sampleWeight: two.map(Number) }),
    async () => new GradientBoostingClassifier({ init: { fit: 1 } as never }),
    async () => new GradientBoostingRegressor({ alpha: 1 }),
    async () => {
      const fitted = await new GradientBoostingRegressor({ nEstimators: 3 }).fit(X, y);
      return fitted.with({ nEstimators: 2, warmStart: true }).restore(fitted.fitted).fit(X, y);
    },
    async () => {
      const fitted = await new GradientBoostingRegressor({ nEstimators: 3, warmStart: true }).fit(X, y);
      return fitted.fit(X.takeCols([0, 1]), y);
    },
    async () => {
      const fitted = await new GradientBoostingClassifier({ nEstimators: 3, warmStart: true }).fit(X, labels);
      return fitted.fit(X, two);
    },
    () => new GradientBoostingClassifier({ nIterNoChange: 2, validationFraction: 0.02 }).fit(X, labels),
    () => new GradientBoostingRegressor({ subsample: 0.02 }).fit(X, y, { sampleWeight: y.map((_, i) => Number(i === 59)) }),
    () => new GradientBoostingRegressor().fit([[1], [Number.NaN]], [1, 2]),
  ];
  expect(await Promise.all(messages.map(refusal))).toEqual([
    "GradientBoostingClassifier: loss 'exponential' is for two classes, of which there are 3. Use 'logLoss'.",
    'GradientBoostingClassifier: sampleWeight must leave at least 2 classes, only true has weight.',
    "GradientBoostingClassifier: init must be a model with fit and predictProba, 'zero', or null, got {fit}.",
    'GradientBoostingRegressor: alpha must be a number in (0, 1), got 1.',
    'GradientBoostingRegressor: nEstimators must be at least 3 for a warm start, since so many stages are there, got 2. Raise it, or fit a clone.',
    'GradientBoostingRegressor: X has 2 columns, but the fit before saw 4. A warm start needs the same; fit a clone instead.',
    'GradientBoostingClassifier: a warm start needs the classes of the fit before (high, low, middle), got false, true. Fit a clone instead.',
    'GradientBoostingClassifier: 0.02 of 60 rows cannot be set aside for early stopping. Change validationFraction, or set nIterNoChange: null.',
    'GradientBoostingRegressor: a stage drew no row with weight, of 60. Raise subsample.',
    'GradientBoostingRegressor: X must hold finite numbers, row 1 column 0 has NaN. Impute missing values first.',
  ]);
});
