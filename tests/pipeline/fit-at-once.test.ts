import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { atOnce } from '../../src/core/at-once.ts';
import { kernelsFor, withMemoryOf, withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { MaxAbsScaler } from '../../src/preprocessing/max-abs-scaler.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';

const texts = Array.from({ length: 60 }, (_, i) => `word${i % 7} word${(i * i) % 11} ${i % 3 === 0 ? 'free money' : 'lunch at noon'} only${i} only${i} z${i % 5}`);
const y = Array.from(texts, (_, i) => (i % 3 === 0 ? 'spam' : 'ham'));
const sampleWeight = Array.from(texts, (_, i) => 1 + (i % 4));

/** What the stages learn one after the other. */
async function oneByOne(stages: readonly any[], X: unknown, weights?: ArrayLike<number>): Promise<unknown[]> {
  let current = X;
  for (const stage of stages.slice(0, -1)) current = await stage.fitTransform(current, y);
  await stages[stages.length - 1].fit(current, y, weights && { sampleWeight: weights });
  return stages.map((stage) => ({ ...stage.fitted }));
}

const learned = (pipeline: { steps: readonly (readonly [string, any])[] }): unknown[] => pipeline.steps.map(([, stage]) => ({ ...stage.fitted }));

const chains: Record<string, () => readonly any[]> = {
  'counts, scaled': () => [new CountVectorizer(), new StandardScaler({ withMean: false }), new LogisticRegression()],
  'counts as they are': () => [new CountVectorizer({ binary: true }), new LogisticRegression({ C: 3 })],
  'counts of some terms': () => [new CountVectorizer({ minDf: 2, maxFeatures: 12 }), new StandardScaler({ withMean: false }), new LogisticRegression()],
  'counts of given terms': () => [new CountVectorizer({ vocabulary: ['z1', 'free', 'lunch', 'word3'] }), new StandardScaler({ withMean: false }), new LogisticRegression()],
  'weights of terms': () => [new TfidfVectorizer({ sublinearTf: true }), new LogisticRegression()],
  'scaled twice': () => [new CountVectorizer(), new StandardScaler({ withMean: false }), new StandardScaler({ withMean: false, withStd: false }), new LogisticRegression()],
  'a lasso': () => [new CountVectorizer(), new StandardScaler({ withMean: false }), new LogisticRegression({ l1Ratio: 0.5, C: 0.5 })],
  'a stage that waits in the middle': () => [new CountVectorizer(), new StandardScaler({ withMean: false }), new MaxAbsScaler(), new LogisticRegression()],
  'a stage that waits at the end': () => [new CountVectorizer(), new StandardScaler({ withMean: false }), new MultinomialNB()],
};

const named = (stages: readonly any[]): Pipeline<any> => new Pipeline(stages.map((stage, i) => [`s${i}`, stage]) as never);

describe.each(Object.entries(chains))('%s', (_, make) => {
  test.each([
    ['without', undefined],
    ['with', sampleWeight],
  ])('the stages learn what they learn one after the other, %s weights', async (__, weights) => {
    const pipeline = await named(make()).fit(texts, y, weights && { sampleWeight: weights });
    expect(learned(pipeline)).toStrictEqual(await oneByOne(make(), texts, weights));
  });

  test('also of texts analyzed before, whole and some rows of them', async () => {
    const stages = make();
    const analyzed = stages[0].hoist(texts);
    expect(learned(await named(make()).fit(analyzed, y))).toStrictEqual(await oneByOne(make(), analyzed));
    const rows = Int32Array.from({ length: 60 }, (__, i) => (i * 7) % 60);
    const some = analyzed.take(rows);
    expect(learned(await named(make()).fit(some, y))).toStrictEqual(await oneByOne(make(), some));
  });

  test('also without compiled kernels, and where memory is short', async () => {
    const expected = await oneByOne(make(), texts);
    expect(learned(await withoutKernels(() => named(make()).fit(texts, y)))).toStrictEqual(expected);
    expect(learned(await withMemoryOf(65_536 + 30_000, () => named(make()).fit(texts, y)))).toStrictEqual(expected);
  });
});

test('a matrix of the user’s stays as it is', async () => {
  const X = await new CountVectorizer().fitTransform(texts);
  const before = X.copy();
  await new Pipeline([
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new LogisticRegression()],
  ]).fit(X, y);
  expect(X).toStrictEqual(before);
});

test('what fitTransform returns lies outside the kernels’ memory', async () => {
  const counts = await new CountVectorizer().fitTransform(texts);
  const scaled = (await new StandardScaler({ withMean: false }).fitTransform(counts)) as CsrMatrix;
  for (const { indptr, indices, data } of [counts, scaled]) expect([indptr, indices, data].map((array) => kernelsFor(array))).toEqual([undefined, undefined, undefined]);
  expect(scaled.indices).toBe(counts.indices);
});

test('an error names the stage that threw, once', async () => {
  const pipeline = named([new CountVectorizer(), new StandardScaler({ withMean: false }), new LogisticRegression()]);
  await expect(pipeline.fit(texts, y.slice(1))).rejects.toThrow(/^Pipeline: step "s2": LogisticRegression: /);
  await expect(named([new CountVectorizer(), new StandardScaler(), new LogisticRegression()]).fit(texts, y)).rejects.toThrow(
    /^Pipeline: step "s1": StandardScaler: withMean: true would fill a sparse matrix/,
  );
  await expect(named([new CountVectorizer(), new LogisticRegression()]).fit(['', ' '], ['a', 'b'])).rejects.toThrow(/^Pipeline: step "s0": CountVectorizer: X must hold at least one term/);
});

test('a method that a subclass overrides is called', async () => {
  const called: string[] = [];
  class Told extends StandardScaler {
    override async fitTransform(...args: Parameters<StandardScaler['fitTransform']>) {
      called.push('fitTransform');
      return super.fitTransform(...args);
    }
  }
  class ToldModel extends LogisticRegression {
    override async fit(...args: Parameters<LogisticRegression['fit']>) {
      called.push('fit');
      return super.fit(...args);
    }
  }
  const pipeline = named([new CountVectorizer(), new Told({ withMean: false }), new ToldModel()]);
  expect(learned(await pipeline.fit(texts, y))).toStrictEqual(await oneByOne(chains['counts, scaled'](), texts));
  expect(called).toEqual(['fitTransform', 'fit']);
  expect(atOnce(new Told(), 'fitTransform')).toBeUndefined();
  expect(atOnce(new StandardScaler(), 'fitTransform')).toBeDefined();
});
