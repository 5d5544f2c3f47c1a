import { DataError, OptionError } from '../../src/core/errors.ts';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { GroupKFold } from '../../src/model-selection/group-k-fold.ts';
import { learningCurve } from '../../src/model-selection/learning-curve.ts';
import { permutationTestScore } from '../../src/model-selection/permutation-test-score.ts';
import { SequentialFeatureSelector } from '../../src/model-selection/sequential-feature-selector.ts';
import { validationCurve } from '../../src/model-selection/validation-curve.ts';
import { KNeighborsClassifier } from '../../src/neighbors/k-neighbors-classifier.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import '../to-be-all-close.ts';

const models: Record<string, new () => any> = { Ridge, GaussianNB, KNeighborsClassifier };
const of = (kind: string): (readonly [string, FixtureCase])[] => fixture('curves').cases.filter(({ input }) => input.of === kind).map((c) => [c.name, c] as const);

test.each(of('select'))('SequentialFeatureSelector %s as scikit-learn does', async (_, { input, options, expected }) => {
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const selector = new SequentialFeatureSelector({ estimator: new models[input.model](), workers: 1, ...options });
  const kept = await selector.fitTransform(X, input.y);
  expect(Array.from(selector.fitted.columns)).toEqual(expected);
  expect([selector.fitted.nFeaturesToSelect, kept.cols, kept.kind]).toEqual([expected.length, expected.length, X.kind]);
});

test.each(of('curve'))('validationCurve %s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const cv = options.cv === 'groups' ? new GroupKFold({ nSplits: 4 }) : options.cv;
  const curve = await validationCurve(new models[input.model](), DenseMatrix.from(input.X), input.y, input.space, { ...options, cv, workers: 1 });
  const close = { relative: tolerance, absolute: tolerance };
  expect(curve.trainScores).toBeAllClose(expected.train, close);
  expect(curve.testScores).toBeAllClose(expected.test, close);
  const [name, values] = Object.entries(input.space)[0] as [string, number[]];
  expect(curve.params).toEqual(values.map((value) => ({ [name]: value })));
});

test.each(of('learning'))('learningCurve %s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const cv = options.cv === 'groups' ? new GroupKFold({ nSplits: 4 }) : options.cv;
  const curve = await learningCurve(new models[input.model](), DenseMatrix.from(input.X), input.y, { ...options, cv, workers: 1 });
  const close = { relative: tolerance, absolute: tolerance };
  expect([...curve.trainSizes]).toEqual(expected.sizes);
  expect(curve.trainScores).toBeAllClose(expected.train, close);
  expect(curve.testScores).toBeAllClose(expected.test, close);
});

test.each(of('permutation'))('permutationTestScore %s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const found = await permutationTestScore(new models[input.model](), DenseMatrix.from(input.X), input.y, { ...options, workers: 1 });
  const close = { relative: tolerance, absolute: tolerance };
  expect(found.score).toBeAllClose(expected.score, close);
  expect(found.permutationScores).toBeAllClose(expected.permutationScores, close);
  expect(found.pValue).toBeAllClose(expected.pValue, close);
});

const [[, first]] = of('select');
const X = DenseMatrix.from(first.input.X);
const { y } = first.input;

test('the columns of a selector come in the order of its steps, with a score for each, weights or not', async () => {
  const forward = await new SequentialFeatureSelector({ estimator: new Ridge(), nFeaturesToSelect: 2, workers: 1 }).fit(X, y);
  const { columns, order, scores } = forward.fitted;
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from(columns));
  expect(scores[1]).toBeGreaterThan(scores[0]);
  const weighted = await new SequentialFeatureSelector({ estimator: new Ridge(), nFeaturesToSelect: 2, workers: 1 }).fit(X, y, { sampleWeight: new Float64Array(X.rows).fill(2) });
  // Twice the weight halves Ridge's penalty, which moves scores a little.
  expect(weighted.fitted.scores).toBeAllClose(scores, { absolute: 0.01, relative: 0 });
});

test('a selector is a stage whose model can be changed by name, and a curve follows an option of a stage', async () => {
  const pipeline = new Pipeline([['scale', new StandardScaler()], ['select', new SequentialFeatureSelector({ estimator: new Ridge(), workers: 1 })], ['line', new Ridge()]]);
  expect((pipeline.with({ select: { estimator: { alpha: 5 } } } as never) as any).namedSteps.select.options.estimator.options.alpha).toBe(5);
  const { params, testScores } = await validationCurve(pipeline, X, y, { select: { nFeaturesToSelect: [1, 3] } } as never, { cv: 3, workers: 1 });
  expect(params).toEqual([{ select: { nFeaturesToSelect: 1 } }, { select: { nFeaturesToSelect: 3 } }]);
  expect(testScores.at(1, 0)).toBeGreaterThan(testScores.at(0, 0));
});

test('what cannot be selected is refused', async () => {
  const make = (options: object): SequentialFeatureSelector => new SequentialFeatureSelector({ estimator: new Ridge(), workers: 1, ...options });
  await expect(make({ nFeaturesToSelect: 7 }).fit(X, y)).rejects.toThrow(new OptionError('SequentialFeatureSelector: nFeaturesToSelect must come to 1 to 6 of 7 columns, got 7.'));
  await expect(make({ nFeaturesToSelect: 0.1 }).fit(X, y)).rejects.toThrow('nFeaturesToSelect must come to 1 to 6 of 7 columns, got 0.1.');
  await expect(make({ tol: -1 }).fit(X, y)).rejects.toThrow(new OptionError("SequentialFeatureSelector: tol must be at least 0 with direction 'forward', got -1."));
  await expect(make({}).fit(X.takeCols([0]), y)).rejects.toThrow('SequentialFeatureSelector: X must have at least 2 columns, got 1.');
  await expect(make({}).fit(X)).rejects.toThrow(new DataError('SequentialFeatureSelector: y must be given, got undefined. Pass one value per row.'));
  await expect(new SequentialFeatureSelector().fit(X, y)).rejects.toThrow(OptionError);
  await expect(learningCurve(new Ridge(), X, y, { trainSizes: [10, 99] })).rejects.toThrow(new OptionError('learningCurve: trainSizes must be at most the training rows of a fold, 38, got 10, 99.'));
  await expect(validationCurve(new Ridge(), X, y, { alfa: [1] } as never)).rejects.toThrow('there is no option alfa');
});
