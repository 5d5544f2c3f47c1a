import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { ExtraTreeClassifier } from '../../src/tree/extra-tree-classifier.ts';
import { ExtraTreeRegressor } from '../../src/tree/extra-tree-regressor.ts';
import { RandomTreesEmbedding } from '../../src/tree/random-trees-embedding.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import { dataSets, matrixOf } from './data-sets.ts';

const estimators: Record<string, new (options: any) => any> = { ExtraTreeClassifier, ExtraTreeRegressor };
const cases = (embeds: boolean): [string, FixtureCase][] => fixture('extra-trees').cases.filter(({ input }) => (input.estimator === 'RandomTreesEmbedding') === embeds).map((one) => [one.name, one]);

test.each(cases(false))('%s', async (_, { options, input, expected, tolerance }) => {
  const set = dataSets[input.data];
  const X = matrixOf(set);
  const model = new estimators[input.estimator](options);
  await model.fit(X, input.estimator === 'ExtraTreeClassifier' ? set.y : set.numbers, input.weighted ? { sampleWeight: set.weights } : {});
  const { tree } = model.fitted;
  expect([...tree.feature]).toEqual(expected.feature);
  expect([...tree.samples]).toEqual(expected.samples);
  const value = expected.value.flat();
  expect(tree.value.subarray(0, value.length)).toBeAllClose(value, { absolute: tolerance, relative: tolerance });
});

const filled = (matrix: Matrix): number[][] => matrix.toArray().map((row) => row.flatMap((value, j) => (value === 0 ? [] : [j])));

test.each(cases(true))('%s', async (_, { options, input, expected }) => {
  const set = dataSets[input.data];
  const X = matrixOf(set);
  const fit = input.weighted ? { sampleWeight: set.weights! } : {};
  let model = new RandomTreesEmbedding(options);
  if (input.warm > 0) {
    const before = await model.with({ nEstimators: input.warm }).fit(X, undefined, fit);
    model = model.with({ warmStart: true }).restore(before.fitted);
  }
  const embedded = await model.fitTransform(X, undefined, fit);
  const { trees, nFeaturesOut } = model.fitted;
  expect(trees.map(({ left }: TreeNodes) => left.filter((child) => child < 0).length)).toEqual(expected.leaves);
  expect(embedded.cols).toBe(nFeaturesOut);
  expect(embedded instanceof CsrMatrix).toBe(options.sparseOutput !== false);
  expect(filled(embedded).filter((__, i) => i % 5 === 0)).toEqual(expected.columns);
  expect(filled(await model.transform(X.take([0, 1, 2])))).toEqual(expected.again);
  expect(model.featureNamesOut().slice(0, 6)).toEqual(expected.names);
  expect(new Set(model.featureNamesOut()).size).toBe(nFeaturesOut);
});
