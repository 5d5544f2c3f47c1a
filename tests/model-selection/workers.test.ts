import { getEventListeners } from 'node:events';
import { Ridge } from '../../src/linear/ridge.ts';
import { TransformedTarget } from '../../src/pipeline/transformed-target.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { makeScorer } from '../../src/metrics/make-scorer.ts';
import { classNamed } from '../../src/model-selection/class-named.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { fromErrorMessage, toErrorMessage } from '../../src/model-selection/error-message.ts';
import { areThreadsReady, workerFile } from '../../src/model-selection/fold-pool.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { HoistedRows } from '../../src/model-selection/hoisted-rows.ts';
import { logUniform } from '../../src/model-selection/log-uniform.ts';
import { CannotTravel, fromMessage, toMessage } from '../../src/model-selection/message.ts';
import { RandomizedSearch } from '../../src/model-selection/randomized-search.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { FeatureUnion } from '../../src/pipeline/feature-union.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { FunctionTransformer } from '../../src/preprocessing/function-transformer.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { Table } from '../../src/table/table.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';
import { examples } from '../estimator-examples.ts';

/** Real threads, which run the built worker of dist/: `npm test` builds it first. */
test('the worker has been built', () => {
  expect(workerFile()).toMatch(/dist[\\/]model-selection[\\/]fold-worker\.js$/);
});

const random = new RandomState(3);
const rows = 600;
/** Large enough that threads are started at once: 600 × 180 entries × 3 folds. */
const X = new DenseMatrix(rows, 180, Float64Array.from({ length: rows * 180 }, () => Math.floor(random.randomSample() * 3)));
const y = Array.from({ length: rows }, (_, i) => (X.at(i, 0) + X.at(i, 1) + random.randomSample() > 2 ? 'spam' : 'ham'));
const words = Array.from({ length: 300 }, (_, i) => `word${i}`);
const texts = Array.from({ length: rows }, (_, i) =>
  Array.from({ length: 170 }, (__, k) => words[Math.floor(random.randomSample() * (k < 4 && y[i] === 'spam' ? 20 : 300))]).join(' '),
);
const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: 1 });
const numbers = (): any => new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression({ maxIter: 4 })]]);
const onTexts = (): any =>
  new Pipeline([
    ['words', new FeatureUnion([['count', new CountVectorizer()], ['tfidf', new TfidfVectorizer({ ngramRange: [1, 2], minDf: 2 })]])],
    ['classify', new MultinomialNB()],
  ]);

/** All of a result but the times. */
const lasting = ({ folds, outOfFold, notes }: any): unknown => ({ folds: folds.map((fold: object) => ({ ...fold, fitSeconds: 0, scoreSeconds: 0 })), outOfFold, notes });

describe('any number of threads', () => {
  test.each([
    ['numbers', numbers, X],
    ['texts', onTexts, texts],
  ])('gives the same, bit for bit: %s', async (_, make, data) => {
    const events: string[][] = [];
    const results: unknown[] = [];
    for (const workers of [1, 2, 3]) {
      const seen: string[] = [];
      const onFold = ({ fold, scores }: any): number => seen.push(`${fold} ${scores.logLoss}`);
      results.push(lasting(await crossValidate(make(), data as any, y, { cv, workers, scoring: ['accuracy', 'logLoss', 'rocAuc'], onFold })));
      events.push(seen.sort());
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(events[1]).toEqual(events[0]);
    expect(events[2]).toEqual(events[0]);
  });

  test('gives the same where this thread is one of them: no number named, enough folds that threads start at once', async () => {
    const many = new StratifiedKFold({ nSplits: 50, shuffle: true, randomState: 1 });
    const [one, several] = [await crossValidate(numbers(), X, y, { cv: many, workers: 1 }), await crossValidate(numbers(), X, y, { cv: many })];
    expect(lasting(several)).toEqual(lasting(one));
    const negative = new DenseMatrix(rows, 180, X.data.map((value) => value - 1));
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['classify', new MultinomialNB()]]) as any;
    await expect(crossValidate(pipeline, negative, y, { cv: many })).rejects.toThrow(/^fold 1: Pipeline: step "classify": MultinomialNB: /);
  });

  test('brings back fitted models that predict alike', async () => {
    const [one, two] = await Promise.all([1, 2].map((workers) => crossValidate(onTexts(), texts, y, { cv, workers, returnEstimator: true })));
    for (const [i, { estimator, test: held }] of two.folds.entries()) {
      expect(estimator).toBeInstanceOf(Pipeline);
      const asked = Array.from(held, (row) => texts[row]);
      expect(await (estimator as any).predictProba(asked)).toEqual(await (one.folds[i].estimator as any).predictProba(asked));
    }
  });

  test('searches alike, and scorers of one’s own are welcome', async () => {
    const scoring = [makeScorer('hits', (a: string[], b: string[]) => a.filter((label, i) => label === b[i]).length, { better: 'higher' })];
    const results = [];
    for (const workers of [1, 2]) {
      const search = new GridSearch({ estimator: numbers(), searchSpace: { classify: { C: [0.001, 0.1, 10] } } as any, cv, workers, scoring });
      const { results: table, bestParams } = (await search.fit(X as never, y)).fitted;
      results.push({ bestParams, table: table.map(({ params, scores }) => ({ params, scores })), predictions: await search.predict(X as never) });
    }
    expect(results[1]).toEqual(results[0]);
  });

  test('a search inside a fold runs in the thread of the fold', async () => {
    const search = new RandomizedSearch({ estimator: numbers(), searchSpace: { classify: { C: logUniform(0.01, 1) } } as any, nIter: 2, cv: 2 });
    const [one, two] = [await crossValidate(search as any, X, y, { cv, workers: 1 }), await crossValidate(search as any, X, y, { cv, workers: 2 })];
    expect(lasting(two)).toEqual(lasting(one));
  });

  test('what cannot go to another thread stays, and whoever asked for threads is told', async () => {
    const pipeline = new Pipeline([['double', new FunctionTransformer({ func: (M: any) => M })], ['classify', new MultinomialNB()]] as any) as any;
    const cv2 = await crossValidate(pipeline, X, y, { cv, workers: 2 });
    expect(cv2.notes).toEqual([expect.stringMatching(/^crossValidate: one thread did all the work, since Pipeline cannot be described to another thread: the function func/)]);
    const { notes, ...rest } = await crossValidate(pipeline, X, y, { cv });
    expect(notes).toEqual([]);
    expect((lasting({ ...rest, notes }) as any).outOfFold).toEqual(cv2.outOfFold);
  });
});

describe('threads wait for the next evaluation', () => {
  const evaluate = (workers: number): Promise<any> => crossValidate(numbers(), X, y, { cv, workers });

  test('which as many as it wants work on, with the same result', async () => {
    const first = await evaluate(2);
    expect([1, 2, 3].map(areThreadsReady)).toEqual([false, true, false]);
    expect(lasting(await evaluate(2))).toEqual(lasting(first));
    expect(lasting(await evaluate(3))).toEqual(lasting(first));
    expect([1, 2, 3].map(areThreadsReady)).toEqual([false, false, true]);
  });

  test('but not after a failure', async () => {
    await evaluate(2);
    const negative = new DenseMatrix(rows, 180, X.data.map((value) => value - 1));
    await expect(crossValidate(new MultinomialNB() as any, negative, y, { cv, workers: 2 })).rejects.toThrow(/^fold 1: MultinomialNB: /);
    expect(areThreadsReady(2)).toBe(false);
  });
});

describe('a failure in a thread', () => {
  test('is the error that this thread would have thrown: class, words, fold and step', async () => {
    const negative = new DenseMatrix(rows, 180, X.data.map((value) => value - 1));
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['classify', new MultinomialNB()]]) as any;
    const messages: string[] = [];
    for (const workers of [1, 2]) {
      const error: Error = await crossValidate(pipeline, negative, y, { cv, workers }).catch((e: Error) => e) as never;
      expect(error).toBeInstanceOf(DataError);
      messages.push(error.message);
    }
    expect(messages[0]).toMatch(/^fold 1: Pipeline: step "classify": MultinomialNB: /);
    expect(messages[1]).toBe(messages[0]);
  });

  test('errors keep class, name, message and stack on the way', () => {
    const own = new OptionError('X: no.');
    const back = fromErrorMessage(structuredClone(toErrorMessage(own))) as Error;
    expect(back).toBeInstanceOf(OptionError);
    expect([back.name, back.message, back.stack]).toEqual(['OptionError', 'X: no.', own.stack]);
    expect(fromErrorMessage(toErrorMessage(new RangeError('far')))).toBeInstanceOf(RangeError);
    class Odd extends Error {
      override name = 'Odd';
    }
    expect(fromErrorMessage(toErrorMessage(new Odd('!')))).toMatchObject({ name: 'Odd', message: '!' });
    expect(fromErrorMessage(toErrorMessage('text'))).toBe('text');
  });
});

test('a signal ends the threads at once, with its reason', async () => {
  const controller = new AbortController();
  const slow = new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression({ maxIter: 1_000_000, tol: 1e-300, C: 1e12 })]]) as any;
  const wide = new StratifiedKFold({ nSplits: 300 });
  const running = crossValidate(slow, X, y, { cv: wide, workers: 2, signal: controller.signal, onFold: () => controller.abort(new Error('enough')) });
  await expect(running).rejects.toThrow('enough');
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

describe('messages', () => {
  test('hold data and models of this library, typed arrays in shared memory, one object once', async () => {
    const hoisted = new HoistedRows(['see the cat', 'the dog']).for(new CountVectorizer());
    const value = {
      dense: X.take([0, 1]),
      csr: CsrMatrix.from([[0, 1], [2, 0]]),
      table: Table.from({ a: [1, null, 3], b: ['x', 'y', null] }),
      column: Table.from({ a: [true, false, null] }).column('a'),
      hoisted,
      again: hoisted,
      map: new Map([['a', Float64Array.of(1, 2)]]),
      model: onTexts(),
      search: new GridSearch({ estimator: numbers(), searchSpace: { classify: { C: [1] } } as any, cv }),
      fitted: await new StandardScaler().fit(X),
    };
    const message = await toMessage(value, { fitted: true });
    expect((message.body as any).dense.parts[2].buffer).toBeInstanceOf(SharedArrayBuffer);
    const back = await fromMessage(structuredClone(message));
    expect(back.dense.toArray()).toEqual(value.dense.toArray());
    expect(back.csr.toArray()).toEqual(value.csr.toArray());
    expect([...back.table.column('b')]).toEqual(['x', 'y', null]);
    expect([...back.column]).toEqual([true, false, null]);
    expect(back.again).toBe(back.hoisted);
    expect(back.hoisted.tokens(1)).toEqual(['the', 'dog']);
    expect([...back.map.get('a')]).toEqual([1, 2]);
    expect(back.model.options).toEqual(value.model.options);
    expect(back.search.options.cv.options).toEqual(cv.options);
    expect((await back.fitted.transform(X)).toArray()).toEqual((await value.fitted.transform(X)).toArray());
  });

  test('refuse functions and classes of one’s own', async () => {
    class Own extends MultinomialNB {}
    class StandardScaler extends MultinomialNB {}
    for (const value of [() => 1, new Own(), new StandardScaler(), { deep: [new (class Thing {})()] }]) await expect(toMessage(value)).rejects.toBeInstanceOf(CannotTravel);
  });

  test('find every estimator that this library exports, without loading the others', async () => {
    for (const { name, Class } of examples) expect([name, await classNamed(name)]).toEqual([name, Class]);
    expect(await classNamed('Nothing')).toBeUndefined();
    expect(await classNamed('../index')).toBeUndefined();
  });
});

test('a model whose options do not tell what it is made of goes to another thread whole, learned or not', async () => {
  const model = new Pipeline([['predict', new TransformedTarget({ regressor: new Ridge({ alpha: 2 }), func: 'log1p' })]]);
  const few = [[1], [2], [3], [5]];
  await model.fit(few, [1, 2, 4, 9]);
  const back = (await fromMessage(structuredClone(await toMessage(model, { fitted: true })))) as typeof model;
  expect(await back.predict(few)).toEqual(await model.predict(few));
  const unfitted = (await fromMessage(structuredClone(await toMessage(model)))) as typeof model;
  expect(unfitted.namedSteps.predict.regressor.options.alpha).toBe(2);
  expect(unfitted.isFitted).toBe(false);
});
