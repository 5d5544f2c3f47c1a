import { MatrixTransformer } from '../../src/base/matrix-transformer.ts';
import {
  CountVectorizer,
  crossValidate,
  DenseMatrix,
  DummyClassifier,
  KFold,
  LogisticRegression,
  type Matrix,
  Pipeline,
  StandardScaler,
  StratifiedKFold,
} from '../../src/index.ts';

/** Remembers the first column of every row it was fitted on; the tests put row numbers there. */
class RowRecorder extends MatrixTransformer<object, { seen: number[] }> {
  protected learn(X: Matrix): { seen: number[] } {
    return { seen: X.toArray().map(([row]) => row) };
  }

  protected apply(X: Matrix): Matrix {
    return X;
  }
}

const rows = 30;
const y = Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'a' : 'b'));

test('a fold’s rows never meet a stage that is fitted for it', async () => {
  const X = DenseMatrix.from(Array.from({ length: rows }, (_, i) => [i, (i * 7) % 5]));
  const pipeline = new Pipeline([
    ['record', new RowRecorder()],
    ['classify', new LogisticRegression()],
  ]);
  const cv = await crossValidate(pipeline, X, y, { cv: new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 1 }), returnEstimator: true });
  for (const { estimator, train, test } of cv.folds) {
    const { seen } = (estimator as typeof pipeline).namedSteps.record.fitted;
    expect(seen).toEqual([...train]);
    expect(seen.filter((row) => test.includes(row))).toEqual([]);
  }
});

test('a scaler in a fold has the moments of the other folds’ rows', async () => {
  const X = DenseMatrix.from(Array.from({ length: rows }, (_, i) => [i < 10 ? 1e6 : i]));
  const pipeline = new Pipeline([
    ['scale', new StandardScaler()],
    ['classify', new LogisticRegression()],
  ]);
  const cv = await crossValidate(pipeline, X, y, { cv: new KFold({ nSplits: 3 }), returnEstimator: true });
  for (const { estimator, train } of cv.folds) {
    const mean = train.reduce((sum, row) => sum + X.at(row, 0), 0) / train.length;
    expect((estimator as typeof pipeline).namedSteps.scale.fitted.mean).toBeAllClose([mean]);
  }
});

test('a word that only the test rows of a fold have is in no vocabulary of that fold', async () => {
  const texts = Array.from({ length: rows }, (_, i) => `common word row${i}`);
  const pipeline = new Pipeline([
    ['count', new CountVectorizer()],
    ['classify', new LogisticRegression()],
  ]);
  const cv = await crossValidate(pipeline, texts, y, { cv: 5, returnEstimator: true });
  for (const { estimator, train } of cv.folds) {
    const { vocabulary } = (estimator as typeof pipeline).namedSteps.count.fitted;
    expect([...vocabulary].sort()).toEqual(['common', 'word', ...Array.from(train, (row) => `row${row}`)].sort());
  }
});

test('labels without any relation to X score as guessing does, however many columns there are', async () => {
  const X = DenseMatrix.from(Array.from({ length: rows }, (_, i) => Array.from({ length: 200 }, (_, j) => Math.sin((i + 1) * (j + 3) * 12.9898))));
  const noise = Array.from({ length: rows }, (_, i) => Math.floor(Math.abs(Math.sin(i * 78.233) * 43758.5453)) % 2);
  const options = { cv: new StratifiedKFold({ nSplits: 5 }), scoring: ['accuracy'] as const };
  const learned = await crossValidate(new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]), X, noise, options);
  const guessed = await crossValidate(new DummyClassifier(), X, noise, options);
  expect(Math.abs(learned.summary().accuracy.mean - guessed.summary().accuracy.mean)).toBeLessThan(0.25);
});
