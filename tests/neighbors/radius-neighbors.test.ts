import fc from 'fast-check';
import type { Label } from '../../src/core/labels.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KNeighborsRegressor } from '../../src/neighbors/k-neighbors-regressor.ts';
import { RadiusNeighborsClassifier } from '../../src/neighbors/radius-neighbors-classifier.ts';
import { RadiusNeighborsRegressor } from '../../src/neighbors/radius-neighbors-regressor.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('density');
const casesOf = (estimator: string) => cases.filter(({ input }) => input.estimator === estimator).map((c) => [c.name, c] as const);
const matrix = (rows: number[][], isSparse: boolean): DenseMatrix | CsrMatrix => (isSparse ? CsrMatrix : DenseMatrix).from(rows);
const inverseSquare = (distances: Float64Array): Float64Array => distances.map((d) => 1 / (1 + d) ** 2);
const optionsOf = ({ weights, ...options }: any): object => ({ ...options, ...(weights && { weights: weights === 'inverseSquare' ? inverseSquare : weights }) });

test.each(casesOf('RadiusNeighborsClassifier'))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const model = await new RadiusNeighborsClassifier(optionsOf(options)).fit(matrix(input.X, input.sparse), input.y as Label[]);
  expect(await model.predict(matrix(input.new, input.sparse))).toEqual(expected.predicted);
  expect(await model.predictProba(matrix(input.new, input.sparse))).toBeAllClose(expected.probability, { absolute: tolerance });
  expect(model.fitted.outlierLabel).toBe(expected.outlierLabel);
});

test.each(casesOf('RadiusNeighborsRegressor'))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const model = await new RadiusNeighborsRegressor(optionsOf(options)).fit(matrix(input.X, input.sparse), input.y);
  expect(await model.predict(matrix(input.new, input.sparse))).toBeAllClose(expected.predicted.map(Number), { relative: tolerance, absolute: tolerance });
});

const grid = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 40 });

test('a radius that all rows are within makes the mean of all rows, as so many neighbours do', () =>
  fc.assert(
    fc.asyncProperty(grid, fc.constantFrom('uniform' as const, 'distance' as const), async (rows, weights) => {
      const y = rows.map(([a, b]) => a * b + a);
      const within = await new RadiusNeighborsRegressor({ radius: 99, weights }).fit(rows, y);
      const nearest = await new KNeighborsRegressor({ nNeighbors: rows.length, weights }).fit(rows, y);
      expect(await within.predict(rows)).toBeAllClose(await nearest.predict(rows), { absolute: 1e-9 });
    }),
    { seed: 4, numRuns: 30 },
  ));

test('a radius of 0 gives rows of fit the mean of the rows like them', async () => {
  const model = await new RadiusNeighborsRegressor({ radius: 0, weights: 'distance' }).fit([[1], [2], [1]], [3, 5, 4]);
  expect([...(await model.predict([[1], [2], [3]]))]).toEqual([3.5, 5, Number.NaN]);
  expect((await model.radiusNeighbors([[1]], { radius: 1, sortResults: true }))[0].indices).toEqual(Int32Array.of(0, 2, 1));
});

test('rows without neighbours are refused unless they have a label', async () => {
  const X = [[0], [1], [9]];
  const model = await new RadiusNeighborsClassifier().fit(X, ['a', 'b', 'a']);
  await expect(model.predict([[0], [4], [5]])).rejects.toThrow('RadiusNeighborsClassifier: every row must have a neighbour within the radius 1, 2 have none: 1, 2. Use a larger radius, or outlierLabel.');
  expect(await (await new RadiusNeighborsClassifier({ outlierLabel: 'none' }).fit(X, ['a', 'b', 'a'])).predict([[0], [4]])).toEqual(['a', 'none']);
  await expect(new RadiusNeighborsClassifier({ outlierLabel: 3 }).fit(X, ['a', 'b', 'a'])).rejects.toThrow("RadiusNeighborsClassifier: outlierLabel must be a string, as y's labels are, got 3.");
  await expect(new RadiusNeighborsRegressor().fit(X, [1, 2, 3], { sampleWeight: [1, 1, 1] })).rejects.toThrow('RadiusNeighborsRegressor: sampleWeight must be left out');
});
