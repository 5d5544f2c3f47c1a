import { ExtraTreesClassifier } from '../../src/tree/extra-trees-classifier.ts';
import { ExtraTreesRegressor } from '../../src/tree/extra-trees-regressor.ts';
import { RandomForestClassifier } from '../../src/tree/random-forest-classifier.ts';
import { RandomForestRegressor } from '../../src/tree/random-forest-regressor.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';
import { fixture } from '../fixture.ts';
import { dataSets, matrixOf } from './data-sets.ts';

const estimators: Record<string, new (options: any) => any> = { ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor };

test.each(fixture('forests').cases.map((c) => [c.name, c] as const))('%s', async (_, { options, input, expected, tolerance }) => {
  const set = dataSets[input.data];
  const X = matrixOf(set);
  const close = { relative: tolerance, absolute: tolerance };
  const y: any = input.estimator.endsWith('Classifier') ? set.y : set.numbers;
  let model = new estimators[input.estimator](options);
  if (input.warm > 0) {
    const some = Array.from({ length: X.rows }, (_, i) => i).filter((i) => i % 3 !== 0);
    const before = await model.with({ nEstimators: input.warm }).fit(X.take(some), some.map((i) => y[i]));
    model = model.with({ warmStart: true }).restore(before.fitted);
  }
  await model.fit(X, y, input.weighted ? { sampleWeight: set.weights } : {});
  const { trees, featureImportances, oobScore, oobDecisionFunction, oobPrediction } = model.fitted;
  expect(trees.map((tree: TreeNodes) => tree.left.length)).toEqual(expected.nodes);
  expected.features.forEach((features: number[], t: number) => {
    expect([...trees[t].feature.subarray(0, features.length)]).toEqual(features.map((f) => Math.max(f, -1)));
  });
  expect((await model.apply(X)).toArray().slice(0, 5)).toEqual(expected.leaves);
  expect(featureImportances).toBeAllClose(expected.importances, close);
  const third = Array.from({ length: Math.ceil(X.rows / 3) }, (_, i) => 3 * i);
  if (expected.probability) expect(await model.predictProba(X.take(third))).toBeAllClose(expected.probability, close);
  if (expected.predicted) expect(await model.predict(X.take(third))).toBeAllClose(expected.predicted, close);
  if (expected.oob === undefined) expect(oobScore).toBeNull();
  else {
    expect(oobScore).toBeCloseTo(expected.oobScore, 12);
    const oob = oobDecisionFunction?.toArray() ?? [...oobPrediction];
    expect(oob.slice(0, 20)).toBeAllClose(expected.oob, close);
  }
});
