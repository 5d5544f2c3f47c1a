import { readFileSync } from 'node:fs';
import type { Label } from '../../src/core/labels.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KNeighborsClassifier } from '../../src/neighbors/k-neighbors-classifier.ts';
import { KNeighborsRegressor } from '../../src/neighbors/k-neighbors-regressor.ts';
import { NearestCentroid } from '../../src/neighbors/nearest-centroid.ts';
import { NearestNeighbors } from '../../src/neighbors/nearest-neighbors.ts';
import { fixture, type FixtureCase } from '../fixture.ts';

interface DataSet {
  X: number[][];
  y: Label[];
  numbers: number[];
  new: number[][];
  sparse: boolean;
}

/** Written by tests/fixtures/make/neighbors.py. */
const dataSets = JSON.parse(readFileSync(new URL('../fixtures/neighbors-data.json', import.meta.url), 'utf8')) as Record<string, DataSet>;
const estimators: Record<string, new (options: any) => any> = { KNeighborsClassifier, KNeighborsRegressor, NearestCentroid, NearestNeighbors };
const matrix = (rows: number[][], sparse: boolean): DenseMatrix | CsrMatrix => (sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows));
const inverseSquare = (distances: Float64Array): Float64Array => distances.map((d) => 1 / (1 + d) ** 2);

function optionsOf({ weights, p, ...options }: any): object {
  return {
    ...options,
    ...(weights === undefined ? {} : { weights: weights === 'inverseSquare' ? inverseSquare : weights }),
    ...(p === undefined ? {} : { p: p === 'Infinity' ? Infinity : p }),
  };
}

/** Checks a case; `turned` for the other kind of matrix than the fixture's. */
async function check({ options, input, expected, tolerance }: FixtureCase, turned: boolean): Promise<void> {
  const { X, y, numbers, new: fresh, sparse } = dataSets[input.data];
  const isSparse = sparse !== turned;
  const close = { relative: tolerance, absolute: tolerance };
  const model = new estimators[input.estimator](optionsOf(options));
  await model.fit(matrix(X, isSparse), input.estimator === 'KNeighborsRegressor' ? numbers : y);
  const query = matrix(fresh, isSparse);
  for (const [which, q] of [['fresh', query], ['own', null]] as const) {
    if (!expected[which]) continue;
    const { distances, indices } = expected[which];
    if (input.within) {
      const found = await model.radiusNeighbors(q, { sortResults: true });
      expect(found).toHaveLength(q === null ? X.length : fresh.length);
      distances.forEach((row: number[], i: number) => {
        expect([...found[i].indices]).toEqual(indices[i]);
        expect(found[i].distances).toBeAllClose(row, close);
      });
    } else {
      const found = await model.kneighbors(q);
      expect(found.indices.toArray().slice(0, indices.length)).toEqual(indices);
      expect(found.distances.toArray().slice(0, indices.length)).toBeAllClose(distances, close);
    }
  }
  if (expected.effectiveMetric) expect(model.fitted.effectiveMetric.name).toBe(expected.effectiveMetric);
  if (expected.fitMethod && !turned) expect(model.fitted.fitMethod).toBe(expected.fitMethod);
  for (const name of ['centroids', 'classPrior', 'withinClassStdDev', 'deviations']) {
    if (expected[name]) expect(model.fitted[name]).toBeAllClose(expected[name], close);
  }
  if (expected.classes) expect(model.fitted.classes).toEqual(expected.classes);
  if (expected.decision) expect(await model.decisionFunction(query)).toBeAllClose(expected.decision, close);
  if (expected.probability) expect(await model.predictProba(query)).toBeAllClose(expected.probability, close);
  if (expected.logProbability) expect(await model.predictLogProba(query)).toBeAllClose(expected.logProbability, close);
  if (input.estimator === 'KNeighborsRegressor') expect(await model.predict(query)).toBeAllClose(expected.predicted, close);
  else if (expected.predicted) expect(await model.predict(query)).toEqual(expected.predicted);
}

const cases = fixture('neighbors').cases.map((c) => [c.name, c] as const);
test.each(cases)('%s', (_, kase) => check(kase, false));
test.each(cases)('%s, sparse for dense and dense for sparse', (_, kase) => check(kase, true));
