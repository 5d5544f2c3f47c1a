import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { OptionError } from '../../src/core/errors.ts';
import { takeRows } from '../../src/core/rows.ts';
import { DummyClassifier } from '../../src/dummy/dummy-classifier.ts';
import { DummyRegressor } from '../../src/dummy/dummy-regressor.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { accuracyScore } from '../../src/metrics/accuracy-score.ts';
import { makeScorer } from '../../src/metrics/make-scorer.ts';
import { crossValPredict } from '../../src/model-selection/cross-val-predict.ts';
import { crossValScore } from '../../src/model-selection/cross-val-score.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { GroupKFold } from '../../src/model-selection/group-k-fold.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { LeaveOneOut } from '../../src/model-selection/leave-one-out.ts';
import { PredefinedSplit } from '../../src/model-selection/predefined-split.ts';
import { RepeatedKFold } from '../../src/model-selection/repeated-k-fold.ts';
import { RepeatedStratifiedKFold } from '../../src/model-selection/repeated-stratified-k-fold.ts';
import { ShuffleSplit } from '../../src/model-selection/shuffle-split.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { TimeSeriesSplit } from '../../src/model-selection/time-series-split.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { Column } from '../../src/table/column.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { fixture, type FixtureCase } from '../fixture.ts';

const models: Record<string, () => any> = {
  logistic: () => new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression({ maxIter: 1000, tol: 1e-10 })]]),
  gaussian: () => new Pipeline([['scale', new StandardScaler()], ['classify', new GaussianNB()]]),
  counts: () => new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]),
  prior: () => new DummyClassifier(),
  mean: () => new DummyRegressor(),
};

const splitters: Record<string, new (options?: any) => any> = {
  KFold,
  StratifiedKFold,
  GroupKFold,
  RepeatedStratifiedKFold,
  ShuffleSplit,
  LeaveOneOut,
  TimeSeriesSplit,
};

function call({ input }: FixtureCase): [model: any, X: any, y: any, cv: any] {
  const X = typeof input.X[0] === 'string' ? input.X : DenseMatrix.from(input.X);
  const cv = typeof input.cv === 'number' ? input.cv : new splitters[input.cv[0]](input.cv[1]);
  return [models[input.model](), X, input.y, cv];
}

const { cases } = fixture('cross-validate');

describe('crossValidate against scikit-learn', () => {
  test.each(cases.filter((c) => c.call === 'cross_validate').map((c) => [c.name, c] as const))('%s', async (_, c) => {
    const [model, X, y, cv] = call(c);
    const result = await crossValidate(model, X, y, { cv, scoring: c.options.scoring, groups: c.input.groups });
    for (const name of c.options.scoring) {
      expect(result.folds.map(({ scores }) => scores[name])).toBeAllClose(c.expected[name], { relative: c.tolerance, absolute: c.tolerance });
    }
  });
});

describe('crossValPredict against scikit-learn', () => {
  test.each(cases.filter((c) => c.call === 'cross_val_predict').map((c) => [c.name, c] as const))('%s', async (_, c) => {
    const [model, X, y, cv] = call(c);
    const predicted = await crossValPredict(model, X, y, { cv, method: c.options.method });
    if (typeof c.expected[0] === 'string') expect(predicted).toEqual(c.expected);
    else expect(predicted).toBeAllClose(c.expected, { relative: c.tolerance, absolute: c.tolerance });
  });
});

/** Predicts the label that most training rows near in number have: learns from all it is shown, and keeps a diary. */
class Diary {
  readonly seen: { trained: number[]; asked: number[] }[];
  readonly options: object;
  trained: number[] = [];
  classes: unknown[] = [];

  constructor(seen: Diary['seen'] = [], options: object = {}) {
    this.seen = seen;
    this.options = options;
  }

  clone(): Diary {
    return new Diary(this.seen, this.options);
  }

  async fit(X: number[], y: string[], options?: { sampleWeight?: ArrayLike<number> }): Promise<this> {
    this.trained = [...X];
    this.classes = [...new Set(y)].sort();
    this.seen.push({ trained: this.trained, asked: [] });
    Object.assign(this.options, options);
    return this;
  }

  async predict(X: number[]): Promise<string[]> {
    this.seen[this.seen.length - 1].asked.push(...X);
    return X.map((x) => (x % 2 === 0 ? 'even' : 'odd'));
  }
}

const rows = Array.from({ length: 12 }, (_, i) => i);
const parity = rows.map((x) => (x % 2 === 0 ? 'even' : 'odd'));

describe('crossValidate', () => {
  test('never asks a model about rows that it has learned from, and asks once', async () => {
    const model = new Diary();
    const cv = await crossValidate(model, rows, parity, { cv: 3, scoring: ['accuracy', 'balancedAccuracy', 'f1Macro'] });
    expect(model.trained).toEqual([]);
    expect(model.seen).toHaveLength(3);
    for (const [i, { trained, asked }] of model.seen.entries()) {
      expect(asked).toEqual([...cv.folds[i].test]);
      expect([...trained, ...asked].sort((a, b) => a - b)).toEqual(rows);
    }
    expect(cv.folds.map(({ scores }) => scores.accuracy)).toEqual([1, 1, 1]);
  });

  test('a number of folds is stratified for classes and not for numbers', async () => {
    const y = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const X = DenseMatrix.column(rows);
    const classified = await crossValidate(new DummyClassifier(), X, y, { cv: 3 });
    expect(classified.folds.map(({ test }) => [...test])).toEqual(new StratifiedKFold({ nSplits: 3 }).split(y, y).map(({ test }) => [...test]));
    const regressed = await crossValidate(new DummyRegressor(), X, y, { cv: 3 });
    expect(regressed.folds.map(({ test }) => [...test])).toEqual(new KFold({ nSplits: 3 }).split(y).map(({ test }) => [...test]));
    expect(Object.keys(classified.summary())).toEqual(['accuracy']);
    expect(Object.keys(regressed.summary())).toEqual(['r2']);
    expect((await crossValidate(new DummyRegressor(), X, y)).folds).toHaveLength(5);
  });

  test('puts out-of-fold predictions in the order of the rows', async () => {
    const { folds, outOfFold } = await crossValidate(new Diary(), rows, parity, { cv: new KFold({ nSplits: 3, shuffle: true }) });
    expect(outOfFold.labels).toEqual(parity);
    for (const { fold, test } of folds) for (const row of test) expect(outOfFold.folds[row]).toBe(fold);
    expect(Object.keys(outOfFold)).toEqual(['folds', 'labels']);
  });

  test('keeps probabilities, or decision values where there are none, or numbers', async () => {
    const X = DenseMatrix.column(rows);
    const pipeline = models.logistic();
    const classified = await crossValidate(pipeline, X, parity, { cv: 3 });
    expect(classified.outOfFold.probabilities).toBeAllClose(await crossValPredict(pipeline, X, parity, { cv: 3, method: 'predictProba' }));
    expect(classified.outOfFold.scores).toBeUndefined();
    class Margin extends DummyClassifier {
      override predictProba = undefined as never;
      decisionFunction(X: DenseMatrix): Promise<Float64Array> {
        return Promise.resolve(X.col(0));
      }
    }
    const margins = await crossValidate(new Margin(), X, parity, { cv: 3, scoring: 'rocAuc' });
    expect(margins.outOfFold.scores).toEqual(Float64Array.from(rows));
    expect(margins.outOfFold.probabilities).toBeUndefined();
    const regressed = await crossValidate(new DummyRegressor(), X, rows, { cv: 3 });
    expect(regressed.outOfFold.values).toEqual(await crossValPredict(new DummyRegressor(), X, rows, { cv: 3 }));
    expect(regressed.outOfFold.labels).toEqual([]);
  });

  test('a row that is tested twice keeps its first prediction, one that never is has fold -1', async () => {
    const X = DenseMatrix.column(rows);
    const once = await crossValidate(new DummyRegressor(), X, rows, { cv: new RepeatedKFold({ nSplits: 3, nRepeats: 1, randomState: 4 }) });
    const twice = await crossValidate(new DummyRegressor(), X, rows, { cv: new RepeatedKFold({ nSplits: 3, nRepeats: 2, randomState: 4 }) });
    expect(twice.folds).toHaveLength(6);
    expect(twice.outOfFold).toEqual(once.outOfFold);
    const testFold = rows.map((x) => (x < 4 ? 0 : -1));
    const part = await crossValidate(new DummyClassifier(), X, parity, { cv: new PredefinedSplit({ testFold }) });
    expect([...part.outOfFold.folds]).toEqual(testFold);
    expect(part.outOfFold.labels.slice(4)).toEqual(rows.slice(4).map(() => null));
    expect(part.outOfFold.probabilities?.at(11, 0)).toBeNaN();
  });

  test('aligns the columns of folds whose training rows lack a class, and says so', async () => {
    const y = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'c', 'c', 'c', 'c'];
    const X = DenseMatrix.column(rows);
    const { outOfFold, folds, notes } = await crossValidate(models.logistic(), X, y, { cv: new KFold({ nSplits: 3 }) });
    const proba = outOfFold.probabilities as DenseMatrix;
    expect(proba.cols).toBe(3);
    for (const { fold, test } of folds) for (const row of test) expect(proba.at(row, fold)).toBe(0);
    expect(folds[1].notes).toContain('Fold 2 has no training row of "b". Use fewer folds, or stratified ones where rows have no order in time.');
    expect(notes).toContain('Fold 1 has no training row of "a". Use fewer folds, or stratified ones where rows have no order in time.');
    const scores = (await crossValPredict(models.logistic(), X, y, { cv: new KFold({ nSplits: 3 }), method: 'decisionFunction' })) as DenseMatrix;
    expect(scores.at(0, 0)).toBe(-Number.MAX_VALUE);
    expect(scores.at(0, 1)).toBe(-scores.at(0, 2));
    expect(outOfFold.labels.slice(0, 4)).toEqual(['b', 'b', 'b', 'b']);
  });

  test('notes what the splitter warns of, solvers that gave up, and scores that are not defined', async () => {
    const X = DenseMatrix.column(rows);
    const y = ['a', 'b', ...rows.slice(2).map(() => 'c')];
    const few = await crossValidate(new DummyClassifier(), X, y, { cv: 2 });
    expect(few.notes[0]).toMatch(/^StratifiedKFold: every class should have at least 2 rows/);
    const hasty = await crossValidate(new LogisticRegression({ maxIter: 1 }), X, parity, { cv: 2 });
    expect(hasty.notes).toEqual(['LogisticRegression: did not converge in 1 iterations. Raise maxIter or scale X.']);
    const constant = makeScorer('undefinedScore', () => Number.NaN, { better: 'higher' });
    const undefinedFolds = await crossValidate(new DummyClassifier(), X, parity, { cv: 2, scoring: constant });
    expect(undefinedFolds.notes).toEqual(['undefinedScore is not defined on the test rows of fold 1.', 'undefinedScore is not defined on the test rows of fold 2.']);
  });

  test('summarises each score by mean and population deviation', async () => {
    const half = makeScorer('half', (_: unknown, y: number[]) => y.length, { better: 'higher' });
    const cv = await crossValidate(new Diary(), rows.slice(0, 5), parity.slice(0, 5), { cv: new KFold({ nSplits: 2 }), scoring: half });
    expect(cv.summary()).toEqual({ half: { mean: 2.5, std: 0.5, folds: [3, 2] } });
    expect(String(cv)).toBe(['        mean     std  fold 1  fold 2', 'half  2.5000  0.5000  3.0000  2.0000'].join('\n'));
  });

  test('takes ready splits, scorers of your own, columns, and weights', async () => {
    const options = {};
    const model = new Diary([], options);
    const weighted = makeScorer('weighted', accuracyScore);
    const cv = await crossValidate(model, rows, Column.from('y', parity), {
      cv: [{ train: Int32Array.of(0, 1), test: Int32Array.of(3, 2) }],
      scoring: ['accuracy', weighted],
      sampleWeight: rows.map((x) => x + 1),
    });
    expect(model.seen).toEqual([{ trained: [0, 1], asked: [3, 2] }]);
    expect(options).toEqual({ sampleWeight: Float64Array.of(1, 2) });
    expect(cv.folds[0].scores).toEqual({ accuracy: 1, weighted: 1 });
  });

  test('weights reach the scorers', async () => {
    const X = DenseMatrix.column(rows);
    const y = rows.map((x) => (x < 8 ? 0 : 1));
    const sampleWeight = rows.map((x) => (x < 8 ? 1 : 3));
    const cv = await crossValidate(new DummyClassifier({ strategy: 'constant', constant: 1 }), X, y, { cv: 2, sampleWeight });
    expect(cv.folds.map(({ scores }) => scores.accuracy)).toEqual([0.6, 0.6]);
  });

  test('keeps the fitted models only when asked', async () => {
    const X = DenseMatrix.column(rows);
    const without = await crossValidate(new DummyClassifier(), X, parity, { cv: 2 });
    expect(without.folds.every((fold) => !('estimator' in fold))).toBe(true);
    const { folds } = await crossValidate(new DummyClassifier(), X, parity, { cv: 2, returnEstimator: true });
    expect(folds[0].estimator?.fitted.classes).toEqual(['even', 'odd']);
    expect(folds[0].estimator).not.toBe(folds[1].estimator);
  });

  test('reports each fold, and stops between folds when told to', async () => {
    const controller = new AbortController();
    const reported: number[] = [];
    const model = new Diary();
    const running = crossValidate(model, rows, parity, {
      cv: 4,
      signal: controller.signal,
      onFold: ({ fold }, nSplits) => {
        reported.push(fold, nSplits);
        if (fold === 1) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(reported).toEqual([0, 4, 1, 4]);
    expect(model.seen).toHaveLength(2);
  });

  test('the number of workers does not change the result', async () => {
    const X = DenseMatrix.column(rows);
    const one = await crossValidate(models.gaussian(), X, parity, { cv: 3 });
    const two = await crossValidate(models.gaussian(), X, parity, { cv: 3, workers: 2 });
    expect(two.folds.map(({ scores }) => scores)).toEqual(one.folds.map(({ scores }) => scores));
    expect(two.outOfFold).toEqual(one.outOfFold);
  });

  test('crossValScore is the first score of every fold', async () => {
    const X = DenseMatrix.column(rows);
    const scores = await crossValScore(models.gaussian(), X, parity, { cv: 3, scoring: 'balancedAccuracy' });
    expect(scores).toEqual(Float64Array.from((await crossValidate(models.gaussian(), X, parity, { cv: 3, scoring: 'balancedAccuracy' })).folds, (f) => f.scores.balancedAccuracy));
  });
});

describe('the stateless part of the first stage', () => {
  /** Doubles numbers; `hoist` does it for all rows at once. */
  class Doubling {
    readonly options: { log: string[] };
    readonly isFitted = true;
    readonly fitted = {};
    constructor(options: { log: string[] }) {
      this.options = options;
    }
    clone(): Doubling {
      return new Doubling(this.options);
    }
    with(): Doubling {
      return this.clone();
    }
    hoist(X: readonly number[]): number[] {
      this.options.log.push(`hoist ${X.length}`);
      return X.map((x) => -2 * x);
    }
    async fit(): Promise<this> {
      return this;
    }
    async transform(X: readonly number[]): Promise<number[]> {
      this.options.log.push(`transform ${X.length}`);
      return X.map((x) => (x <= 0 ? -x : 2 * x));
    }
    fitTransform(X: readonly number[]): Promise<number[]> {
      return this.transform(X);
    }
  }

  class Halving extends Diary {
    readonly isFitted = true;
    readonly fitted = {};
    with(): Halving {
      return this.clone();
    }
    override clone(): Halving {
      return new Halving(this.seen, this.options);
    }
    override predict(X: number[]): Promise<string[]> {
      return super.predict(X.map((x) => x / 2));
    }
  }

  test('is done once, and changes nothing', async () => {
    const log: string[] = [];
    const make = (): any => new Pipeline([['double', new Doubling({ log })], ['last', new Halving()]] as any);
    const cv = await crossValidate(make(), rows, parity, { cv: 3 });
    expect(log.filter((line) => line.startsWith('hoist'))).toEqual(['hoist 12']);
    expect(log.filter((line) => line === 'transform 4')).toHaveLength(3);
    expect(cv.outOfFold.labels).toEqual(parity);
    expect(await crossValPredict(make(), rows, parity, { cv: 3 })).toEqual(parity);
    expect(log.filter((line) => line.startsWith('hoist'))).toHaveLength(2);
  });

  test('tokenising once gives exactly the numbers of the naive loop', async () => {
    const { input } = cases.find((c) => c.name === 'counts, texts, cv 3') as FixtureCase;
    const { X, y } = input as { X: string[]; y: number[] };
    const pipeline = new Pipeline([['count', new CountVectorizer({ ngramRange: [1, 2], minDf: 2 })], ['classify', new MultinomialNB()]]);
    const splits = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: 1 }).split(X, y);
    const { outOfFold } = await crossValidate(pipeline, X, y, { cv: splits });
    for (const { train, test } of splits) {
      const naive = await pipeline.clone().fit(takeRows(X, train), takeRows(y, train));
      const expected = await naive.predictProba(takeRows(X, test));
      expect(outOfFold.probabilities?.take(test)).toEqual(expected);
    }
  });
});

describe('crossValidate refuses', () => {
  const X = DenseMatrix.column(rows);
  const model = new DummyClassifier();
  class LabelsOnly extends DummyClassifier {
    override predictProba = undefined as never;
  }
  test.each([
    ['an unknown scorer', () => crossValidate(model, X, parity, { scoring: 'acuracy' as 'accuracy' }), 'scorer: there is no scorer "acuracy". Did you mean accuracy?'],
    ['a scorer twice', () => crossValidate(model, X, parity, { scoring: ['accuracy', 'accuracy'] }), 'crossValidate: scorers must be distinct, accuracy stands twice.'],
    ['no scorer', () => crossValidate(model, X, parity, { scoring: [] }), 'crossValidate: scoring must name at least one scorer, got none.'],
    ['a scorer that the model cannot serve', () => crossValidate(new LabelsOnly(), X, parity, { scoring: 'logLoss' }), 'crossValidate: logLoss needs predictProba, LabelsOnly has none. Use another scorer or model.'],
    ['an unknown option', () => crossValidate(model, X, parity, { folds: 3 } as object), 'crossValidate: there is no option folds.'],
    ['no workers', () => crossValidate(model, X, parity, { workers: 0 }), 'crossValidate: workers must be a whole number in [1, ∞), or null, got 0.'],
    ['cv of another kind', () => crossValidate(model, X, parity, { cv: {} as never }), 'crossValidate: cv must be a number of folds, a splitter or a list of { train, test }, got {}.'],
    ['one fold', () => crossValidate(model, X, parity, { cv: 1 }), 'StratifiedKFold: nSplits must be a whole number in [2, ∞), got 1.'],
    ['no split', () => crossValidate(model, X, parity, { cv: [] }), 'crossValidate: cv must give at least one split, got none.'],
    ['rows that are not there', () => crossValidate(model, X, parity, { cv: [{ train: [0] as never, test: [12] as never }] }), 'crossValidate: cv[0].test must hold rows from 0 to 11, got 12.'],
    ['y of another length', () => crossValidate(model, X, parity.slice(1)), 'crossValidate: X has 12 rows, but y has 11. Give one y per row.'],
    ['no y', () => crossValidate(model, X, undefined as never), 'crossValidate: y must be given, got undefined. Pass one label or number per row.'],
    ['a missing label', () => crossValidate(model, X, ['even', null, ...parity.slice(2)] as never, { cv: new KFold() }), 'crossValidate: every row must have a label, row 1 has null.'],
    ['several labels a row', () => crossValidate(model, X, parity.map(() => [0, 1]) as never, { scoring: 'f1Samples' }), "crossValidate: y must hold one label or number a row, row 0 has [0, 1]. Fit each split by yourself, and judge by a metric or scorer('f1Samples')."],
    ['weights of another length', () => crossValidate(model, X, parity, { sampleWeight: [1] }), 'crossValidate: sampleWeight must have one weight per row (12), got 1.'],
    ['groups of another length', () => crossValidate(model, X, parity, { groups: [1] }), 'crossValidate: X has 12 rows, but groups has 1.'],
    ['a test set of rows tested twice', () => crossValPredict(model, X, parity, { cv: new ShuffleSplit({ nSplits: 2 }) }), 'crossValPredict: cv must test every row exactly once, row '],
    ['a method that the model lacks', () => crossValPredict(model, X, parity, { method: 'decisionFunction' }), 'crossValPredict: the model must have decisionFunction, DummyClassifier has none. Use another method or model.'],
  ] as const)('%s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  test("names the fold in which a model fails, and keeps the error's kind", async () => {
    class Failing extends DummyClassifier {
      override async fit(X: unknown, y: never): Promise<this> {
        if ((X as DenseMatrix).at(0, 0) === 0) throw new OptionError('Failing: no zeros.');
        return super.fit(X, y);
      }
    }
    const act = crossValidate(new Failing(), X, parity, { cv: new KFold({ nSplits: 3 }) });
    await expect(act).rejects.toThrow(new OptionError('fold 2: Failing: no zeros.'));
    await expect(act).rejects.toBeInstanceOf(OptionError);
  });
});

describe('types of crossValidate', () => {
  const pipeline = new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);
  const texts = ['a b', 'b c', 'c d', 'd e'];

  test('X is what the model takes, and scores are those asked for', async () => {
    const wrong = (): unknown =>
      // @ts-expect-error texts are wanted, not numbers
      crossValidate(pipeline, DenseMatrix.column([1, 2, 3, 4]), [0, 1, 0, 1], { cv: 2 });
    expect(wrong).toBeDefined();
    const cv = await crossValidate(pipeline, texts.map((text) => `${text} both`), [0, 1, 0, 1], {
      cv: 2,
      scoring: ['accuracy', 'rocAuc'],
      returnEstimator: true,
    });
    expect(cv.summary().rocAuc.folds).toHaveLength(2);
    // @ts-expect-error no such score was asked for
    expect(cv.folds[0].scores.f1).toBeUndefined();
    expect(cv.folds[0].estimator?.namedSteps.classify.fitted.classes).toEqual([0, 1]);
    const labels: (string | number | boolean)[] = await crossValPredict(pipeline, texts.map((text) => `${text} both`), [0, 1, 0, 1], { cv: 2 });
    expect(labels).toHaveLength(4);
  });
});
