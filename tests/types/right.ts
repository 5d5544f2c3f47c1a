import {
  CountVectorizer,
  type CsrMatrix,
  type CvDefinition,
  type DenseMatrix,
  FeatureUnion,
  GridSearch,
  type Label,
  LogisticRegression,
  logUniform,
  Pipeline,
  RandomizedSearch,
  StandardScaler,
  TfidfVectorizer,
} from '../../src/index.ts';

/** What must compile: `npm run typecheck` reads this file, nothing runs it. */
const pipeline = new Pipeline([
  ['words', new FeatureUnion([['count', new CountVectorizer()], ['tfidf', new TfidfVectorizer({ analyzer: 'char' })]])],
  ['scale', new StandardScaler({ withMean: false })],
  ['classify', new LogisticRegression({ C: 10 })],
]);
await pipeline.fit(['a', 'b'], [0, 1]);

export const coef: DenseMatrix = pipeline.namedSteps.classify.fitted.coef;
export const vocabulary: readonly string[] = pipeline.namedSteps.words.namedSteps.count.fitted.vocabulary;
export const labels: Label[] = await pipeline.predict(['a']);
export const changed = pipeline.with({ classify: { C: 1 }, words: { count: { binary: true } } });
export const counts: CsrMatrix = await new CountVectorizer().fitTransform(['a b']);

const search = new GridSearch({
  estimator: pipeline,
  searchSpace: { classify: { C: [0.1, 1, 10] }, words: { count: { ngramRange: [[1, 1], [1, 2]], binary: [true, false] } } },
  scoring: ['accuracy', 'rocAuc'],
});
await search.fit(['a', 'b'], [0, 1]);
export const best: DenseMatrix = search.fitted.bestEstimator.namedSteps.classify.fitted.coef;
export const found: Label[] = await search.predict(['a']);
new RandomizedSearch({ estimator: new LogisticRegression(), searchSpace: [{ C: logUniform(0.01, 10) }, { tol: [1e-4] }], nIter: 3 });
await new Pipeline([['count', new CountVectorizer()], ['search', new GridSearch({ estimator: new LogisticRegression(), searchSpace: { C: [1] } })]]).fit(['a'], [0]);

export const folds: CvDefinition[] = [
  { nSplits: 3, stratified: true, shuffle: false, groups: 'customer' },
  { timeOrder: 'date', nSplits: 4, gap: 7, testSize: 30, maxTrainSize: null, randomState: 1 },
  { timeOrder: true, shuffle: false, stratified: false, groups: null },
];
