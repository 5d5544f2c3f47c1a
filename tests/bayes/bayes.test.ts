import fc from 'fast-check';
import type { NaiveBayes } from '../../src/bayes/naive-bayes.ts';
import { BernoulliNB } from '../../src/bayes/bernoulli-nb.ts';
import { CategoricalNB } from '../../src/bayes/categorical-nb.ts';
import { ComplementNB } from '../../src/bayes/complement-nb.ts';
import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

const runs = { seed: 20, numRuns: 40 };

/** Rows of counts with labels; every class of the first `k` rows is there. */
interface Problem {
  X: number[][];
  y: string[];
}
const problem: fc.Arbitrary<Problem> = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 })).chain(([cols, classes]) =>
  fc
    .array(fc.tuple(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: cols, maxLength: cols }), fc.nat(classes - 1)), { minLength: 4, maxLength: 14 })
    .map((rows) => ({
      X: rows.map(([row]) => row),
      y: rows.map(([, code], i) => 'abc'[i < classes ? i : code]),
    })),
);

const discrete = [
  ['MultinomialNB', () => new MultinomialNB({ alpha: 0.5 })],
  ['ComplementNB', () => new ComplementNB()],
  ['BernoulliNB', () => new BernoulliNB()],
] as const satisfies readonly (readonly [string, () => NaiveBayes<any, any>])[];
const all = [...discrete, ['CategoricalNB', () => new CategoricalNB({ minCategories: 5 })], ['GaussianNB', () => new GaussianNB({ varSmoothing: 0.01 })]] as const;

describe.each(all)('%s', (name, make) => {
  test('gives probabilities that sum to 1, with logarithms to match', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        // A GaussianNB without any spread has no density, in scikit-learn neither.
        if (name === 'GaussianNB') X = X.map((row, i) => row.map((x) => x + i / 10));
        const model = await make().fit(X, y);
        const proba = await model.predictProba(X);
        for (const row of proba.toArray()) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        expect((await model.predictLogProba(X)).data.map(Math.exp)).toBeAllClose(proba.data);
        const predicted = await model.predict(X);
        proba.toArray().forEach((row, i) => {
          expect(row[model.fitted.classes.indexOf(predicted[i])]).toBeCloseTo(Math.max(...row), 12);
        });
      }),
      runs,
    );
  });

  test('does not care for the order of rows', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        if (name === 'GaussianNB') X = X.map((row, i) => row.map((x) => x + i / 10));
        const forward = await make().fit(X, y);
        const backward = await make().fit(X.toReversed(), y.toReversed());
        expect(await backward.predictLogProba(X)).toBeAllClose(await forward.predictLogProba(X), { relative: 1e-9, absolute: 1e-9 });
      }),
      runs,
    );
  });

  test('stays finite where a product of probabilities would be 0', async () => {
    const model = await make().fit([[3, 1], [1, 4], [2, 0], [0, 5]], ['a', 'b', 'a', 'b']);
    const proba = await model.predictProba([[40_000, 30_000]]);
    expect(proba.at(0, 0) + proba.at(0, 1)).toBeCloseTo(1, 12);
    expect((await model.predictLogProba([[40_000, 30_000]])).data.every((value) => !Number.isNaN(value))).toBe(true);
  });

  test('refuses what it cannot learn from', async () => {
    const model = make();
    await expect(model.predict([[1]])).rejects.toThrow(NotFittedError);
    await expect(model.fit([[1], [2]], ['a'])).rejects.toThrow(ShapeError);
    await expect(model.fit([[Number.NaN]], ['a'])).rejects.toThrow('row 0 column 0 has NaN');
    await expect(model.fit([[1]], undefined as never)).rejects.toThrow(DataError);
    await expect(model.fit([[1], [2]], ['a', 'b'], { sampleWeight: [0, 0] })).rejects.toThrow(DataError);
    await model.fit([[1, 2], [3, 4]], ['a', 'b']);
    await expect(model.predict([[1]])).rejects.toThrow(`${name}: X has 1 columns, but 2 were seen in fit.`);
  });

  test('learns batch by batch, told its classes first', async () => {
    const model = make();
    await expect(model.partialFit([[1]], ['a'])).rejects.toThrow('the first partialFit must be told all classes');
    await model.partialFit([[1, 2]], ['a'], { classes: ['b', 'a'] });
    expect(model.fitted.classes).toEqual(['a', 'b']);
    await expect(model.partialFit([[1, 2]], ['c'])).rejects.toThrow('labels must be among a, b, got "c"');
    await expect(model.partialFit([[1, 2]], ['a'], { classes: ['a'] })).rejects.toThrow('classes must stay "a", "b", got "a"');
    await expect(model.partialFit(new DenseMatrix(0, 2), [])).rejects.toThrow('at least 1 row');
    await expect(model.partialFit([[1, 2]], ['a', 'b'])).rejects.toThrow(ShapeError);
    const { fitted } = model;
    const counted = Array.from(fitted.classCount);
    await model.partialFit([[3, 1]], ['b']);
    expect(Array.from(fitted.classCount)).toEqual(counted);
    expect(Array.from(model.fitted.classCount)).toEqual([1, 1]);
  });
});

describe.each(discrete)('%s', (name, make) => {
  test('treats sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        const dense = await make().fit(X, y);
        const sparse = await make().fit(CsrMatrix.from(X), y);
        expect(sparse.fitted).toEqual(dense.fitted);
        expect(await sparse.predictJointLogProba(CsrMatrix.from(X))).toBeAllClose(await dense.predictJointLogProba(X));
      }),
      runs,
    );
  });

  test('takes a weight for as many rows', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.infiniteStream(fc.integer({ min: 1, max: 3 })), async ({ X, y }, stream) => {
        const sampleWeight = y.map(() => stream.next().value as number);
        const repeat = <T>(rows: T[]): T[] => rows.flatMap((row, i) => Array.from({ length: sampleWeight[i] }, () => row));
        const weighted = await make().fit(X, y, { sampleWeight });
        const duplicated = await make().fit(repeat(X), repeat(y));
        expect(weighted.fitted).toEqual(duplicated.fitted);
      }),
      runs,
    );
  });

  test('learns from batches as from all rows at once', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.integer({ min: 1, max: 3 }), async ({ X, y }, cut) => {
        const whole = await make().fit(X, y);
        const parts = make();
        await parts.partialFit(X.slice(0, cut), y.slice(0, cut), { classes: y });
        await parts.partialFit(X.slice(cut), y.slice(cut));
        expect(parts.fitted).toEqual(whole.fitted);
      }),
      runs,
    );
  });

  test('refuses an alpha or a prior of another length, or below 0', async () => {
    const Class = { MultinomialNB, ComplementNB, BernoulliNB }[name];
    const X = [[1, 2], [3, 4]];
    await expect(new Class({ alpha: [1] }).fit(X, [0, 1])).rejects.toThrow(`${name}: alpha must have one value per column of X (2), got 1.`);
    await expect(new Class({ classPrior: [1] }).fit(X, [0, 1])).rejects.toThrow(OptionError);
    expect(() => new Class({ alpha: -1 })).toThrow('alpha must be a number in [0, ∞) or one per column of X, got -1');
    expect(() => new Class({ alpha: [1, -1] })).toThrow(OptionError);
    expect(() => new Class({ classPrior: [0.5, Number.NaN] })).toThrow(OptionError);
  });
});

test.each([['MultinomialNB', MultinomialNB], ['ComplementNB', ComplementNB]] as const)('%s refuses negative counts and says where', async (name, Class) => {
  const message = `${name}: X must hold counts of at least 0, row 1 column 2 has -3. Use GaussianNB, or MinMaxScaler before it.`;
  const X = [[1, 0, 2], [0, 1, -3]];
  await expect(new Class().fit(X, ['a', 'b'])).rejects.toThrow(new DataError(message));
  await expect(new Class().fit(CsrMatrix.from(X), ['a', 'b'])).rejects.toThrow(message);
});

test('MultinomialNB counts a 0 as nothing where alpha is 0, dense as sparse', async () => {
  const X = [[2, 0, 1], [0, 3, 1]];
  const model = await new MultinomialNB({ alpha: 0 }).fit(X, ['a', 'b']);
  const dense = await model.predictProba(X);
  expect(dense.toArray()).toEqual([[1, 0], [0, 1]]);
  expect((await model.predictProba(CsrMatrix.from(X))).toArray()).toEqual(dense.toArray());
});

test('BernoulliNB smooths each feature by its own alpha', async () => {
  const X = [[1, 0], [1, 1], [0, 1]];
  const y = ['a', 'a', 'b'];
  const own = await new BernoulliNB({ alpha: [0.5, 2] }).fit(X, y);
  const half = await new BernoulliNB({ alpha: 0.5 }).fit(X, y);
  const two = await new BernoulliNB({ alpha: 2 }).fit(X, y);
  expect(own.fitted.featureLogProb.col(0)).toEqual(half.fitted.featureLogProb.col(0));
  expect(own.fitted.featureLogProb.col(1)).toEqual(two.fitted.featureLogProb.col(1));
});

describe('GaussianNB', () => {
  test('refuses a sparse matrix and says what to use', async () => {
    await expect(new GaussianNB().fit(CsrMatrix.from([[1], [2]]), ['a', 'b'])).rejects.toThrow(
      'GaussianNB: X must be dense, got a sparse matrix. Use MultinomialNB or ComplementNB, or X.toDense() where it fits in memory.',
    );
    const model = await new GaussianNB().fit([[1], [2], [3]], ['a', 'b', 'b']);
    await expect(model.predict(CsrMatrix.from([[1]]))).rejects.toThrow(DataError);
  });

  test('takes a weight for as many rows', async () => {
    const X = [[1, 5], [2, 3], [4, 4], [6, 1], [5, 2]];
    const y = ['a', 'a', 'b', 'b', 'b'];
    const sampleWeight = [2, 1, 3, 1, 2];
    const repeat = <T>(rows: T[]): T[] => rows.flatMap((row, i) => Array.from({ length: sampleWeight[i] }, () => row));
    const weighted = await new GaussianNB({ varSmoothing: 0 }).fit(X, y, { sampleWeight });
    const duplicated = await new GaussianNB({ varSmoothing: 0 }).fit(repeat(X), repeat(y));
    for (const part of ['classCount', 'classPrior', 'theta', 'var'] as const) {
      expect(weighted.fitted[part]).toBeAllClose(duplicated.fitted[part]);
    }
  });

  test('takes back in partialFit exactly the epsilon it had added', async () => {
    const X = [[1, 50], [2, 30], [4, -40], [600, 1], [5, 2], [3, 9]];
    const y = ['a', 'b', 'a', 'b', 'b', 'a'];
    const parts = new GaussianNB({ varSmoothing: 0.1 });
    await parts.partialFit(X.slice(0, 4), y.slice(0, 4), { classes: ['a', 'b'] });
    await parts.partialFit(X.slice(4), y.slice(4));
    const bare = await new GaussianNB({ varSmoothing: 0 }).fit(X, y);
    expect(parts.fitted.var.data.map((v) => v - parts.fitted.epsilon)).toBeAllClose(bare.fitted.var.data, { relative: 1e-9 });
  });

  test('refuses priors that are no distribution over the classes', async () => {
    expect(() => new GaussianNB({ priors: [0.5, 0.6] })).toThrow('priors must be a list of numbers in [0, 1] that sum to 1, or null');
    expect(() => new GaussianNB({ priors: [1.5, -0.5] })).toThrow(OptionError);
    await expect(new GaussianNB({ priors: [1] }).fit([[1], [2]], ['a', 'b'])).rejects.toThrow('priors must have one value per class (2), got 1');
  });
});

describe('CategoricalNB', () => {
  test('is BernoulliNB where columns hold two categories', async () => {
    await fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        const marks = X.map((row) => row.map((value) => value % 2));
        const categorical = await new CategoricalNB({ alpha: 0.5, minCategories: 2 }).fit(marks, y);
        expect(await categorical.predictProba(marks)).toBeAllClose(await (await new BernoulliNB({ alpha: 0.5 }).fit(marks, y)).predictProba(marks));
      }),
      runs,
    );
  });

  test('learns nothing of a class from a category that fit did not see', async () => {
    const model = await new CategoricalNB().fit([[0, 0], [0, 1], [1, 1]], ['a', 'a', 'b']);
    const alone = await new CategoricalNB().fit([[0], [0], [1]], ['a', 'a', 'b']);
    expect(await model.predictProba([[0, 2], [1, 1e6]])).toBeAllClose(await alone.predictProba([[0], [1]]));
  });

  test('refuses what is no category, and numbers of categories that are not one a column', async () => {
    await expect(new CategoricalNB().fit([[0, 1], [1, 0.5]], ['a', 'b'])).rejects.toThrow(
      'CategoricalNB: X must hold categories as whole numbers from 0, row 1 column 1 has 0.5. Put an OrdinalEncoder or a KBinsDiscretizer before it.',
    );
    await expect(new CategoricalNB({ minCategories: [2] }).fit([[0, 1], [1, 0]], ['a', 'b'])).rejects.toThrow('CategoricalNB: minCategories must have one value per column of X (2), got 1.');
  });
});
