import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { brierScoreLoss } from '../../src/metrics/brier-score-loss.ts';
import { cohenKappaScore } from '../../src/metrics/cohen-kappa-score.ts';
import { f1Score } from '../../src/metrics/f1-score.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { makeScorer } from '../../src/metrics/make-scorer.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { isBuiltIn, isKnown, nameScorer, scorer, scorerNames, type ScorerName } from '../../src/metrics/scorer.ts';
import { fixture } from '../fixture.ts';

const cases = [...fixture('metrics-scorers').cases, ...fixture('metrics-of-groups').cases.filter(({ input }) => input.function === 'scorer')];

test.each(cases.map((parityCase) => [parityCase.name, parityCase] as const))('scikit-learn agrees on %s', (_, { options, input, expected, tolerance }) => {
  const { classes, labels, labelRows, probabilities, scores, values } = input.prediction;
  const prediction = {
    classes,
    labels,
    labelRows,
    values,
    probabilities: probabilities && DenseMatrix.from(probabilities),
    scores: scores && Float64Array.from(scores),
  };
  const actual = scorer(options.name).score(input.yTrue, prediction, { sampleWeight: options.sampleWeight ?? undefined });
  expect(actual).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
});

test('every name has been compared with scikit-learn', () => {
  expect([...new Set(cases.map(({ options }) => options.name))].sort()).toEqual([...scorerNames].sort());
});

test.each(scorerNames)('%s knows its own name, direction and range', (name) => {
  const { metricName, better, range } = scorer(name);
  expect(metricName).toBe(name);
  expect(better).toBe(/loss|error|brier|deviance/i.test(name) && !name.startsWith('d2') ? 'lower' : 'higher');
  expect(range[0]).toBeLessThan(range[1]);
});

describe('two classes of text', () => {
  const classes = ['ham', 'spam'];
  const yTrue = ['spam', 'ham', 'spam', 'ham'];
  const labels = ['spam', 'spam', 'spam', 'ham'];
  const probabilities = DenseMatrix.from([[0.2, 0.8], [0.4, 0.6], [0.5, 0.5], [0.9, 0.1]]);
  const prediction = { classes, labels, probabilities };

  test('the greater one is positive', () => {
    expect(scorer('precision').score(yTrue, prediction)).toBeCloseTo(2 / 3, 14);
    expect(scorer('f1').score(yTrue, prediction)).toBe(f1Score(yTrue, labels, { posLabel: 'spam' }));
    expect(scorer('brierScore').score(yTrue, prediction)).toBe(brierScoreLoss(yTrue, probabilities.col(1), { posLabel: 'spam' }));
    expect(scorer('rocAuc').score(yTrue, prediction)).toBe(0.75);
  });

  test('posLabel makes the other one positive', () => {
    const options = { posLabel: 'ham' };
    expect(scorer('precision').score(yTrue, prediction, options)).toBe(1);
    expect(scorer('brierScore').score(yTrue, prediction, options)).toBeCloseTo(scorer('brierScore').score(yTrue, prediction), 14);
    expect(scorer('rocAuc').score(yTrue, prediction, options)).toBe(0.75);
    const precision = averagePrecisionScore(yTrue, probabilities.col(0), { posLabel: 'ham' });
    expect(scorer('averagePrecision').score(yTrue, prediction, options)).toBe(precision);
  });

  test('posLabel does not change a metric of both classes', () => {
    for (const name of ['logLoss', 'topKAccuracy', 'accuracy', 'matthewsCorrcoef'] as const) {
      expect(scorer(name).score(yTrue, prediction, { posLabel: 'ham' })).toBe(scorer(name).score(yTrue, prediction));
    }
  });

  test('decision values come before probabilities, and turn round for the lesser class', () => {
    const scores = Float64Array.of(3, -1, 2, -2);
    expect(scorer('rocAuc').score(yTrue, { ...prediction, scores })).toBe(1);
    expect(scorer('rocAuc').score(yTrue, { ...prediction, scores }, { posLabel: 'ham' })).toBe(1);
    expect(scorer('rocAuc').score(yTrue, { classes, scores: DenseMatrix.column(scores) })).toBe(1);
  });

  test('a fold with one class has no AUC, but a log loss', () => {
    expect(scorer('rocAuc').score(['ham', 'ham', 'ham', 'ham'], prediction)).toBeNaN();
    expect(scorer('logLoss').score(['ham', 'ham', 'ham', 'ham'], prediction)).toBeGreaterThan(0);
    expect(scorer('f1').score(['ham'], { classes, labels: ['ham'] })).toBe(0);
  });

  test('logLoss gets the classes of the model', () => {
    expect(scorer('logLoss').score(yTrue, prediction)).toBe(logLoss(yTrue, probabilities, { labels: classes }));
  });

  test('a positive label that does not exist is refused', () => {
    expect(() => scorer('f1').score(yTrue, prediction, { posLabel: 'eggs' })).toThrow(
      new OptionError('f1: posLabel must be one of "ham", "spam", got "eggs".'),
    );
  });
});

test('1 and 2 take the greater for positive, unlike scikit-learn', () => {
  expect(scorer('recall').score([1, 1, 2], { classes: [1, 2], labels: [1, 2, 2] })).toBe(1);
  expect(scorer('rocAuc').score([1, 1, 2], { classes: [1, 2], scores: Float64Array.of(0, 1, 2) })).toBe(1);
});

test('three classes are refused by binary scorers, which name those that work', () => {
  const prediction = { classes: ['a', 'b', 'c'], labels: ['a', 'b', 'c'], probabilities: DenseMatrix.from([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) };
  expect(() => scorer('f1').score(['a', 'b', 'c'], prediction)).toThrow(
    new OptionError(`f1: there must be two classes, got 3 ("a", "b", "c"). Use 'f1Macro', 'f1Micro' or 'f1Weighted'.`),
  );
  expect(() => scorer('rocAuc').score(['a', 'b', 'c'], prediction)).toThrow(/Use 'rocAucOvr' or 'rocAucOvo'\./);
  expect(scorer('rocAucOvr').score(['a', 'b', 'c'], prediction)).toBe(1);
});

test('a label that the model has never seen counts as a class of its own', () => {
  expect(scorer('recallMacro').score(['a', 'b', 'x'], { classes: ['a', 'b'], labels: ['a', 'b', 'a'] })).toBeCloseTo(2 / 3, 14);
  expect(() => scorer('f1').score(['a', 'b', 'x'], { classes: ['a', 'b'], labels: ['a', 'b', 'a'] })).toThrow(/got 3 \("a", "b", "x"\)/);
  const probabilities = DenseMatrix.from([[1, 0], [0, 1], [1, 0]]);
  expect(() => scorer('logLoss').score(['a', 'b', 'x'], { classes: ['a', 'b'], probabilities })).toThrow(/got 2 columns for 3 classes/);
});

test('a prediction without what the scorer needs is refused', () => {
  expect(() => scorer('rocAuc').score([0, 1], { labels: [0, 1] })).toThrow(
    new DataError('rocAuc: the prediction must hold scores or probabilities, got none. Use a model that gives them, or another scorer.'),
  );
  expect(() => scorer('accuracy').score([0, 1], { values: [0, 1] })).toThrow(/must hold labels/);
  expect(() => scorer('r2').score([0, 1], { labels: [0, 1] })).toThrow(/must hold values/);
  expect(() => scorer('logLoss').score([0, 1], { labels: [0, 1] })).toThrow(/must hold probabilities/);
});

test('columns are not guessed where the classes of the model are not told', () => {
  const probabilities = DenseMatrix.from([[0.2, 0.8], [0.6, 0.4]]);
  expect(() => scorer('rocAuc').score([1, 1], { probabilities })).toThrow(ShapeError);
  expect(scorer('rocAuc').score([1, 0], { probabilities })).toBe(1);
});

test.each([
  ['rocauc', 'rocAuc'],
  ['neg_log_loss', 'logLoss'],
  ['f1_macro', 'f1Macro'],
  ['accuracyScore', 'accuracy'],
  ['brierScoreLoss', 'brierScore'],
  ['rootMeanSquareError', 'rootMeanSquaredError'],
  ['AUC', 'rocAuc'],
  ['rmsle', 'rootMeanSquaredLogError'],
  ['QWK', 'quadraticWeightedKappa'],
])('%s is unknown, and meant %s', (name, meant) => {
  const list = scorerNames.join(', ');
  expect(() => scorer(name as ScorerName)).toThrow(new OptionError(`scorer: there is no scorer "${name}". Did you mean ${meant}? Scorers are ${list}.`));
});

test('a scorer of one’s own is known by its name from then on, unless it is that of another', () => {
  const half = makeScorer('half', () => 0.5, { better: 'higher' });
  expect(isKnown('half')).toBe(false);
  expect(scorer(nameScorer(half))).toBe(half);
  expect([isKnown('half'), isBuiltIn('half')]).toEqual([true, false]);
  expect(() => nameScorer(makeScorer('accuracy', () => 1, { better: 'higher' }))).toThrow(new OptionError('scorer: a scorer of one\'s own must have a name of its own, "accuracy" is built in. Give makeScorer another name.'));
});

test('what is neither a name nor a scorer is refused', () => {
  expect(() => scorer('zzzzzzzzzz' as ScorerName)).toThrow(/^scorer: there is no scorer "zzzzzzzzzz"\. Scorers are accuracy,/);
  expect(() => scorer(7 as unknown as ScorerName)).toThrow(/must be a name or a scorer, got 7/);
  expect(() => scorer('toString' as ScorerName)).toThrow(OptionError);
});

describe('makeScorer', () => {
  test('takes direction, range and needs from a metric, and options along', () => {
    const kappa = makeScorer('quadraticKappa', cohenKappaScore, { options: { weights: 'quadratic' } });
    expect(kappa).toMatchObject({ metricName: 'quadraticKappa', better: 'higher', range: [-1, 1], needs: 'labels' });
    const labels = [1, 2, 4, 3];
    expect(kappa.score([1, 2, 3, 4], { labels })).toBe(cohenKappaScore([1, 2, 3, 4], labels, { weights: 'quadratic' }));
    expect(scorer(kappa)).toBe(kappa);
  });

  test('a function of one’s own says its direction, and gets weights only where given', () => {
    const seen: unknown[] = [];
    const cost = makeScorer('cost', (yTrue: number[], _: number[], options: object) => (seen.push(options), yTrue.length), { better: 'lower' });
    cost.score([0, 1], { labels: [0, 1] });
    cost.score([0, 1], { labels: [0, 1] }, { sampleWeight: [1, 2] });
    expect(seen).toEqual([{}, { sampleWeight: [1, 2] }]);
    expect(cost).toMatchObject({ better: 'lower', range: [-Infinity, Infinity], needs: 'labels' });
  });

  test('hands probabilities of the positive class for two classes, all columns for more', () => {
    const seen: unknown[] = [];
    const spy = makeScorer('spy', (_: unknown, scores: unknown) => (seen.push(scores), 0), { better: 'higher', needs: 'probabilities' });
    const two = DenseMatrix.from([[0.2, 0.8], [0.6, 0.4]]);
    const three = DenseMatrix.from([[1, 0, 0], [0, 1, 0]]);
    spy.score([0, 1], { classes: [0, 1], probabilities: two });
    spy.score([0, 1], { classes: [0, 1, 2], probabilities: three });
    expect(seen).toEqual([Float64Array.of(0.8, 0.4), three]);
  });

  test('refuses a plain function without a direction', () => {
    expect(() => makeScorer('mine', () => 0)).toThrow(
      new OptionError("makeScorer: better must be 'higher' or 'lower', got undefined. Say which direction is better for mine."),
    );
    expect(() => makeScorer('', rocAucScore)).toThrow(/name must be text/);
  });

  test.each([
    ['undefined', () => undefined, 'undefined'],
    ['a promise', async () => 1, 'a Promise'],
    ['text', () => '0.5', '"0.5"'],
  ])('refuses a metric that returns %s', (_, metric, got) => {
    const mine = makeScorer('mine', metric as never, { better: 'higher' });
    expect(() => mine.score([0, 1], { labels: [0, 1] })).toThrow(`mine: the metric must return a number, got ${got}. Return NaN where it is not defined.`);
  });
});

test('scorers of several labels a row take labelRows, and say so', () => {
  const rows = [[1, 0], [1, 1]];
  expect(scorer('f1Samples').score(rows, { labelRows: [[1, 0], [1, 0]] })).toBeCloseTo((1 + 2 / 3) / 2, 14);
  expect(() => scorer('f1Samples').score(rows, { labels: [1, 0] })).toThrow(
    new DataError('f1Samples: the prediction must hold labelRows, got none. Use a model of several labels a row, or another scorer.'),
  );
});
