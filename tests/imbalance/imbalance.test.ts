import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import * as refit from '../../src/index.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { RandomOverSampler } from '../../src/imbalance/random-over-sampler.ts';
import { RandomUnderSampler } from '../../src/imbalance/random-under-sampler.ts';
import { SMOTE } from '../../src/imbalance/smote.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('imbalance');
const data = cases.find(({ call }) => call === 'data')?.input;
const random = new RandomState(7);
const X = new DenseMatrix(60, 3, random.standardNormal(180));
const rare = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 'rare' : 'common'));

describe('samplers draw as the algorithm written in numpy does:', () => {
  test.each(cases.filter(({ call }) => call !== 'data').map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    const Class = (refit as unknown as Record<string, new (options: object) => SMOTE>)[input.kind];
    const dense = DenseMatrix.from(input.sparse ? data.sparse : data.X);
    const rows = input.sparse ? CsrMatrix.fromDense(dense) : dense;
    const sampled = await new Class(options).fitResample(rows, input.y);
    if (expected.rows) {
      expect((sampled.X as DenseMatrix).toArray()).toEqual(dense.take(expected.rows).toArray());
      expect(sampled.y).toEqual(expected.rows.map((row: number) => input.y[row]));
    } else {
      expect((sampled.X as DenseMatrix).kind).toBe(rows.kind);
      expect((sampled.X as DenseMatrix).toArray()).toBeAllClose(expected.X, { relative: tolerance, absolute: tolerance });
      expect(sampled.y).toEqual(expected.y);
    }
  });
});

test.each([new RandomOverSampler(), new SMOTE()])('$owner leaves classes with as many rows, all old ones among them', async (sampler) => {
  const { X: more, y } = await sampler.fitResample(X, rare);
  expect((y as string[]).filter((label) => label === 'rare')).toHaveLength(50);
  expect((more as DenseMatrix).rows).toBe(100);
  expect((more as DenseMatrix).toArray().slice(0, 60)).toEqual(X.toArray());
  expect(sampler.fitted.counts).toEqual([{ before: 50, after: 50 }, { before: 10, after: 50 }]);
});

test('SMOTE makes rows within the box of their class', async () => {
  const { X: more } = await new SMOTE().fitResample(X, rare);
  const own = X.take([...rare.keys()].filter((i) => rare[i] === 'rare'));
  for (let j = 0; j < 3; j++) {
    const [least, most] = [Math.min(...own.col(j)), Math.max(...own.col(j))];
    for (const value of (more as DenseMatrix).col(j).subarray(60)) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  }
});

test('over-sampling every class to whole multiples is what class weights do', async () => {
  // Each rare row five times in all: the loss that 'balanced' weighs.
  const rows = [...rare.keys()].flatMap((i) => new Array(rare[i] === 'rare' ? 5 : 1).fill(i));
  const repeated = await new LogisticRegression({ tol: 1e-10, C: 0.6 }).fit(X.take(rows), rows.map((i) => rare[i]));
  const weighed = await new LogisticRegression({ tol: 1e-10, classWeight: 'balanced' }).fit(X, rare);
  expect(repeated.fitted.coef).toBeAllClose(weighed.fitted.coef, { relative: 1e-5, absolute: 1e-6 });
});

test.each([new RandomOverSampler(), new RandomUnderSampler(), new SMOTE({ kNeighbors: 3 })])('within a pipeline $owner touches training rows only', async (sampler) => {
  const pipeline = new Pipeline([['scale', new StandardScaler()], ['balance', sampler], ['classify', new LogisticRegression()]] as never) as any;
  const { folds, outOfFold } = await crossValidate(pipeline, X, rare, { cv: 3, returnEstimator: true });
  expect(outOfFold.labels).toHaveLength(60);
  for (const { estimator, train, test } of folds as any[]) {
    expect(estimator.namedSteps.balance.fitted.counts.every(({ after }: { after: number }, _: number, all: { after: number }[]) => after === all[0].after)).toBe(true);
    // What learned is the pipeline on the fold's own rows, and predictions are one per test row.
    const alone = pipeline.clone();
    await alone.fit(X.take(train), [...train].map((i: number) => rare[i]));
    expect(await estimator.predict(X.take(test))).toEqual(await alone.predict(X.take(test)));
  }
});

test('rows of texts are sampled before they are counted', async () => {
  const texts = rare.map((label, i) => `${label} ${i % 3}`);
  const pipeline = new Pipeline([['balance', new RandomOverSampler()], ['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
  await pipeline.fit(texts, rare);
  expect(await pipeline.predict(['rare', 'common'])).toEqual(['rare', 'common']);
});

test('weights go with their rows; SMOTE refuses them', async () => {
  const sampleWeight = Float64Array.from({ length: 60 }, (_, i) => 1 + i);
  const { X: more, sampleWeight: weights } = await new RandomOverSampler().fitResample(X, rare, { sampleWeight });
  (more as DenseMatrix).toArray().forEach((row, i) => expect(X.row((weights as Float64Array)[i] - 1)).toEqual(Float64Array.from(row)));
  await expect(new SMOTE().fitResample(X, rare, { sampleWeight })).rejects.toThrow('SMOTE: sampleWeight must be left out, new rows have none.');
});

test('refuses what cannot be sampled', async () => {
  await expect(new SMOTE({ kNeighbors: 10 }).fit(X, rare)).rejects.toThrow(
    new DataError('SMOTE: a class that grows must have more than kNeighbors (10) rows, "rare" has 10. Use fewer neighbours, or RandomOverSampler.'),
  );
  await expect(new RandomOverSampler({ samplingStrategy: { rare: 5 } }).fit(X, rare)).rejects.toThrow('samplingStrategy must ask for at least the 10 rows that "rare" has, got 5.');
  await expect(new RandomUnderSampler({ samplingStrategy: { common: 70 } }).fit(X, rare)).rejects.toThrow('samplingStrategy must ask for at most the 50 rows that "common" has, got 70.');
  await expect(new RandomUnderSampler({ samplingStrategy: { often: 7 } }).fit(X, rare)).rejects.toThrow(new OptionError('RandomUnderSampler: samplingStrategy names "often", but the classes are "common", "rare".'));
  await expect(new RandomOverSampler({ samplingStrategy: 0.5 }).fit(X, rare.map((l, i) => (i < 9 ? 'x' : l)))).rejects.toThrow('samplingStrategy must not be a ratio for 3 classes, got 0.5.');
  await expect(new RandomOverSampler().fit(X)).rejects.toThrow('RandomOverSampler: y must be given');
  await expect(new RandomOverSampler().fit(X, rare.map(() => 'a'))).rejects.toThrow('y must have at least 2 classes, got only "a"');
});
