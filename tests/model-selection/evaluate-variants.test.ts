import fc from 'fast-check';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { DataError } from '../../src/core/errors.ts';
import { takeRows } from '../../src/core/rows.ts';
import { Transformer } from '../../src/core/transformer.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { isMatrix, type Matrix } from '../../src/matrix/matrix.ts';
import { evaluateVariants, type EvaluateOptions, type FoldEvaluation } from '../../src/model-selection/evaluate-variants.ts';
import { HoistedRows } from '../../src/model-selection/hoisted-rows.ts';
import { judgedModel } from '../../src/model-selection/judged-model.ts';
import { planTasks, threadsWithin } from '../../src/model-selection/plan-tasks.ts';
import { sameStage } from '../../src/model-selection/same-stage.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { FeatureUnion } from '../../src/pipeline/feature-union.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { MaxAbsScaler } from '../../src/preprocessing/max-abs-scaler.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';

/** Learns y's mean per fold and adds it: a supervised stage whose fitTransform differs from transform, and a tally of its fits. */
class Shift extends Transformer<{ by?: number; fail?: string | null }, { mean: number }, Matrix, Matrix> {
  static override readonly rules = { by: { default: 1, expected: '', accepts: () => true, counterexample: 0 }, fail: { default: null, expected: '', accepts: () => true, counterexample: 0 } };
  static fits = 0;

  async fit(X: Matrix, y?: ArrayLike<unknown>): Promise<this> {
    Shift.fits++;
    if (this.options.fail === 'fit') throw new DataError('Shift: told to fail.');
    const list = Array.from(y ?? []);
    return this.restore({ mean: list.filter((label) => label === list[0]).length / list.length + X.rows });
  }

  async transform(X: Matrix): Promise<Matrix> {
    if (this.options.fail === 'transform') throw new DataError('Shift: told to fail later.');
    return this.#moved(X, this.fitted.mean);
  }

  override async fitTransform(X: Matrix, y?: ArrayLike<unknown>): Promise<Matrix> {
    await this.fit(X, y);
    return this.#moved(X, this.fitted.mean / 2);
  }

  #moved(X: Matrix, mean: number): Matrix {
    const moved = X.toDense().copy();
    moved.data.forEach((value, p) => (moved.data[p] = value + mean * (this.options.by ?? 0)));
    return moved;
  }
}

const pattern = fc.constantFrom(/\w+/u, /\b\w\w+\b/u);
const vectorizer = fc.oneof(
  fc.record({ tokenPattern: pattern, binary: fc.boolean() }).map((o) => new CountVectorizer(o)),
  fc.record({ tokenPattern: pattern, ngramRange: fc.constantFrom([1, 1] as const, [1, 2] as const) }).map((o) => new TfidfVectorizer(o)),
  fc.constant(new CountVectorizer({ minDf: 50 })),
);
const first: fc.Arbitrary<any> = fc.oneof(
  { weight: 3, arbitrary: vectorizer },
  { weight: 1, arbitrary: fc.tuple(vectorizer, vectorizer).map(([a, b]) => new FeatureUnion([['a', a], ['b', b]])) },
  { weight: 1, arbitrary: vectorizer.map((a) => new Pipeline([['inner', a], ['scale', new MaxAbsScaler()]])) },
);
const middle: fc.Arbitrary<any> = fc.oneof(
  fc.boolean().map((withStd) => new StandardScaler({ withMean: false, withStd })),
  fc.constantFrom(1, 2).map((by) => new Shift({ by })),
  fc.constant(new MaxAbsScaler()),
  fc.constantFrom('fit', 'transform').map((fail) => new Shift({ fail })),
);
const last: fc.Arbitrary<any> = fc.oneof(
  fc.constantFrom(0.1, 1).map((alpha) => new MultinomialNB({ alpha })),
  fc.constantFrom(0.1, 1).map((C) => new LogisticRegression({ C, maxIter: 3 })),
);
const pipeline = fc.tuple(fc.constantFrom('first', 'begin'), first, fc.array(middle, { maxLength: 2 }), last).map(
  ([name, a, between, z]): any => new Pipeline([[name, a], ...between.map((stage, i) => [`middle${i}`, stage]), ['last', z]] as any),
);

const words = ['win', 'cash', 'now', 'x', 'meeting', 'at', 'noon', 'y'];
const texts = Array.from({ length: 24 }, (_, i) => Array.from({ length: 5 }, (__, k) => words[(i * 3 + k * k + (i % 2) * 2) % 8]).join(' '));
const y = texts.map((_, i) => (i % 2 === 0 ? 'ham' : 'spam'));

function options(changes: Partial<EvaluateOptions> & { X?: unknown }): EvaluateOptions {
  const splits = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: 2 }).split(texts, y);
  const { X = texts, ...rest } = changes;
  return { rows: new HoistedRows(X), y, sampleWeight: undefined, splits, also: null, keepEstimators: false, workers: 1, signal: null, errors: 'keep', onFold: null, ...rest };
}

const judge = (model: any): ReturnType<typeof judgedModel> => judgedModel('test', model, y, ['accuracy', 'logLoss']);

/** Fits and asks one model in one fold as anybody would by hand. */
async function naive(model: any, train: Int32Array, test: Int32Array, also: string[]): Promise<unknown> {
  try {
    const fitted = await model.clone().fit(takeRows(texts, train), takeRows(y, train));
    const X = takeRows(texts, test);
    return { labels: await fitted.predict(X), proba: plain(await fitted.predictProba(X)), also: plain(await fitted.predictProba(also)) };
  } catch (error) {
    return { kind: (error as Error).constructor.name, message: (error as Error).message };
  }
}

const plain = (value: unknown): unknown => (isMatrix(value) ? [...value.data] : value);

function shared(fold: FoldEvaluation): unknown {
  if ('error' in fold) return { kind: (fold.error as Error).constructor.name, message: (fold.error as Error).message.replace(/^fold \d+: /, '') };
  const { prediction, also } = fold as Extract<FoldEvaluation, { result: unknown }>;
  return { labels: prediction.labels, proba: plain(prediction.probabilities), also: plain(also?.probabilities) };
}

describe('several models at once', () => {
  test('give, bit for bit, what each gives by itself: predictions, errors and their words', async () => {
    const further = ['win cash', 'noon', ''];
    await fc.assert(
      fc.asyncProperty(fc.array(pipeline, { minLength: 1, maxLength: 5 }), async (models) => {
        const o = options({ also: new HoistedRows(further) });
        const { variants } = await evaluateVariants(models.map(judge), o);
        for (const [v, folds] of variants.entries()) {
          for (const [f, { train, test }] of o.splits.entries()) expect(shared(folds[f])).toEqual(await naive(models[v], train, test, further));
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('an error is the first by fold and place in the trees, with names in front', async () => {
    const good = new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);
    const bad = new Pipeline([['words', new CountVectorizer()], ['shift', new Shift({ fail: 'transform' })], ['classify', new MultinomialNB()]] as any);
    const act = evaluateVariants([{ ...judge(good), name: 'good' }, { ...judge(bad), name: 'bad' }], options({ errors: 'throw' }));
    await expect(act).rejects.toThrow(new DataError('bad: fold 1: Pipeline: step "shift": Shift: told to fail later.'));
    await expect(act).rejects.toBeInstanceOf(DataError);
  });

  test('fit a stage that they share once per fold, under whatever name', async () => {
    Shift.fits = 0;
    const make = (name: string, C: number): any =>
      new Pipeline([['count', new CountVectorizer()], [name, new Shift({ by: 2 })], ['classify', new LogisticRegression({ C, maxIter: 3 })]] as any);
    await evaluateVariants([make('a', 1), make('b', 2), make('a', 3)].map(judge), options({}));
    expect(Shift.fits).toBe(3);
    await evaluateVariants([make('a', 1), make('a', 2)].map((model) => judge(model.with({ a: { by: model.namedSteps.classify.options.C } }))), options({}));
    expect(Shift.fits).toBe(9);
  });

  test('give fitted pipelines that share nothing that one could change', async () => {
    const make = (C: number): any => new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression({ C, maxIter: 3 })]]);
    const o = options({ keepEstimators: true });
    const { variants } = await evaluateVariants([make(1), make(2)].map(judge), o);
    const [a, b] = variants.map((folds) => (folds[0] as Extract<FoldEvaluation, { result: unknown }>).result.estimator as any);
    const { train, test } = o.splits[0];
    const before = await b.predictProba(takeRows(texts, test));
    await a.fit(takeRows(texts, test), takeRows(y, test));
    expect(await b.predictProba(takeRows(texts, test))).toEqual(before);
    expect(before).toEqual(await (await make(2).fit(takeRows(texts, train), takeRows(y, train))).predictProba(takeRows(texts, test)));
  });
});

describe('stateless work', () => {
  test('is shared by vectorizers with equal analyzers, inside unions and pipelines too', () => {
    const rows = new HoistedRows(texts);
    const count = rows.for(new CountVectorizer());
    expect(rows.for(new TfidfVectorizer({ ngramRange: [1, 2], minDf: 2 }))).toBe(count);
    expect(rows.for(new Pipeline([['hash', new HashingVectorizer()], ['classify', new LogisticRegression()]]))).toBe(count);
    expect(rows.for(new CountVectorizer({ lowercase: false }))).not.toBe(count);
    const union = new FeatureUnion([['a', new CountVectorizer()], ['b', new TfidfVectorizer({ analyzer: 'char' })]]);
    const parts = rows.for(union) as { parts: unknown[]; rows: number };
    expect(parts.parts[0]).toBe(count);
    expect(parts.parts[1]).not.toBe(count);
    expect(parts.rows).toBe(texts.length);
    expect(rows.for(union.clone())).toBe(parts);
    expect(rows.for(new StandardScaler())).toBe(texts);
  });

  test('names the step whose texts cannot be read', () => {
    const model = new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);
    expect(() => new HoistedRows(['a', 7]).for(model)).toThrow('Pipeline: step "count": CountVectorizer: X must hold texts, row 1 has 7.');
  });
});

test('stages are the same by class and options, functions by identity', () => {
  const clean = (text: string): string => text.trim();
  const pairs: [any, any, boolean][] = [
    [new CountVectorizer({ tokenPattern: /\w+/u }), new CountVectorizer({ tokenPattern: /\w+/u }), true],
    [new CountVectorizer({ tokenPattern: /\w+/u }), new CountVectorizer({ tokenPattern: /\w+/gu }), false],
    [new CountVectorizer({ preprocessor: clean }), new CountVectorizer({ preprocessor: clean }), true],
    [new CountVectorizer({ preprocessor: clean }), new CountVectorizer({ preprocessor: (text) => text.trim() }), false],
    [new CountVectorizer({ stopWords: ['a'] }), new CountVectorizer({ stopWords: ['a'] }), true],
    [new CountVectorizer(), new TfidfVectorizer(), false],
    [new LogisticRegression({ classWeight: { a: 1, b: 2 } }), new LogisticRegression({ classWeight: { a: 1, b: 2 } }), true],
    [new LogisticRegression({ classWeight: { a: 1, b: 2 } }), new LogisticRegression({ classWeight: { a: 1, b: 3 } }), false],
    [new FeatureUnion([['a', new CountVectorizer()]]), new FeatureUnion([['a', new CountVectorizer()]]), true],
    [new FeatureUnion([['a', new CountVectorizer()]]), new FeatureUnion([['b', new CountVectorizer()]]), false],
    [{ fit() {} }, { fit() {} }, false],
  ];
  for (const [a, b, same] of pairs) expect(sameStage(a, b)).toBe(same);
});

describe('tasks', () => {
  test('cover every fold and variant once, in the order of the folds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 8 }), (folds, variants, workers) => {
        const order = Array.from({ length: variants }, (_, v) => v).reverse();
        const tasks = planTasks(folds, order, workers);
        expect(tasks.flatMap(({ fold, variants: own }) => own.map((v) => [fold, v]))).toEqual(Array.from({ length: folds }, (_, fold) => order.map((v) => [fold, v])).flat());
        expect(tasks.every(({ variants: own }) => own.length > 0)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test('are whole folds, but for those of a last round that would leave workers idle', () => {
    const sizes = (folds: number, workers: number): number[] => planTasks(folds, [0, 1, 2, 3], workers).map(({ variants }) => variants.length);
    expect(sizes(5, 1)).toEqual([4, 4, 4, 4, 4]);
    expect(sizes(4, 2)).toEqual([4, 4, 4, 4]);
    expect(sizes(5, 2)).toEqual([4, 4, 4, 4, 2, 2]);
    expect(sizes(3, 8)).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test('have one thread each, but for those of a last round that would leave threads idle', () => {
    const threads = (tasks: number, workers: number): number[] => Array.from({ length: tasks }, (_, task) => threadsWithin(task, tasks, workers));
    expect(threads(5, 1)).toEqual([1, 1, 1, 1, 1]);
    expect(threads(4, 2)).toEqual([1, 1, 1, 1]);
    expect(threads(5, 2)).toEqual([1, 1, 1, 1, 2]);
    expect(threads(3, 8)).toEqual([2, 2, 2]);
    expect(threads(10, 8)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 4, 4]);
  });
});

