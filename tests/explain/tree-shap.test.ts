import { RandomState } from '../../src/core/random-state.ts';
import { GradientBoostingClassifier } from '../../src/boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../../src/boosting/gradient-boosting-regressor.ts';
import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { additiveTrees } from '../../src/explain/additive-trees.ts';
import { featureImportances } from '../../src/explain/feature-importances.ts';
import { shapValues } from '../../src/explain/shap-values.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { childOf } from '../../src/tree/child-of.ts';
import { DecisionTreeClassifier } from '../../src/tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../src/tree/decision-tree-regressor.ts';
import { RandomForestClassifier } from '../../src/tree/random-forest-classifier.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';
import { Table } from '../../src/table/table.ts';

const random = new RandomState(5);
const X = new DenseMatrix(150, 4, random.standardNormal(600));
for (let i = 0; i < X.rows; i++) {
  X.data[4 * i + 2] = random.randint(6);
  if (i % 9 === 0) X.data[4 * i + 1] = Number.NaN;
}
const y = Array.from({ length: X.rows }, (_, i) => X.at(i, 0) + (X.at(i, 2) % 3) - (X.at(i, 1) > 0.3 ? 1 : 0) * X.at(i, 0) + 0.2 * random.standardNormal());
const labels = y.map((v) => (v > 1.5 ? 'high' : v > 0 ? 'middle' : 'low'));
const flags = y.map((v) => v > 1);

const models: Record<string, () => Promise<any>> = {
  'a decision tree': () => new DecisionTreeRegressor({ maxDepth: 4 }).fit(X, y),
  'a decision tree of classes': () => new DecisionTreeClassifier({ maxDepth: 4 }).fit(X, labels),
  'a random forest': () => new RandomForestClassifier({ nEstimators: 5, maxDepth: 4 }).fit(X, labels),
  'boosting': () => new HistGradientBoostingRegressor({ maxIter: 5, minSamplesLeaf: 5 }).fit(X, y),
  'boosting with categories': () => new HistGradientBoostingClassifier({ maxIter: 4, minSamplesLeaf: 5, categoricalFeatures: [2] }).fit(X, flags),
  'boosting of three classes': () => new HistGradientBoostingClassifier({ maxIter: 3, minSamplesLeaf: 5, categoricalFeatures: [2] }).fit(X, labels),
};

/** What the model predicts on the scale that is explained, rows × outputs. */
async function predicted(model: any): Promise<Float64Array> {
  if (model.decisionFunction) {
    const scores = await model.decisionFunction(X);
    return scores.data ?? scores;
  }
  return model.predictProba ? (await model.predictProba(X)).data : model.predict(X);
}

/** The mean prediction of a tree where only some columns of the row decide: algorithm 1. */
function given(tree: TreeNodes, row: ArrayLike<number>, known: number, output: number, node = 0): number {
  const { left, right, feature, weightedSamples, value, outputs } = tree;
  if (left[node] < 0) return value[node * outputs + output];
  if ((known >> feature[node]) & 1) return given(tree, row, known, output, childOf(tree, node, row[feature[node]]));
  return (
    (weightedSamples[left[node]] * given(tree, row, known, output, left[node]) + weightedSamples[right[node]] * given(tree, row, known, output, right[node])) /
    weightedSamples[node]
  );
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const sizeOf = (set: number): number => [0, 1, 2, 3].filter((j) => (set >> j) & 1).length;

describe.each(Object.entries(models))('%s', (_, fit) => {
  test('the values of a row and the base sum to its prediction', async () => {
    const model = await fit();
    const { base, values } = shapValues(model, X);
    const sums = Array.from({ length: X.rows * base.length }, (__, p) => values[p % base.length].row(Math.floor(p / base.length)).reduce((a, b) => a + b, base[p % base.length]));
    // Rounding of some hundred additions.
    expect(sums).toBeAllClose(await predicted(model), { absolute: 1e-10, relative: 1e-10 });
  });

  test('the values are Shapley values by their definition', async () => {
    const model = await fit();
    const { terms, rows: read } = additiveTrees('test', model);
    const rows = read(X);
    const { values, base } = shapValues(model, X);
    for (const i of [0, 1, 9, 18, 77]) {
      for (let c = 0; c < base.length; c++) {
        const whole = (set: number): number =>
          terms.reduce((sum, { tree, scale, output }) => {
            const own = tree.outputs > 1 ? c : output === c ? 0 : -1;
            return own < 0 ? sum : sum + scale * given(tree, rows.row(i), set, own);
          }, 0);
        const shapley = [0, 1, 2, 3].map((j) => {
          let sum = 0;
          for (let set = 0; set < 16; set++) {
            if ((set >> j) & 1) continue;
            const weight = (factorial(sizeOf(set)) * factorial(3 - sizeOf(set))) / factorial(4);
            sum += weight * (whole(set | (1 << j)) - whole(set));
          }
          return sum;
        });
        expect(values[c].row(i)).toBeAllClose(shapley, { absolute: 1e-10, relative: 1e-10 });
      }
    }
  });

  test('importances by gain and by splits sum to 1, and the column of noise has least', async () => {
    const model = await fit();
    for (const kind of ['gain', 'split'] as const) {
      const { names, importances } = featureImportances(model, kind);
      expect(names).toEqual(['x0', 'x1', 'x2', 'x3']);
      expect(importances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      if (kind === 'gain') expect(importances[3]).toBe(Math.min(...importances));
    }
  });
});

test.each([
  ['two classes', (full: DenseMatrix) => new GradientBoostingClassifier({ nEstimators: 5 }).fit(full, flags), 'log odds of true'],
  ['two classes by the exponential loss', (full: DenseMatrix) => new GradientBoostingClassifier({ nEstimators: 4, loss: 'exponential', init: 'zero' }).fit(full, flags), 'half the log odds of true'],
  ['three classes', (full: DenseMatrix) => new GradientBoostingClassifier({ nEstimators: 4, subsample: 0.5 }).fit(full, labels), 'raw prediction'],
  ['numbers', (full: DenseMatrix) => new GradientBoostingRegressor({ nEstimators: 6, loss: 'huber' }).fit(full, y), 'prediction'],
] as [string, (full: DenseMatrix) => Promise<any>, string][])('the values of whole-tree boosting of %s sum to its raw predictions', async (_, fit, unit) => {
  const full = new DenseMatrix(X.rows, 4, X.data.map((value) => (Number.isNaN(value) ? 0 : value)));
  const model = await fit(full);
  const shap = shapValues(model, full);
  expect(shap.unit).toBe(unit);
  const { base, values } = shap;
  const sums = Array.from({ length: X.rows * base.length }, (__, p) => values[p % base.length].row(Math.floor(p / base.length)).reduce((a, b) => a + b, base[p % base.length]));
  const raw = model.decisionFunction ? await model.decisionFunction(full) : await model.predict(full);
  // Rounding of some hundred additions.
  expect(sums).toBeAllClose(raw.data ?? raw, { absolute: 1e-10, relative: 1e-10 });
  expect(featureImportances(model, 'split').importances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

test('whole-tree boosting that begins with a model is refused', async () => {
  const full = X.take(Array.from({ length: X.rows }, (_, i) => i).filter((i) => i % 9 > 0));
  const model = await new GradientBoostingRegressor({ nEstimators: 2, init: new DecisionTreeRegressor({ maxDepth: 1 }) }).fit(full, y.filter((_, i) => i % 9 > 0));
  expect(() => shapValues(model, full)).toThrow(
    'shapValues: model must begin with a constant, not with the model of its option init, whose predictions are no sum over trees. Fit it with init: null.',
  );
});

test('columns of a Table keep their names, and text its categories', async () => {
  const table = Table.from({ size: Array.from(X.col(0)), kind: Array.from(X.col(2), (code) => `kind ${code}`) });
  const model = await new HistGradientBoostingRegressor({ maxIter: 3, minSamplesLeaf: 5 }).fit(table, y);
  const { names, rows } = shapValues(model, table);
  expect(names).toEqual(['size', 'kind']);
  expect([...rows.col(1)]).toEqual([...X.col(2)]);
});

test('a model without trees is refused', () => {
  expect(() => shapValues({ fitted: {} }, X)).toThrow('shapValues: model must be a tree, a forest or a boosted model, fitted, got');
});
