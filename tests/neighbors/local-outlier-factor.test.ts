import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { LocalOutlierFactor } from '../../src/neighbors/local-outlier-factor.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const cases = fixture('density').cases.filter(({ input }) => input.estimator === 'LocalOutlierFactor');

test.each(cases.map((c) => [c.name, c] as const))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const matrix = (rows: number[][]): DenseMatrix | CsrMatrix => (input.sparse ? CsrMatrix : DenseMatrix).from(rows);
  const close = { relative: tolerance, absolute: tolerance };
  const model = new LocalOutlierFactor(options);
  expect([...(await model.fitPredict(matrix(input.X)))]).toEqual(expected.predicted);
  expect(model.fitted.negativeOutlierFactor).toBeAllClose(expected.factors, close);
  expect(model.fitted.offset).toBeAllClose(expected.offset, close);
  expect(model.fitted.nNeighbors).toBe(expected.nNeighbors);
  const novel = await new LocalOutlierFactor({ ...options, novelty: true }).fit(matrix(input.X));
  expect(await novel.scoreSamples(matrix(input.new))).toBeAllClose(expected.scores, close);
  expect(await novel.decisionFunction(matrix(input.new))).toBeAllClose(expected.decision, close);
  expect([...(await novel.predict(matrix(input.new)))]).toEqual(expected.novel);
});

const random = new RandomState(2);
const X = new DenseMatrix(200, 2, random.standardNormal(400));

test('factors depend neither on the order of rows nor on the unit of X', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 99 }), async (nNeighbors, seed) => {
      const order = new RandomState(seed).permutation(X.rows);
      const turned = X.take(order);
      turned.data.forEach((value, p) => (turned.data[p] = value * 1024));
      const [{ fitted }, other] = [await new LocalOutlierFactor({ nNeighbors }).fit(X), await new LocalOutlierFactor({ nNeighbors }).fit(turned)];
      expect(other.fitted.negativeOutlierFactor).toBeAllClose(Float64Array.from(order, (i) => fitted.negativeOutlierFactor[i]), { relative: 1e-6 });
    }),
    { seed: 5, numRuns: 10 },
  ));

test('duplicates beyond the neighbours taken are told of', async () => {
  const rows = DenseMatrix.from([...Array.from({ length: 8 }, () => [0, 0]), [1, 1], [1.1, 1], [5, 5]]);
  expect((await new LocalOutlierFactor({ nNeighbors: 3 }).fit(rows)).fitted.notes.join()).toMatch(/more duplicates than neighbours are taken/);
  expect((await new LocalOutlierFactor({ nNeighbors: 30 }).fit(rows)).fitted.notes).toEqual([
    'LocalOutlierFactor: nNeighbors 30 is more than there are rows, each row was compared with all 10 others.',
  ]);
});

test('is judged in folds as a detector of novelties', async () => {
  const rows = new DenseMatrix(200, 2, X.data.slice());
  const y = Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? -1 : 1));
  y.forEach((label, i) => label === -1 && rows.row(i).set([4 + i, 9 - i]));
  const { folds } = await crossValidate(new Pipeline([['scale', new StandardScaler()], ['detect', new LocalOutlierFactor({ novelty: true })]]), rows, y, { cv: 3, scoring: ['accuracy', 'rocAuc'] });
  for (const { scores } of folds) expect(scores.rocAuc).toBeGreaterThan(0.95);
});

test('each kind of use refuses the methods of the other', async () => {
  const model = await new LocalOutlierFactor().fit(X);
  await expect(model.predict(X)).rejects.toThrow('LocalOutlierFactor: novelty must be true to judge new rows, got false. Use fitPredict for the rows of fit, or novelty: true.');
  await expect(new LocalOutlierFactor({ novelty: true }).fitPredict(X)).rejects.toThrow('LocalOutlierFactor: novelty must be false to judge the rows of fit, got true. Leave it out, or use fit and predict.');
  await expect(model.fit([[1, 2]])).rejects.toThrow('LocalOutlierFactor: X must have at least 2 rows, got 1.');
});
