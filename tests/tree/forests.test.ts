import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { thisThread } from '../../src/core/this-thread.ts';
import { ExtraTreesClassifier } from '../../src/tree/extra-trees-classifier.ts';
import { ExtraTreesRegressor } from '../../src/tree/extra-trees-regressor.ts';
import { RandomForestClassifier } from '../../src/tree/random-forest-classifier.ts';
import { checkRanks, checkTrees } from '../../src/tree/forest-memory.ts';
import { growTrees } from '../../src/tree/forest-plan.ts';
import { threadsFor } from '../../src/tree/forest-threads.ts';
import { RandomForestRegressor } from '../../src/tree/random-forest-regressor.ts';
import { rankColumns } from '../../src/tree/ranked-columns.ts';
import { dataSets, matrixOf } from './data-sets.ts';

const wine = dataSets.wine;
const X = matrixOf(wine) as DenseMatrix;
const small = { nEstimators: 6 };

describe('threads', () => {
  test('beside other folds there are no more than the share of this thread, and the forest is the same', async () => {
    const options = { ...new RandomForestClassifier({ ...small, workers: 3 }).options };
    const alone = await new RandomForestClassifier(options).fit(X, wine.y);
    try {
      expect([1, 2, 4].map((share) => ((thisThread.share = share), threadsFor(X.rows, X.cols, options)))).toEqual([1, 2, 3]);
      thisThread.share = 1;
      expect((await new RandomForestClassifier(options).fit(X, wine.y)).fitted).toEqual(alone.fitted);
    } finally {
      thisThread.share = null;
    }
    expect(threadsFor(X.rows, X.cols, options)).toBe(3);
  });
  test('two grow the very trees that one grows, for classes and for numbers', async () => {
    for (const Class of [RandomForestClassifier, ExtraTreesClassifier]) {
      const one = await new Class({ ...small, workers: 1, oobScore: true, bootstrap: true }).fit(X, wine.y);
      const two = await new Class({ ...small, workers: 2, oobScore: true, bootstrap: true }).fit(X, wine.y);
      expect(two.fitted).toEqual(one.fitted);
    }
    const one = await new RandomForestRegressor({ ...small, workers: 1 }).fit(X, wine.numbers);
    const two = await new RandomForestRegressor({ ...small, workers: 2 }).fit(X, wine.numbers);
    expect(two.fitted).toEqual(one.fitted);
  });
});

describe('a warm start', () => {
  test('grows the trees that a fit of all at once grows, and keeps those there are', async () => {
    const whole = await new RandomForestClassifier({ nEstimators: 6, oobScore: true }).fit(X, wine.y);
    const few = await new RandomForestClassifier({ nEstimators: 2, oobScore: true }).fit(X, wine.y);
    const grown = await whole.with({ warmStart: true }).restore(few.fitted).fit(X, wine.y);
    expect(grown.fitted).toEqual(whole.fitted);
    expect(grown.fitted.trees[0]).toBe(few.fitted.trees[0]);
  });

  test('with as many trees as there are grows none and says so', async () => {
    const model = new ExtraTreesRegressor({ ...small, warmStart: true });
    const { trees } = (await model.fit(X, wine.numbers)).fitted;
    expect((await model.fit(X, wine.numbers)).fitted).toMatchObject({ trees, notes: ['ExtraTreesRegressor: a warm start with nEstimators 6 grew no tree, since so many were there. Raise nEstimators.'] });
  });

  test.each([
    ['fewer trees', { nEstimators: 5 }, X, wine.y, 'RandomForestClassifier: nEstimators must be at least 6 for a warm start, since so many trees are there, got 5. Raise it, or fit a clone.'],
    ['other columns', {}, X.takeCols([0, 1]), wine.y, 'RandomForestClassifier: X has 2 columns, but the fit before saw 13. A warm start needs the same; fit a clone instead.'],
    ['other classes', {}, X, wine.y.map((label) => Number(label === wine.y[0])), 'RandomForestClassifier: a warm start needs the classes of the fit before (0, 1, 2), got 0, 1. Fit a clone instead.'],
  ])('refuses %s', async (_, changes, others, y, message) => {
    const before = await new RandomForestClassifier(small).fit(X, wine.y);
    await expect(before.with({ warmStart: true, ...changes }).restore(before.fitted).fit(others, y)).rejects.toThrow(new Error(message));
  });
});

describe('memory', () => {
  test('ranks that would outgrow it are refused with the arithmetic', () => {
    expect(() => checkRanks('Test', X, 2, 1000)).toThrow(
      new Error(`Test: the ranks of X must fit 0.0 GiB of memory, but ${X.rows} rows × 13 columns × 16 bytes (8 while they are made, 4 for each of 2 threads) make 0.0 GiB. Fit on fewer rows or columns.`),
    );
    expect(() => checkRanks('Test', X, 2, X.rows * 13 * 16)).not.toThrow();
  });

  test('so are trees, by the size of the first', async () => {
    const { trees } = (await new RandomForestRegressor(small).fit(X, wine.numbers)).fitted;
    const nodes = trees[0].left.length;
    // Seven arrays of a regression tree: 3 of 4 bytes and one more, four of 8, and a byte.
    expect(() => checkTrees('Test', trees[0], 100, 100 * nodes * 49 - 1)).toThrow(
      new Error(`Test: the trees must fit 0.0 GiB of memory, but the first has ${nodes} nodes × 49 bytes, and 100 such trees make 0.0 GiB. Raise minSamplesLeaf, or lower maxLeafNodes or nEstimators.`),
    );
    expect(() => checkTrees('Test', trees[0], 100, 100 * nodes * 49)).not.toThrow();
  });

  test('no tree is grown after a first that is too large', () => {
    const plan = {
      owner: 'Test', columns: rankColumns('Test', X, null), target: { y: Float64Array.from(wine.numbers) }, weights: undefined, draws: null, balancesDraws: false,
      seeds: Float64Array.of(1, 2, 3), growth: { criterion: 'squaredError', splitter: 'best' } as const, options: new RandomForestRegressor().options, memory: 1000,
    };
    let taken = 0;
    expect(() => growTrees(plan, () => taken++)).toThrow('Test: the trees must fit 0.0 GiB of memory, but the first has');
    expect(taken).toBe(1);
  });
});

describe('bins', () => {
  test('as many as there are distinct values change nothing', async () => {
    const exact = await new RandomForestClassifier(small).fit(X, wine.y);
    const binned = await new RandomForestClassifier({ ...small, maxBins: 5000 }).fit(X, wine.y);
    expect(binned.fitted).toEqual(exact.fitted);
  });

  test('hold no more rows than their share, and a value that fills one has it to itself', () => {
    const random = new RandomState(0);
    const column = DenseMatrix.column(Float64Array.from({ length: 1000 }, () => (random.randomSample() < 0.4 ? 7 : random.randomSample() * 10)));
    const { ranks, lows, highs, starts } = rankColumns('Test', column, 10);
    expect(starts[1]).toBeLessThanOrEqual(10);
    const counts = new Int32Array(starts[1]);
    for (const rank of ranks) counts[rank]++;
    const seven = lows.indexOf(7);
    expect(highs[seven]).toBe(7);
    for (const [bin, count] of counts.entries()) if (bin !== seven) expect(count).toBeLessThanOrEqual(102);
  });

  test('few of them cost little accuracy', async () => {
    for (const Class of [RandomForestRegressor, ExtraTreesRegressor]) {
      const model = await new Class({ nEstimators: 20, maxBins: 16 }).fit(X, wine.numbers);
      expect(await model.score(X, wine.numbers)).toBeGreaterThan(0.9);
    }
  });
});

describe('identities', () => {
  test('sparse X gives the trees of dense X', async () => {
    const set = dataSets.words;
    const sparse = matrixOf(set) as CsrMatrix;
    const dense = await new RandomForestClassifier(small).fit(sparse.toDense(), set.y);
    expect((await new RandomForestClassifier(small).fit(sparse, set.y)).fitted).toEqual(dense.fitted);
  });

  test('a monotone change of a column, exact in single precision, changes no tree but its thresholds', async () => {
    const doubled = new DenseMatrix(X.rows, X.cols, X.data.map((value) => 2 * value));
    const before = await new RandomForestClassifier(small).fit(X, wine.y);
    const after = await new RandomForestClassifier(small).fit(doubled, wine.y);
    expect(after.fitted.trees.map((tree) => tree.feature)).toEqual(before.fitted.trees.map((tree) => tree.feature));
    expect(after.fitted.trees[0].threshold).toEqual(before.fitted.trees[0].threshold.map((t) => 2 * t));
  });

  test('a forest of all features without drawing rows is a tree many times over', async () => {
    const model = await new RandomForestRegressor({ nEstimators: 3, bootstrap: false, minSamplesLeaf: 5 }).fit(X, wine.numbers);
    const [first, ...others] = await Promise.all([0, 1, 2].map(async (t) => (await model.apply(X)).col(t).length));
    expect(others).toEqual([first, first]);
    const prediction = await model.predict(X);
    const { trees } = model.fitted;
    const leaves = (await model.apply(X)).toArray();
    leaves.forEach((row, i) => expect(prediction[i]).toBeCloseTo((trees[0].value[row[0]] + trees[1].value[row[1]] + trees[2].value[row[2]]) / 3, 12));
  });

  test('the probabilities of a forest are the mean of those of its trees', async () => {
    const model = await new ExtraTreesClassifier(small).fit(X, wine.y);
    const { trees } = model.fitted;
    const leaves = await model.apply(X);
    const expected = Array.from({ length: X.rows }, (_, i) => [0, 1, 2].map((c) => trees.reduce((sum, tree, t) => sum + tree.value[3 * leaves.at(i, t) + c], 0) / 6));
    expect(await model.predictProba(X)).toBeAllClose(expected);
  });
});

describe('input that is out of the ordinary', () => {
  test('a single class is predicted for every row', async () => {
    const model = await new RandomForestClassifier(small).fit(X, wine.y.map(() => 'only'));
    expect(new Set(await model.predict(X))).toEqual(new Set(['only']));
    expect(model.fitted.featureImportances.every((value) => value === 0)).toBe(true);
  });

  test('constant and all-missing columns are never asked for', async () => {
    const gaps = new DenseMatrix(X.rows, 3, Float64Array.from({ length: X.rows * 3 }, (_, e) => [4, Number.NaN, X.data[Math.floor(e / 3) * X.cols]][e % 3]));
    const model = await new ExtraTreesClassifier({ ...small, maxFeatures: null }).fit(gaps, wine.y);
    expect([...model.fitted.featureImportances]).toEqual([0, 0, 1]);
  });

  test('rows of weight zero count as if they were not there', async () => {
    const weights = Float64Array.from({ length: X.rows }, (_, i) => (i % 3 === 0 ? 0 : 1));
    const kept = [...weights.keys()].filter((i) => weights[i] === 1);
    const weighted = await new ExtraTreesClassifier(small).fit(X, wine.y, { sampleWeight: weights });
    const fewer = await new ExtraTreesClassifier(small).fit(X.take(kept), kept.map((i) => wine.y[i]));
    expect(weighted.fitted.trees).toEqual(fewer.fitted.trees);
  });

  test('one row makes a tree of one leaf', async () => {
    const model = await new RandomForestRegressor(small).fit([[1, 2]], [5]);
    expect([...(await model.predict([[9, 9], [Number.NaN, 0]]))]).toEqual([5, 5]);
  });

  test.each([
    ['an infinite value', () => new RandomForestClassifier(small).fit([[1], [Infinity]], [0, 1]), 'RandomForestClassifier: X must hold finite numbers, row 1 column 0 has Infinity. Clip or drop it first.'],
    ['a value beyond single precision', () => new RandomForestClassifier(small).fit([[1], [1e39]], [0, 1]), 'RandomForestClassifier: X must hold numbers within ±3.4e38 (single precision), row 1 column 0 has 1e+39. Scale it first.'],
    ['maxSamples without bootstrap', () => new ExtraTreesClassifier({ maxSamples: 5 }).fit(X, wine.y), 'ExtraTreesClassifier: maxSamples must be null without bootstrap, got 5. Use bootstrap: true.'],
    ['oobScore without bootstrap', () => new ExtraTreesRegressor({ oobScore: true }).fit(X, wine.numbers), 'ExtraTreesRegressor: oobScore must be false without bootstrap, got true. Use bootstrap: true.'],
    ['constraints of another length', () => new RandomForestRegressor({ monotonicCst: [1] }).fit(X, wine.numbers), 'RandomForestRegressor: monotonicCst must have one entry per feature (13), got 1.'],
    ['constraints for three classes', () => new RandomForestClassifier({ monotonicCst: new Array(13).fill(0) }).fit(X, wine.y), 'RandomForestClassifier: monotonicCst is for numbers and two classes, y has 3. Leave it out.'],
    ['a negative y for Poisson', () => new RandomForestRegressor({ criterion: 'poisson' }).fit([[1], [2]], [1, -1]), "RandomForestRegressor: y must not be negative for criterion 'poisson', row 1 has -1. Use 'squaredError'."],
    ['only zeros for Poisson', () => new RandomForestRegressor({ criterion: 'poisson' }).fit([[1], [2]], [0, 0]), "RandomForestRegressor: y must have a positive value for criterion 'poisson', got only zeros. Use 'squaredError'."],
  ])('%s is refused', async (_, work, message) => {
    await expect(work()).rejects.toThrow(new Error(message));
  });

  test('a forest too small for out-of-bag predictions of every row says so', async () => {
    const model = await new RandomForestClassifier({ nEstimators: 1, oobScore: true }).fit(X, wine.y);
    const { notes, oobDecisionFunction } = model.fitted;
    const without = oobDecisionFunction!.toArray().filter((row) => row.every((share) => share === 0)).length;
    expect(notes).toEqual([`RandomForestClassifier: every tree has drawn ${without} of the rows, which have no out-of-bag prediction. Use more trees.`]);
  });
});
