import { RANSACRegressor, type RANSACRegressorOptions } from '../../src/ensemble/ransac-regressor.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { spatialMedian } from '../../src/linear/spatial-median.ts';
import { TheilSenRegressor } from '../../src/linear/theil-sen-regressor.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const inner: Record<string, () => unknown> = { Ridge: () => new Ridge(), LinearRegression: () => new LinearRegression({ fitIntercept: false }) };

test.each(fixture('robust-regression').cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = DenseMatrix.from(input.X);
  const isTheil = input.estimator === 'TheilSenRegressor';
  const model = isTheil ? new TheilSenRegressor(options) : new RANSACRegressor({ ...options, estimator: input.inner ? inner[input.inner]() : null } as RANSACRegressorOptions);
  await model.fit(X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
  const fitted = model.fitted as unknown as Record<string, any>;
  for (const [name, value] of Object.entries(expected)) expect(fitted[name] ?? fitted.estimator.fitted[name]).toBeAllClose(value, close);
});

const X = DenseMatrix.from(Array.from({ length: 20 }, (_, i) => [i, (i * 7) % 5]));
const y = Array.from(X.toArray(), ([a, b], i) => 2 * a - b + 1 + (i % 6 === 0 ? 100 : 0));

test('both find a plane behind outliers, and say which rows are none of it', async () => {
  const theil = await new TheilSenRegressor().fit(X, y);
  const ransac = await new RANSACRegressor({ residualThreshold: 1e-6 }).fit(X, y);
  expect(theil.fitted.coef).toBeAllClose([2, -1], { absolute: 0.05 });
  expect((ransac.fitted.estimator as unknown as LinearRegression).fitted.coef).toBeAllClose([2, -1], { absolute: 1e-9 });
  expect([...ransac.fitted.inlierMask]).toEqual(Array.from({ length: 20 }, (_, i) => Number(i % 6 !== 0)));
});

test('a spatial median is the centre of what is symmetric, found from there too, and a row that outweighs the others', () => {
  const square = DenseMatrix.from([[0, 0], [2, 0], [0, 2], [2, 2]]);
  expect(spatialMedian(square, 10, 1e-6)).toEqual({ median: Float64Array.of(1, 1).map((v) => v), iterations: 1, converged: true });
  const heavy = DenseMatrix.from([[5, 5], [5, 5], [5, 5], [0, 1], [7, 9]]);
  expect(spatialMedian(heavy, 1000, 1e-12).median).toBeAllClose([5, 5], { absolute: 1e-6 });
});

test('trials are skipped where rows or models are not valid, which is told where none is left', async () => {
  const some = await new RANSACRegressor({ isDataValid: (_X, own) => own.every((value) => value < 50), isModelValid: (model) => model !== null, maxTrials: 30, stopProbability: 1 }).fit(X, y);
  expect(some.fitted.nSkipsInvalidData).toBeGreaterThan(0);
  expect(some.fitted.nSkipsInvalidModel).toBe(0);
  await expect(new RANSACRegressor({ isModelValid: () => false, maxTrials: 4 }).fit(X, y)).rejects.toThrow(
    'RANSACRegressor: a trial must find inliers, got none in 4: 0 had data and 4 a model that was not valid, 0 no inliers. Raise residualThreshold or maxTrials.',
  );
  const early = await new RANSACRegressor({ maxSkips: 0, randomState: 3, stopProbability: 1 }).fit(X, y);
  expect(early.fitted.notes).toEqual(['RANSACRegressor: more trials than maxSkips were skipped, the search ended early.']);
});

test('both refuse what cannot be', async () => {
  await expect(new TheilSenRegressor({ nSubsamples: 2 }).fit(X, y)).rejects.toThrow('TheilSenRegressor: nSubsamples must be in [3, 20] for 20 rows and 3 coefficients, got 2.');
  await expect(new TheilSenRegressor().fit(X, y, { sampleWeight: y })).rejects.toThrow('TheilSenRegressor: sampleWeight must be left out, sets of rows are not weighed. Use HuberRegressor.');
  await expect(new RANSACRegressor({ estimator: new Ridge() as never }).fit(X, y)).rejects.toThrow('RANSACRegressor: minSamples must be given for an estimator other than LinearRegression, got null.');
  await expect(new RANSACRegressor({ minSamples: 21 }).fit(X, y)).rejects.toThrow('RANSACRegressor: minSamples must be at most the number of rows, 20, got 21.');
});
