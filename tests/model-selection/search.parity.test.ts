import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { DummyRegressor } from '../../src/dummy/dummy-regressor.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { logUniform } from '../../src/model-selection/log-uniform.ts';
import { parameterGrid } from '../../src/model-selection/parameter-grid.ts';
import { parameterSampler } from '../../src/model-selection/parameter-sampler.ts';
import { randint } from '../../src/model-selection/randint.ts';
import { RandomizedSearch } from '../../src/model-selection/randomized-search.ts';
import type { Params } from '../../src/model-selection/search-space.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { uniform } from '../../src/model-selection/uniform.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { fixture, type FixtureCase } from '../fixture.ts';

const models: Record<string, () => any> = {
  logistic: () => new Pipeline([['scale', new StandardScaler()], ['clf', new LogisticRegression({ tol: 1e-10, maxIter: 5000 })]]),
  counts: () => new Pipeline([['count', new CountVectorizer()], ['clf', new MultinomialNB()]]),
  textLogistic: () =>
    new Pipeline([['count', new CountVectorizer()], ['scale', new StandardScaler({ withMean: false })], ['clf', new LogisticRegression({ tol: 1e-10, maxIter: 5000 })]]),
  bayes: () => new MultinomialNB(),
  mean: () => new DummyRegressor(),
};
const splitters: Record<string, new (options: any) => any> = { KFold, StratifiedKFold };
const distributions: Record<string, (low: number, high: number) => unknown> = { uniform, logUniform, randint };

/** ['uniform', 0, 1] stands for uniform(0, 1). */
function revive(value: any): any {
  if (Array.isArray(value)) return typeof value[0] === 'string' && value[0] in distributions ? distributions[value[0]](value[1], value[2]) : value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, revive(one)]));
}

const numbers = (list: unknown[]): number[] => list.map(Number);
const { cases } = fixture('search');
const data = cases.find((c) => c.call === 'data')?.input;
const casesOf = (call: string): [string, FixtureCase][] => cases.filter((c) => c.call === call).map((c) => [c.name, c]);

function expectSameParams(got: readonly Params[], expected: readonly Params[], tolerance: number): void {
  const leaves = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.keys(value).sort().flatMap((key) => leaves(value[key as never])) : [value];
  const names = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, names(v)])) : 0;
  expect(got.map(names)).toEqual(expected.map(names));
  const [own, theirs] = [leaves(got), leaves(expected)];
  own.forEach((value, i) => {
    if (typeof value === 'number') expect(value).toBeAllClose(theirs[i], { relative: tolerance, absolute: 0 });
    else expect(value).toEqual(theirs[i]);
  });
}

test.each(casesOf('ParameterGrid'))('%s', (_, c) => {
  expect(parameterGrid(c.input)).toEqual(c.expected);
});

test.each(casesOf('ParameterSampler'))('%s', (_, c) => {
  expectSameParams(parameterSampler(revive(c.input), c.options.nIter, c.options.randomState), c.expected, c.tolerance);
});

test.each([...casesOf('GridSearchCV'), ...casesOf('RandomizedSearchCV')])('%s', async (_, c) => {
  const { model, data: name, searchSpace, cv, ...options } = c.options;
  const { X, y } = data[name];
  const Search = (c.call === 'GridSearchCV' ? GridSearch : RandomizedSearch) as new (options: any) => GridSearch<any>;
  const search = new Search({ ...options, estimator: models[model](), searchSpace: revive(searchSpace), cv: new splitters[cv[0]](cv[1]), workers: 1 });
  await search.fit(typeof X[0] === 'string' ? X : DenseMatrix.from(X), y);
  const { results, bestIndex, bestParams } = search.fitted;
  expectSameParams(results.map(({ params }) => params), c.expected.params, 1e-12);
  for (const [scorer, expected] of Object.entries<any>(c.expected.scores)) {
    expect(results.map(({ scores }) => scores[scorer].rank)).toEqual(expected.rank);
    const close = { relative: c.tolerance, absolute: c.tolerance };
    expect(results.map(({ scores }) => scores[scorer].mean)).toBeAllClose(numbers(expected.mean), close);
    expect(results.map(({ scores }) => scores[scorer].std)).toBeAllClose(numbers(expected.std), close);
    results.forEach(({ scores }, i) => expect(scores[scorer].folds).toBeAllClose(numbers(expected.folds[i]), close));
  }
  expect(bestIndex).toBe(c.expected.bestIndex);
  expectSameParams([bestParams], [c.expected.bestParams], 1e-12);
  const predictions = await search.predict(typeof X[0] === 'string' ? X : DenseMatrix.from(X));
  if (typeof c.expected.predictions[0] === 'string') expect(predictions).toEqual(c.expected.predictions);
  else expect(Array.from(predictions as ArrayLike<number>)).toBeAllClose(c.expected.predictions, { relative: c.tolerance, absolute: c.tolerance });
});
