import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { explainRow } from '../../src/explain/explain-row.ts';
import { partialDependence } from '../../src/explain/partial-dependence.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { Table } from '../../src/table/table.ts';
import { dataSets } from '../boosting/data-sets.ts';
import { fixture, type FixtureCase } from '../fixture.ts';

const estimators: Record<string, new (options: any) => any> = { HistGradientBoostingClassifier, HistGradientBoostingRegressor };
const cases = fixture('boosting').cases.filter(({ input }) => input.kind === 'dependence').map((one): [string, FixtureCase] => [one.name, one]);

test.each(cases)('%s', async (_, { input, options, expected, tolerance }) => {
  const { X, ...targets } = dataSets[input.data];
  const model = await new estimators[input.estimator]({ maxIter: 8, earlyStopping: false }).fit(X, targets[input.target as 'y']);
  const few = X.take(Array.from({ length: 50 }, (__, i) => i));
  const close = { relative: tolerance, absolute: tolerance };
  const { grid, average, individual, name } = await partialDependence(model, few, input.column, options);
  expect(name).toBe(`x${input.column}`);
  expect(grid).toBeAllClose(expected.grid, close);
  expect(average).toBeAllClose(expected.average, close);
  expect(individual.map((rows) => rows.take([0, 1, 2]))).toBeAllClose(expected.individual, close);
});

test('partialDependence sets a column of text to each of its values, by name', async () => {
  const table = Table.from({ colour: ['red', 'blue', 'red', 'blue'], size: [1, 2, 3, 4] });
  const model = await new HistGradientBoostingRegressor({ minSamplesLeaf: 1, maxIter: 3 }).fit(table, [5, 1, 5, 1]);
  const { grid, average } = await partialDependence(model, table, 'colour');
  expect(grid).toEqual(['blue', 'red']);
  expect([...average.data]).toEqual([...average.data].sort((a, b) => a - b));
  await expect(partialDependence(model, table, 'shape')).rejects.toThrow("partialDependence: column must be one of X's (\"colour\", \"size\"), got \"shape\".");
});

const X = DenseMatrix.from([[1, 10], [2, 30], [3, 20], [4, 50]]);

test('explainRow of a linear model is coefficient times value', async () => {
  const model = await new Ridge({ alpha: 0.5 }).fit(X, [1, 2, 3, 5]);
  const { base, contributions, prediction, unit, output } = await explainRow(model, X, 2);
  const { coef, intercept } = model.fitted;
  expect(base).toBe(intercept);
  expect(unit).toBe('prediction');
  expect(output).toBeNull();
  expect(prediction).toBeCloseTo((await model.predict(X))[2], 12);
  expect(new Map(contributions.map(({ column, contribution }) => [column, contribution]))).toEqual(new Map([['x0', coef[0] * 3], ['x1', coef[1] * 20]]));
  expect(Math.abs(contributions[0].contribution)).toBeGreaterThanOrEqual(Math.abs(contributions[1].contribution));
});

test('explainRow of a pipeline explains the last stage, in its columns', async () => {
  const pipeline = new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]);
  await pipeline.fit(X, ['a', 'a', 'b', 'b']);
  const { prediction, contributions, unit } = await explainRow(pipeline, X, 0);
  expect(prediction).toBeCloseTo((await pipeline.namedSteps.classify.decisionFunction(await pipeline.namedSteps.scale.transform(X)) as Float64Array)[0], 12);
  expect(contributions.map(({ column }) => column).sort()).toEqual(['x0', 'x1']);
  expect(unit).toBe('score of b');
});

test('explainRow of boosting shows a Table\'s own values, and explains the class that is asked for', async () => {
  const table = Table.from({ colour: ['red', 'blue', 'green', 'blue', 'red', 'green'], size: [1, 2, null, 4, 5, 6] });
  const model = await new HistGradientBoostingClassifier({ minSamplesLeaf: 1, maxIter: 3 }).fit(table, ['x', 'y', 'z', 'y', 'x', 'z']);
  const row = await explainRow(model, table, 2);
  expect(row.output).toBe('z');
  expect(new Map(row.contributions.map(({ column, value }) => [column, value]))).toEqual(new Map<string, unknown>([['colour', 'green'], ['size', null]]));
  const scores = (await model.decisionFunction(table)) as DenseMatrix;
  expect(row.prediction).toBeCloseTo(scores.at(2, 2), 10);
  expect((await explainRow(model, table, 2, { output: 'y' })).prediction).toBeCloseTo(scores.at(2, 1), 10);
  await expect(explainRow(model, table, 2, { output: 'w' })).rejects.toThrow("explainRow: output must be one of the classes \"x\", \"y\", \"z\", got \"w\".");
  await expect(explainRow(model, table, 6)).rejects.toThrow('explainRow: row must be a whole number in [0, 5], got 6.');
});
