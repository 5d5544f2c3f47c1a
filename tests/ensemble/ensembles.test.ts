import fc from 'fast-check';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { AdaBoostClassifier } from '../../src/ensemble/ada-boost-classifier.ts';
import { BaggingClassifier } from '../../src/ensemble/bagging-classifier.ts';
import { BaggingRegressor } from '../../src/ensemble/bagging-regressor.ts';
import { StackingClassifier } from '../../src/ensemble/stacking-classifier.ts';
import { VotingClassifier } from '../../src/ensemble/voting-classifier.ts';
import { VotingRegressor } from '../../src/ensemble/voting-regressor.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { SGDClassifier } from '../../src/linear/sgd-classifier.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { crossValPredict } from '../../src/model-selection/cross-val-predict.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { LinearSVC } from '../../src/svm/linear-svc.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';
import '../to-be-all-close.ts';

const random = new RandomState(4);
const X = new DenseMatrix(90, 3, random.standardNormal(270));
const y = Array.from({ length: 90 }, (_, i) => (X.at(i, 0) + 0.7 * random.standardNormal() > 0.2 ? 'spam' : 'ham'));
const prices = Float64Array.from({ length: 90 }, (_, i) => 3 * X.at(i, 0) - X.at(i, 2) + random.standardNormal());
const texts = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 'free money now' : 'see you at lunch') + (i % 7 === 0 ? ' money lunch' : ''));
const kinds = texts.map((_, i) => (i % 3 === 0 ? 'spam' : 'ham'));

const words = () => new Pipeline([['count', new CountVectorizer()], ['bayes', new MultinomialNB()]]);
const letters = () => new Pipeline([['tfidf', new TfidfVectorizer({ analyzer: 'char', ngramRange: [2, 3] })], ['logistic', new LogisticRegression()]]);

describe('VotingClassifier', () => {
  test('of one model is that model, whatever its weight', async () => {
    const alone = await new GaussianNB().fit(X, y);
    const vote = await new VotingClassifier({ estimators: [['bayes', new GaussianNB()]], weights: [3], voting: 'soft' }).fit(X, y);
    expect(await vote.predictProba(X)).toBeAllClose(await alone.predictProba(X), { absolute: 1e-15 });
    expect(await vote.predict(X)).toEqual(await alone.predict(X));
  });

  test('does not depend on the order of its models, nor on the scale of their weights', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 2 }), fc.integer({ min: 2, max: 5 }), async ([a, b], factor) => {
        const estimators = [['bayes', new GaussianNB()], ['logistic', new LogisticRegression()]] as const;
        const one = await new VotingClassifier({ estimators, weights: [a, b], voting: 'soft' }).fit(X, y);
        const other = await new VotingClassifier({ estimators: [estimators[1], estimators[0]], weights: [b * factor, a * factor], voting: 'soft' }).fit(X, y);
        expect(await other.predictProba(X)).toBeAllClose(await one.predictProba(X), { absolute: 1e-12 });
      }),
      { seed: 5, numRuns: 5 },
    );
  });

  test('votes over pipelines from texts that tokenise in their own ways, in cross-validation too', async () => {
    const vote = new VotingClassifier({ estimators: [['words', words()], ['letters', letters()]], voting: 'soft' });
    const { folds } = await crossValidate(vote, texts, kinds, { cv: 3, scoring: ['accuracy', 'logLoss'] });
    expect(folds.map((fold) => fold.scores.accuracy)).toEqual([1, 1, 1]);
    await vote.fit(texts, kinds);
    expect(await vote.predictProba(vote.hoist(texts))).toEqual(await vote.predictProba(texts));
    expect(vote.namedEstimators.words.namedSteps.bayes.fitted.classes).toEqual(['ham', 'spam']);
  });

  test('is searched as a pipeline is: members by name', async () => {
    const estimator = new VotingClassifier({ estimators: [['bayes', new GaussianNB()], ['logistic', new LogisticRegression()]], voting: 'soft' });
    const search = new GridSearch({ estimator, searchSpace: { estimators: { logistic: { C: [0.01, 1] } }, weights: [[1, 1], [0, 1]] }, cv: 3 });
    await search.fit(X, y);
    expect(search.fitted.results.map(({ params }) => params)).toEqual([
      { estimators: { logistic: { C: 0.01 } }, weights: [1, 1] },
      { estimators: { logistic: { C: 0.01 } }, weights: [0, 1] },
      { estimators: { logistic: { C: 1 } }, weights: [1, 1] },
      { estimators: { logistic: { C: 1 } }, weights: [0, 1] },
    ]);
    expect(estimator.with({ estimators: { logistic: { C: 7 } } }).options.estimators[1][1].options.C).toBe(7);
    expect(estimator.options.estimators[1][1].options.C).toBe(1);
  });

  test('refuses what cannot vote', async () => {
    expect(() => new VotingClassifier({ estimators: [] as never })).toThrow(new OptionError('VotingClassifier: estimators must be a list of [name, model] with at least one model, got [].'));
    expect(() => new VotingClassifier({} as never)).toThrow('VotingClassifier: estimators must be a list of [name, model] with at least one model, got undefined.');
    expect(() => new VotingClassifier({ estimators: [['a', new GaussianNB()], ['a', new GaussianNB()]] })).toThrow('step names must be distinct, "a" stands twice');
    expect(() => new VotingClassifier({ estimators: [['scale', new StandardScaler() as never]] })).toThrow('VotingClassifier: "scale" must be a model with predict, StandardScaler has none.');
    const soft = new VotingClassifier({ estimators: [['svc', new LinearSVC()]], voting: 'soft' });
    await expect(soft.fit(X, y)).rejects.toThrow(new OptionError('VotingClassifier: every model must have predictProba for soft voting, LinearSVC ("svc") has none. Use voting: \'hard\'.'));
    await expect(new VotingClassifier({ estimators: [['bayes', new GaussianNB()]], weights: [1, 2] }).fit(X, y)).rejects.toThrow(new ShapeError('VotingClassifier: weights must have one number per model (1), got 2.'));
    const fitted = await new VotingClassifier({ estimators: [['bayes', new GaussianNB()], ['logistic', new LogisticRegression()]] }).fit(X, y);
    await expect(fitted.predict(X.takeCols([0, 1]))).rejects.toThrow('VotingClassifier: "bayes": GaussianNB: X has 2 columns, but 3 were seen in fit.');
    await expect(fitted.predictProba(X)).rejects.toThrow("voting must be 'soft' for probabilities, got 'hard'");
  });
});

test('VotingRegressor of equal weights is the mean of its models', async () => {
  const vote = await new VotingRegressor({ estimators: [['ridge', new Ridge()], ['line', new LinearRegression()]] }).fit(X, prices);
  const [ridge, line] = [await new Ridge().fit(X, prices), await new LinearRegression().fit(X, prices)];
  const [a, b] = [await ridge.predict(X), await line.predict(X)];
  expect(await vote.predict(X)).toBeAllClose(a.map((value, i) => (value + b[i]) / 2), { absolute: 1e-12 });
});

describe('StackingClassifier', () => {
  test('lets the final model learn from answers to rows that no answering model has seen', async () => {
    const rowsOf: number[] = [];
    class Watching extends GaussianNB {
      override async fit(rows: DenseMatrix, labels: string[]): Promise<this> {
        rowsOf.push(rows.rows);
        return super.fit(rows, labels);
      }
    }
    const stack = await new StackingClassifier({ estimators: [['watched', new Watching()]], finalEstimator: new LogisticRegression(), cv: 3 }).fit(X, y);
    expect(rowsOf).toEqual([90, 60, 60, 60]);
    const outOfFold = (await crossValPredict(new GaussianNB(), X, y, { cv: 3, method: 'predictProba' })).col(1);
    const final = await new LogisticRegression().fit(DenseMatrix.column(outOfFold), y);
    expect(stack.fitted.finalEstimator.fitted).toEqual(final.fitted);
  });

  test('stacks pipelines from texts, and a final pipeline', async () => {
    const final = new Pipeline([['scale', new StandardScaler()], ['classify', new LogisticRegression()]]);
    const stack = new StackingClassifier({ estimators: [['words', words()], ['letters', letters()]], finalEstimator: final, cv: 3 });
    const { folds } = await crossValidate(stack, texts, kinds, { cv: 3 });
    expect(folds.map((fold) => fold.scores.accuracy)).toEqual([1, 1, 1]);
    expect(stack.with({ finalEstimator: { classify: { C: 3 } } }).options.finalEstimator.options.classify.C).toBe(3);
    await expect(stack.with({ passthrough: true }).fit(texts, kinds)).rejects.toThrow('X must be a matrix with passthrough');
  });

  test('takes fitted models as they are', async () => {
    const bayes = await new GaussianNB().fit(X, y);
    const stack = await new StackingClassifier({ estimators: [['bayes', bayes]], cv: 'prefit' }).fit(X, y);
    expect(stack.fitted.estimators[0]).toBe(bayes);
    await expect(new StackingClassifier({ estimators: [['bayes', new GaussianNB()]], cv: 'prefit' }).fit(X, y)).rejects.toThrow(
      new DataError('StackingClassifier: every model must be fitted with cv \'prefit\', "bayes" is not. Fit it first, or give a number of folds.'),
    );
  });

  test('refuses to ask for what a model does not know', async () => {
    const stack = new StackingClassifier({ estimators: [['svc', new LinearSVC()]], stackMethod: 'predictProba' });
    await expect(stack.fit(X, y)).rejects.toThrow('StackingClassifier: "svc" must have predictProba, LinearSVC has none. Use stackMethod: \'auto\'.');
  });
});

describe('Bagging', () => {
  test('gives every copy, and every stage within it, randomness of its own, the same for the same seed', async () => {
    const estimator = new Pipeline([['scale', new StandardScaler()], ['sgd', new SGDClassifier({ loss: 'logLoss' })]]);
    const bag = (randomState: number) => new BaggingClassifier({ estimator, nEstimators: 3, maxSamples: 0.999, bootstrap: false, randomState }).fit(X, y);
    const [one, again, other] = [await bag(1), await bag(1), await bag(2)];
    const seeds = one.fitted.estimators.map((copy) => (copy.options as { sgd: { randomState: number } }).sgd.randomState);
    expect(new Set(seeds).size).toBe(3);
    expect(await again.predictProba(X)).toEqual(await one.predictProba(X));
    expect(await other.predictProba(X)).not.toEqual(await one.predictProba(X));
  });

  test('bags pipelines from texts', async () => {
    const bag = new BaggingClassifier({ estimator: words(), nEstimators: 15, oobScore: true, randomState: 0 });
    await bag.fit(texts, kinds);
    expect(bag.fitted.oobScore).toBe(1);
    expect(await bag.predictProba(bag.hoist(texts))).toEqual(await bag.predictProba(texts));
  });

  test('that draws columns checks X before it does, and says which columns a copy had', async () => {
    const bag = await new BaggingClassifier({ estimator: new GaussianNB(), maxFeatures: 2 }).fit(X, y);
    await expect(bag.predict(X.takeCols([0, 1]))).rejects.toThrow(new ShapeError('BaggingClassifier: X has 2 columns, but 3 were seen in fit.'));
    const holes = X.copy();
    holes.data[5] = Number.NaN;
    await expect(new BaggingClassifier({ estimator: new GaussianNB(), maxFeatures: 2 }).fit(holes, y)).rejects.toThrow(
      /^BaggingClassifier: columns \d, \d: GaussianNB: X must hold finite numbers, row 1 column \d has NaN/,
    );
  });

  test('draws whole rows and columns: shares are rounded down, one at least', async () => {
    const drawn = async (maxFeatures: number, maxSamples: number): Promise<number[]> => {
      const { estimatorsFeatures, estimatorsSamples } = (await new BaggingClassifier({ estimator: new GaussianNB(), nEstimators: 2, maxFeatures, maxSamples }).fit(X, y)).fitted;
      return [estimatorsFeatures![0].length, estimatorsSamples[0].length];
    };
    expect(await drawn(0.6, 0.509)).toEqual([1, 45]);
    expect(await drawn(0.1, 0.998)).toEqual([1, 89]);
    expect(await drawn(0.67, 60)).toEqual([2, 60]);
  });

  test('without drawing is its model', async () => {
    const bag = await new BaggingRegressor({ estimator: new LinearRegression(), nEstimators: 2, bootstrap: false }).fit(X, prices);
    expect(await bag.predict(X)).toBeAllClose(await (await new LinearRegression().fit(X, prices)).predict(X), { absolute: 1e-10 });
  });

  test('says which rows have no out-of-bag answer, and refuses what cannot be drawn', async () => {
    const bag = await new BaggingClassifier({ estimator: new GaussianNB(), nEstimators: 1, oobScore: true }).fit(X, y);
    expect(bag.fitted.notes[0]).toMatch(/^BaggingClassifier: \d+ rows have no out-of-bag answer\. Use more copies\.$/);
    await expect(new BaggingClassifier({ estimator: new GaussianNB(), bootstrap: false, oobScore: true }).fit(X, y)).rejects.toThrow('oobScore must be false without bootstrap');
    await expect(new BaggingClassifier({ estimator: new GaussianNB(), maxFeatures: 4 }).fit(X, y)).rejects.toThrow('maxFeatures must be at most the number of columns (3), got 4');
    await expect(new BaggingClassifier({ estimator: new GaussianNB(), maxSamples: 91, bootstrap: false }).fit(X, y)).rejects.toThrow('maxSamples must be at most the number of rows (90) without bootstrap, got 91');
  });
});

describe('AdaBoostClassifier', () => {
  test('comes, round by round, to what it predicts', async () => {
    const model = await new AdaBoostClassifier({ estimator: new GaussianNB(), nEstimators: 6, learningRate: 0.5 }).fit(X, y);
    const stages: unknown[] = [];
    for await (const labels of model.stagedPredict(X)) stages.push(labels);
    expect(stages).toHaveLength(model.fitted.estimators.length);
    expect(stages[stages.length - 1]).toEqual(await model.predict(X));
    expect(stages[0]).toEqual(await (await new GaussianNB().fit(X, y)).predict(X));
  });

  test('refuses a first model that guesses', async () => {
    const same = new DenseMatrix(4, 1, new Float64Array(4).fill(1));
    await expect(new AdaBoostClassifier({ estimator: new MultinomialNB() }).fit(same, ['a', 'b', 'a', 'b'])).rejects.toThrow(
      'AdaBoostClassifier: the first model must be better than guessing among 2 classes, its weighted error is 0.5. Use another estimator.',
    );
  });
});
