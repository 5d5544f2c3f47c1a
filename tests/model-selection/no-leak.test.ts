import { MatrixTransformer } from '../../src/base/matrix-transformer.ts';
import {
  CountVectorizer,
  crossValidate,
  DenseMatrix,
  DummyClassifier,
  FrequencyEncoder,
  KFold,
  LogisticRegression,
  type Matrix,
  OneHotEncoder,
  Pipeline,
  RandomState,
  StandardScaler,
  StratifiedKFold,
  Table,
  TargetEncoder,
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

describe('a category that names its row, beside labels drawn by lot', () => {
  // Encoding with the target before the split would give the label away in every row.
  const random = new RandomState(3);
  const count = 200;
  const lots = Array.from({ length: count }, () => (random.randomSample() < 0.5 ? 'a' : 'b'));
  const table = Table.from({ id: Array.from({ length: count }, (_, i) => `row ${i}`), pair: Array.from({ length: count }, (_, i) => `pair ${i >> 1}`) });
  const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 0 });

  test.each([
    ['TargetEncoder', () => new TargetEncoder()],
    ['TargetEncoder without smoothing', () => new TargetEncoder({ smooth: 0 })],
    ['OneHotEncoder', () => new OneHotEncoder({ handleUnknown: 'ignore' })],
    ['FrequencyEncoder', () => new FrequencyEncoder()],
  ])('scores as guessing does behind %s', async (_, encoder) => {
    const pipeline = new Pipeline([['encode', encoder() as TargetEncoder], ['classify', new LogisticRegression()]]);
    const { accuracy } = (await crossValidate(pipeline, table, lots, { cv, scoring: ['accuracy'] })).summary();
    // Guessing 200 fair lots is right in half of them, give or take 0.035 once; three times that is allowed.
    expect(Math.abs(accuracy.mean - 0.5)).toBeLessThan(0.11);
  });

  test('a scaler before the split would see the test rows; one in the pipeline scores them by its own rows', async () => {
    // The test rows of the last fold lie a thousand times further out: only a leak could bring them near.
    const X = DenseMatrix.from(Array.from({ length: 30 }, (_, i) => [i >= 20 ? 1000 + i : i]));
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]);
    const last = (await crossValidate(pipeline, X, y, { cv: new KFold({ nSplits: 3 }), returnEstimator: true })).folds[2];
    const { scale } = (last.estimator as typeof pipeline).namedSteps;
    const scaled = (await scale.transform(X.take(last.test))).toDense();
    expect(Math.min(...scaled.data)).toBeGreaterThan(100);
  });
});
