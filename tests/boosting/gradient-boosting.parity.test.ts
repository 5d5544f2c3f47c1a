import { GradientBoostingClassifier } from '../../src/boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../../src/boosting/gradient-boosting-regressor.ts';
import { DecisionTreeClassifier } from '../../src/tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../src/tree/decision-tree-regressor.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';
import { fixture } from '../fixture.ts';
import { dataSets, matrixOf } from '../tree/data-sets.ts';

const estimators: Record<string, new (options: any) => any> = { GradientBoostingClassifier, GradientBoostingRegressor, DecisionTreeClassifier, DecisionTreeRegressor };

async function fitted({ options, input }: { options: any; input: any }, X: any): Promise<any> {
  const init = input.init === null ? {} : { init: new estimators[input.init]({ maxDepth: 2, randomState: 0 }) };
  let model = new estimators[input.estimator]({ ...options, ...init });
  if (input.warm > 0) {
    const some = Array.from({ length: X.rows }, (_, i) => i).filter((i) => i % 3 !== 0);
    const before = await model.with({ nEstimators: input.warm }).fit(X.take(some), some.map((i) => input.y[i]));
    model = model.with({ warmStart: true }).restore(before.fitted);
  }
  return model.fit(X, input.y, input.weights ? { sampleWeight: input.weights } : {});
}

async function everyFourth(stages: AsyncGenerator<any>): Promise<unknown[]> {
  const kept: unknown[] = [];
  let stage = 0;
  for await (const one of stages) if (stage++ % 4 === 0) kept.push(one.toArray ? one.toArray().slice(0, 4) : one.slice(0, 4));
  return kept;
}

test.each(fixture('gradient-boosting').cases.map((c) => [c.name, c] as const))('%s', async (_, { options, input, expected, tolerance }) => {
  const whole = matrixOf(dataSets[input.data]);
  const X = input.rows ? whole.take(Array.from({ length: input.rows }, (__, i) => i)) : whole;
  const model = await fitted({ options, input }, X);
  const close = { relative: tolerance, absolute: tolerance };
  const { trees, featureImportances, trainScore, oobScores, oobImprovement, oobScore, nEstimators, nTreesPerIteration } = model.fitted;
  expect(trees.map((tree: TreeNodes) => [...tree.feature])).toEqual(expected.features);
  expect(trees.map((tree: TreeNodes) => [...tree.samples])).toEqual(expected.samples);
  expect(trees.slice(0, 3).map((tree: TreeNodes) => [...tree.threshold])).toEqual(expected.thresholds);
  expect(nEstimators * nTreesPerIteration).toBe(trees.length);
  expect(trees[0].value).toBeAllClose(expected.values[0], close);
  expect(trees.at(-1).value).toBeAllClose(expected.values[1], close);
  expect(trees.at(-1).impurity).toBeAllClose(expected.impurity, close);
  expect(featureImportances).toBeAllClose(expected.importances, close);
  expect(trainScore).toBeAllClose(expected.trainScore, close);
  expect((await model.apply(X)).toArray().slice(0, 5)).toEqual(expected.leaves);
  expect([oobScores === null, oobImprovement === null, oobScore === null]).toEqual(Array(3).fill(expected.oobScores === undefined));
  if (oobScores) {
    expect(oobScores).toBeAllClose(expected.oobScores, close);
    expect(oobImprovement).toBeAllClose(expected.oobImprovement, close);
    expect(oobScore).toBe(oobScores.at(-1));
  }
  const third = X.take(Array.from({ length: Math.ceil(X.rows / 3) }, (__, i) => 3 * i));
  if (expected.probability) {
    expect(await model.predict(third)).toEqual(expected.predicted);
    expect(await model.predictProba(third)).toBeAllClose(expected.probability, close);
    const decisions = await model.decisionFunction(third);
    expect(decisions).toBeAllClose(expected.decision, close);
    expect(await everyFourth(model.stagedPredictProba(X))).toBeAllClose(expected.staged, close);
  } else {
    expect(await model.predict(third)).toBeAllClose(expected.predicted, close);
    expect(await everyFourth(model.stagedPredict(X))).toBeAllClose(expected.staged, close);
  }
});
