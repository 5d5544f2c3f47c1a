import {
  CountVectorizer,
  type CsrMatrix,
  type DenseMatrix,
  FeatureUnion,
  type Label,
  LogisticRegression,
  Pipeline,
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
