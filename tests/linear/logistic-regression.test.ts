import fc from 'fast-check';
import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import type { Label } from '../../src/core/labels.ts';
import { LogisticRegression, type LogisticRegressionOptions } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { fixture } from '../fixture.ts';
import { dataSets } from './data-sets.ts';

const cases = fixture('linear').cases.filter(({ call }) => call.startsWith('LogisticRegression'));
const isLasso = (options: LogisticRegressionOptions): boolean => (options.l1Ratio ?? 0) > 0;
const rowsOf = (X: Matrix, count: number): Matrix => X.take(Int32Array.from({ length: count }, (_, i) => i));

/** Options of a case, with what JSON cannot say put right: Infinity, and class weights by label that is not text. */
function optionsOf({ C, classWeight, ...options }: any): LogisticRegressionOptions {
  return {
    ...options,
    C: C === 'Infinity' ? Infinity : C,
    classWeight: Array.isArray(classWeight) ? new Map(classWeight) : classWeight,
  };
}

describe('LogisticRegression is scikit-learn’s', () => {
  test.each(cases)('$name', async ({ options, input, expected, tolerance }) => {
    const { X, y } = dataSets[input.data];
    const lasso = isLasso(options);
    const sampleWeight = input.sampleWeight ?? undefined;
    let model = new LogisticRegression({ ...optionsOf(options), ...(lasso ? { tol: 1e-11, maxIter: 500 } : {}) });
    await model.fit(X, y, { sampleWeight });
    if (input.again) {
      const { fitted } = model;
      model = model.with(input.again).restore(fitted);
      await model.fit(X, y, { sampleWeight });
    }
    const closeness = { relative: tolerance, absolute: tolerance };
    const { coef, intercept, iterations, converged, objective, classes } = model.fitted;
    const tested = rowsOf(X, expected.label.length);
    const decision = await model.decisionFunction(tested);
    if (!lasso) expect(iterations).toBe(expected.iterations);
    expect(converged).toBe(expected.converged);
    expect(classes).toEqual(expected.classes);
    expect([coef.rows, coef.cols]).toEqual([expected.coef.length, X.cols]);
    expect(coef).toBeAllClose(expected.coef, closeness);
    expect(intercept).toBeAllClose(expected.intercept, closeness);
    expect([objective]).toBeAllClose([expected.objective], { relative: 1e-8, absolute: 1e-12 });
    expect(decision).toBeAllClose(expected.decision, { relative: tolerance, absolute: 10 * tolerance });
    expect(await model.predictProba(tested)).toBeAllClose(expected.probability, { relative: 10 * tolerance, absolute: tolerance });
    expect(await model.predict(tested)).toEqual(expected.label);
  });
});

const SHARP = { tol: 1e-10, maxIter: 2000 };
const fit = async (X: Matrix, y: readonly Label[], options: LogisticRegressionOptions = {}, sampleWeight?: number[]): Promise<LogisticRegression> =>
  new LogisticRegression({ ...SHARP, ...options }).fit(X, y, { sampleWeight });

/** Rows of small whole numbers with labels among `classes`, each of which occurs. */
const problem = (classes: number) =>
  fc
    .array(fc.tuple(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 }), fc.nat(classes - 1), fc.integer({ min: 1, max: 3 })), {
      minLength: 12,
      maxLength: 20,
    })
    .map((rows) => ({
      X: DenseMatrix.from(rows.map(([x]) => x)),
      y: rows.map(([, label], i) => (i < classes ? i : label)),
      weights: rows.map(([, , weight]) => weight),
    }));

const close = { relative: 1e-6, absolute: 1e-6 };

describe.each([
  ['ridge', { l1Ratio: 0 }],
  ['lasso', { l1Ratio: 1 }],
  ['elastic net', { l1Ratio: 0.5 }],
])('%s', (_, penalty) => {
  const both = [problem(2), problem(3)];
  const check = async (seed: number, claim: (p: { X: DenseMatrix; y: number[]; weights: number[] }) => Promise<void>): Promise<void> => {
    for (const arbitrary of both) await fc.assert(fc.asyncProperty(arbitrary, claim), { seed, numRuns: 12 });
  };
  /** Where a lasso leaves classes a choice, probabilities are what must agree. */
  const same = async (a: LogisticRegression, b: LogisticRegression, X: Matrix): Promise<void> => {
    expect(a.fitted.converged && b.fitted.converged).toBe(true);
    expect(await a.predictProba(X)).toBeAllClose(await b.predictProba(X), close);
    expect([a.fitted.objective]).toBeAllClose([b.fitted.objective], { relative: 1e-9 });
  };

  test('twice the rows with half of C gives the same model', () =>
    check(1, async ({ X, y }) => {
      const twice = X.take([...y.keys(), ...y.keys()]);
      await same(await fit(X, y, { ...penalty, C: 1 }), await fit(twice, [...y, ...y], { ...penalty, C: 0.5 }), X);
    }));

  test('the order of rows does not matter', () =>
    check(2, async ({ X, y }) => {
      const back = [...y.keys()].reverse();
      await same(await fit(X, y, penalty), await fit(X.take(back), back.map((i) => y[i]), penalty), X);
    }));

  test('sparse equals dense', () =>
    check(3, async ({ X, y }) => {
      await same(await fit(X, y, penalty), await fit(CsrMatrix.fromDense(X), y, penalty), X);
    }));

  test('a weight of 2 is the row twice', () =>
    check(4, async ({ X, y, weights }) => {
      const repeated = weights.flatMap((weight, i) => Array<number>(weight).fill(i));
      await same(await fit(X, y, penalty, weights), await fit(X.take(repeated), repeated.map((i) => y[i]), penalty), X);
    }));

  test('class weights are row weights', () =>
    check(5, async ({ X, y }) => {
      const classWeight = new Map(y.map((label) => [label, label + 0.5]));
      await same(await fit(X, y, { ...penalty, classWeight }), await fit(X, y, penalty, y.map((label) => label + 0.5)), X);
    }));

  test('swapping two labels negates coefficients and intercept', async () => {
    await fc.assert(
      fc.asyncProperty(problem(2), async ({ X, y }) => {
        const model = await fit(X, y, penalty);
        const swapped = await fit(X, y.map((label) => 1 - label), penalty);
        expect(swapped.fitted.coef.data.map((v) => -v)).toBeAllClose(model.fitted.coef, close);
        expect(swapped.fitted.intercept.map((v) => -v)).toBeAllClose(model.fitted.intercept, close);
      }),
      { seed: 6, numRuns: 12 },
    );
  });

  test('no coefficient can be moved to a lower objective', () =>
    check(7, async ({ X, y }) => {
      const { coef, intercept } = (await fit(X, y, penalty)).fitted;
      const outputs = coef.rows;
      const gradient = new DenseMatrix(outputs, X.cols);
      const constant = new Float64Array(outputs);
      const proba = await new LogisticRegression().restore({ coef, intercept, classes: [...new Set(y)].sort(), nFeaturesIn: X.cols } as never).predictProba(X);
      for (let i = 0; i < X.rows; i++) {
        for (let k = 0; k < outputs; k++) {
          const c = outputs === 1 ? 1 : k;
          const residual = (proba.at(i, c) - (y[i] === c ? 1 : 0)) / X.rows;
          constant[k] += residual;
          for (let j = 0; j < X.cols; j++) gradient.data[k * X.cols + j] += residual * X.at(i, j);
        }
      }
      const strength = 1 / X.rows;
      // L-BFGS stops where the objective no longer falls in double precision, before gradients are this small.
      const gap = penalty.l1Ratio > 0 ? 1e-9 : 1e-6;
      for (let e = 0; e < coef.data.length; e++) {
        const w = coef.data[e];
        const slope = gradient.data[e] + strength * (1 - penalty.l1Ratio) * w;
        const lasso = strength * penalty.l1Ratio;
        if (w === 0) expect(Math.abs(slope)).toBeLessThanOrEqual(lasso + gap);
        else expect(Math.abs(slope + lasso * Math.sign(w))).toBeLessThan(gap);
      }
      for (const slope of constant) expect(Math.abs(slope)).toBeLessThan(gap);
    }));
});

describe('LogisticRegression', () => {
  const X = DenseMatrix.from([[0, 1], [1, 0], [2, 2], [3, 1]]);
  const y = ['spam', 'ham', 'spam', 'ham'];

  test('takes the first of two classes where the score is exactly 0', async () => {
    const model = await new LogisticRegression({ fitIntercept: false }).fit(X, y);
    expect(await model.predict([[0, 0]])).toEqual(['ham']);
    expect((await model.predictProba([[0, 0]])).toArray()).toEqual([[0.5, 0.5]]);
  });

  test('gives probabilities that sum to 1 and whose logarithms are predictLogProba', async () => {
    const { X: three, y: labels } = dataSets.three;
    const model = await new LogisticRegression().fit(three, labels);
    const proba = await model.predictProba(three);
    for (let i = 0; i < proba.rows; i++) expect(proba.row(i).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect((await model.predictLogProba(three)).data).toEqual(proba.data.map(Math.log));
  });

  test('keeps far scores apart from 0 and 1 as long as doubles can', async () => {
    const model = await new LogisticRegression().fit(X, y);
    const far = model.restore({ ...model.fitted, coef: DenseMatrix.from([[1, 0]]), intercept: Float64Array.of(0) });
    const proba = await far.predictProba([[-700, 0], [30, 0], [800, 0]]);
    expect(proba.at(0, 1)).toBeGreaterThan(0);
    expect(proba.at(1, 1)).toBeLessThan(1);
    expect(proba.row(2)).toEqual(Float64Array.of(0, 1));
  });

  test('leaves X, y and weights as they were', async () => {
    const { X: sparse, y: labels } = dataSets.countsTwo;
    const copy = (sparse as CsrMatrix).copy();
    const weights = Float64Array.from(labels, () => 2);
    for (const l1Ratio of [0, 1]) await new LogisticRegression({ l1Ratio, classWeight: 'balanced' }).fit(sparse, labels, { sampleWeight: weights });
    expect(sparse).toEqual(copy);
    expect(weights.every((w) => w === 2)).toBe(true);
  });

  test('a second fit equals the first', async () => {
    const { X: sparse, y: labels } = dataSets.countsFour;
    const model = await new LogisticRegression().fit(sparse, labels);
    const first = model.fitted;
    await model.fit(sparse, labels);
    expect(model.fitted).toEqual(first);
  });

  test('a warm start at the optimum has nothing to do', async () => {
    const { X: dense, y: labels } = dataSets.three;
    for (const l1Ratio of [0, 1]) {
      const model = new LogisticRegression({ warmStart: true, l1Ratio, tol: 1e-6, maxIter: 500 });
      await model.fit(dense, labels);
      await model.fit(dense, labels);
      expect(model.fitted.iterations).toBe(0);
      expect(model.fitted.converged).toBe(true);
    }
  });

  test('a lasso leaves exact zeros, more of them the smaller C is', async () => {
    const { X: sparse, y: labels } = dataSets.text;
    const zeros = [];
    for (const C of [0.02, 0.1, 1]) {
      const { coef, converged } = (await new LogisticRegression({ l1Ratio: 1, C }).fit(sparse, labels)).fitted;
      expect(converged).toBe(true);
      zeros.push(coef.data.filter((v) => v === 0).length);
    }
    expect(zeros[0]).toBeGreaterThan(zeros[1]);
    expect(zeros[1]).toBeGreaterThan(zeros[2]);
    expect(zeros[2]).toBeGreaterThan(2000);
  });

  test('a lasso strong enough leaves the intercept alone, at the log odds of the classes', async () => {
    const labels = ['a', 'a', 'a', 'b'];
    const { coef, intercept } = (await new LogisticRegression({ l1Ratio: 1, C: 0.01, tol: 1e-12 }).fit(X, labels)).fitted;
    expect([...coef.data]).toEqual([0, 0]);
    expect(intercept[0]).toBeCloseTo(Math.log(1 / 3), 12);
  });

  test('without a penalty the lasso’s share does not matter', async () => {
    const { X: dense, y: labels } = dataSets.two;
    const plain = await new LogisticRegression({ C: Infinity }).fit(dense, labels);
    const share = await new LogisticRegression({ C: Infinity, l1Ratio: 1 }).fit(dense, labels);
    expect(share.fitted).toEqual(plain.fitted);
  });

  test('a lasso that runs out of iterations keeps its model and says so', async () => {
    const { X: sparse, y: labels } = dataSets.countsTwo;
    const { converged, iterations } = (await new LogisticRegression({ l1Ratio: 1, maxIter: 1, tol: 1e-12 }).fit(sparse, labels)).fitted;
    expect([converged, iterations]).toEqual([false, 1]);
  });

  test.each<[string, object, string]>([
    ['C', { C: 0 }, 'C must be a number in (0, ∞]'],
    ['l1Ratio', { l1Ratio: 1.5 }, 'l1Ratio must be a number in [0, 1]'],
    ['maxIter', { maxIter: 0 }, 'maxIter must be a whole number in [1, ∞)'],
    ['tol', { tol: -1 }, 'tol must be a number in [0, ∞)'],
    ['classWeight', { classWeight: 'even' }, "classWeight must be 'balanced'"],
    ['a misspelt option', { maxItr: 5 }, 'Did you mean maxIter?'],
  ])('refuses a wrong value of %s', (_, options, message) => {
    expect(() => new LogisticRegression(options)).toThrow(OptionError);
    expect(() => new LogisticRegression(options)).toThrow(message);
  });

  test('refuses what it cannot learn from', async () => {
    const model = new LogisticRegression();
    await expect(model.fit(X, ['ham', 'ham', 'ham', 'ham'])).rejects.toThrow(DataError);
    await expect(model.fit(X, y.slice(1))).rejects.toThrow(ShapeError);
    await expect(model.fit([[1], [Number.NaN], [2], [3]], y)).rejects.toThrow('row 1 column 0 has NaN');
    await expect(model.fit(X, y, { sampleWeight: [1, 1, 1] })).rejects.toThrow('one weight per row');
    await expect(model.with({ classWeight: { ham: 0, spam: 0 } }).fit(X, y)).rejects.toThrow('must not be zero in every row');
    await expect(model.with({ classWeight: { eggs: 2 } }).fit(X, y)).rejects.toThrow(OptionError);
    await expect(model.decisionFunction(X)).rejects.toThrow(NotFittedError);
  });

  test('refuses other columns than it learned from', async () => {
    const model = await new LogisticRegression({ warmStart: true }).fit(X, y);
    await expect(model.predict([[1]])).rejects.toThrow('X has 1 columns, but 2 were seen in fit');
    await expect(model.fit([[1], [2]], ['ham', 'spam'])).rejects.toThrow('a warm start needs the 2 columns');
    await expect(model.fit(X, ['a', 'b', 'c', 'a'])).rejects.toThrow('2 classes of the fit before');
  });
});
