import * as refit from '../src/index.ts';
import { DataError, DenseMatrix, NeuralClassifier } from '../src/index.ts';
import { fixture } from './fixture.ts';

/** Part of what a classifier offers. */
interface Weighing {
  fit(X: DenseMatrix, y: string[], options?: { sampleWeight?: number[] }): Promise<this>;
  predictProba(X: DenseMatrix): Promise<DenseMatrix>;
  decisionFunction(X: DenseMatrix): Promise<Float64Array | DenseMatrix>;
}

const { cases } = fixture('class-weights');
const classOf = (name: string): new (options: object) => Weighing => (refit as unknown as Record<string, new (options: object) => Weighing>)[name];

test('every exported estimator with a classWeight option is compared', () => {
  const weighing = Object.entries(refit).filter(([, value]) => typeof value === 'function' && Object.hasOwn((value as { rules?: object }).rules ?? {}, 'classWeight'));
  const names = weighing.map(([name]) => name).filter((name) => name !== 'ForestClassifier');
  // scikit-learn's nets take no class weights: NeuralClassifier is held to row weights below.
  expect(names.sort()).toEqual([...new Set([...cases.map(({ call }) => call), 'NeuralClassifier'])].sort());
});

test.each(cases.map((parityCase) => [parityCase.name, parityCase] as const))('%s', async (_, { call, options, input, expected, tolerance }) => {
  const X = DenseMatrix.from(input.X);
  const model = await new (classOf(call))(options).fit(X, input.y, input.sampleWeight ? { sampleWeight: input.sampleWeight } : {});
  const few = X.take(Array.from({ length: 25 }, (__, i) => i));
  const values = input.method === 'predict_proba' ? await model.predictProba(few) : await model.decisionFunction(few);
  expect(values).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
});

test('a class weight of NeuralClassifier is a weight of the rows of that class', async () => {
  const { X: rows, y } = cases[0].input as { X: number[][]; y: string[] };
  const X = DenseMatrix.from(rows);
  const options = { hiddenLayerSizes: [4], epochs: 3, randomState: 0 };
  const byClass = await new NeuralClassifier({ ...options, classWeight: { yes: 4, no: 0.5 } }).fit(X, y);
  const byRow = await new NeuralClassifier(options).fit(X, y, { sampleWeight: y.map((label) => (label === 'yes' ? 4 : 0.5)) });
  expect(await byClass.predictProba(X)).toEqual(await byRow.predictProba(X));
});

test.each([
  ['LogisticRegression', {}],
  ['RandomForestClassifier', {}],
  ['ExtraTreesClassifier', { classWeight: 'balancedSubsample' }],
])('%s cannot balance a class whose rows all weigh nothing', async (name, options) => {
  const X = DenseMatrix.from([[0], [1], [2], [3]]);
  const model = new (classOf(name))({ classWeight: 'balanced', ...options });
  const fitting = model.fit(X, ['no', 'no', 'yes', 'yes'], { sampleWeight: [1, 2, 0, 0] });
  await expect(fitting).rejects.toThrow(
    new DataError(`${name}: classWeight 'balanced' needs weight in every class, all rows of "yes" weigh 0. Leave the class out, or give weights by label.`),
  );
});
