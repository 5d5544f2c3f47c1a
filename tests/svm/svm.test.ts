import fc from 'fast-check';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import type { Label } from '../../src/core/labels.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { canPredict, isClassifier } from '../../src/model-selection/model.ts';
import { LinearSVC, type LinearSVCOptions } from '../../src/svm/linear-svc.ts';
import { LinearSVR } from '../../src/svm/linear-svr.ts';
import { SVC, type SVCOptions } from '../../src/svm/svc.ts';
import { SVR } from '../../src/svm/svr.ts';
import { dataSets, gramOf } from './data-sets.ts';

/** Rows of two small numbers with one of two sides, both of which occur, and a weight. */
const problem = fc
  .array(fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), fc.boolean(), fc.integer({ min: 1, max: 3 })), {
    minLength: 8,
    maxLength: 24,
  })
  .map((rows) => ({
    X: DenseMatrix.from(rows.map(([a, b]) => [a, b])),
    y: rows.map(([, , side], i) => (i < 2 ? i === 0 : side)),
    target: Float64Array.from(rows, ([a, b, side]) => a - b * b + (side ? 0.5 : 0)),
    weights: rows.map(([, , , weight]) => weight),
  }));
const runs = { seed: 9, numRuns: 25 };
const sharp = { tol: 1e-6 };
const kernels: readonly [string, SVCOptions][] = [
  ['linear', { kernel: 'linear' }],
  ['rbf', { gamma: 0.7 }],
  ['poly', { kernel: 'poly', degree: 2, gamma: 0.5, coef0: 1 }],
];
const values = async (model: { decisionFunction(X: DenseMatrix): Promise<Float64Array | DenseMatrix> }, X: DenseMatrix): Promise<Float64Array> =>
  (await model.decisionFunction(X)) as Float64Array;
const repeated = (weights: number[]): number[] => weights.flatMap((weight, i) => new Array<number>(weight).fill(i));

describe.each(kernels)('SVC with the %s kernel', (_, kernel) => {
  test('meets the conditions of the optimum', () =>
    fc.assert(
      fc.asyncProperty(problem, fc.constantFrom(0.1, 1, 10), async ({ X, y, weights }, C) => {
        const model = await new SVC({ ...kernel, ...sharp, C }).fit(X, y, { sampleWeight: weights });
        const { support, dualCoef, nSupport } = model.fitted;
        const decisions = await values(model, X);
        const alpha = new Float64Array(X.rows);
        support.forEach((row, s) => (alpha[row] = Math.abs(dualCoef.data[s])));
        expect(dualCoef.data.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 8);
        expect([...nSupport]).toEqual([false, true].map((side) => [...support].filter((row) => y[row] === side).length));
        for (let i = 0; i < X.rows; i++) {
          const margin = (y[i] ? 1 : -1) * decisions[i];
          const bound = C * weights[i];
          expect(alpha[i]).toBeLessThanOrEqual(bound);
          // Kernel values are of single precision.
          if (alpha[i] < bound) expect(margin).toBeGreaterThan(1 - 1e-4);
          if (alpha[i] > 0) expect(margin).toBeLessThan(1 + 1e-4);
        }
      }),
      runs,
    ));

  test('gives the same whatever the order of the rows', () =>
    fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        const reversed = Array.from({ length: X.rows }, (__, i) => X.rows - 1 - i);
        const one = await values(await new SVC({ ...kernel, ...sharp }).fit(X, y), X);
        const other = await values(await new SVC({ ...kernel, ...sharp }).fit(X.take(reversed), reversed.map((i) => y[i])), X);
        // Flat optima leave some room.
        expect(other).toBeAllClose(one, { absolute: 1e-3, relative: 1e-3 });
      }),
      runs,
    ));

  test('takes a weight for as many rows', () =>
    fc.assert(
      fc.asyncProperty(problem, async ({ X, y, weights }) => {
        const rows = repeated(weights);
        const weighted = await values(await new SVC({ ...kernel, ...sharp }).fit(X, y, { sampleWeight: weights }), X);
        const duplicated = await values(await new SVC({ ...kernel, ...sharp }).fit(X.take(rows), rows.map((i) => y[i])), X);
        expect(weighted).toBeAllClose(duplicated, { absolute: 1e-3, relative: 1e-3 });
      }),
      runs,
    ));
});

test('SVC gives the same bits with and without the compiled kernels', async () => {
  const { X, y } = dataSets.ring;
  const fit = async (): Promise<SVC> => new SVC({ C: 50 }).fit(X, y);
  const compiled = await fit();
  let twin: Promise<SVC> | undefined;
  // fit runs to its end before it first yields.
  withoutKernels(() => (twin = fit()));
  expect((await twin!).fitted).toEqual(compiled.fitted);
});

test('SVC leaves out the rows of weight 0 and counts support vectors by the rows that were given', async () => {
  const { X, y } = dataSets.two;
  const sampleWeight = y.map((_, i) => (i % 3 === 0 ? 0 : 1));
  const kept = [...y.keys()].filter((i) => sampleWeight[i] > 0);
  const weighted = await new SVC({ gamma: 0.2 }).fit(X, y, { sampleWeight });
  const alone = await new SVC({ gamma: 0.2 }).fit(X.take(kept), kept.map((i) => y[i]));
  expect([...weighted.fitted.support]).toEqual([...alone.fitted.support].map((row) => kept[row]));
  expect(weighted.fitted.supportVectors).toEqual(alone.fitted.supportVectors);
  expect(weighted.fitted.supportVectors).toEqual(X.take(weighted.fitted.support));
});

test('SVC does with a given kernel what it does with its own', async () => {
  const { X, y } = dataSets.three;
  const gram = gramOf(X);
  const own = await new SVC({ kernel: 'poly', degree: 2, gamma: 1, coef0: 1, C: 0.1 }).fit(X, y);
  const given = await new SVC({ kernel: 'precomputed', C: 0.1 }).fit(gram, y);
  expect(given.fitted.supportVectors.rows).toBe(0);
  expect(given.fitted.coef).toBeNull();
  expect(await given.decisionFunction(gram)).toBeAllClose(await own.decisionFunction(X), { absolute: 1e-3 });
  expect(await given.predict(gram.take([3, 7]))).toEqual(await own.predict(X.take([3, 7])));
});

test('SVC has probabilities only where it was asked for them', async () => {
  const { X, y } = dataSets.three;
  const without = await new SVC().fit(X, y);
  expect([without.predictProba, without.predictLogProba]).toEqual([undefined, undefined]);
  expect([canPredict(without, 'predictProba'), canPredict(without, 'decisionFunction'), isClassifier(without)]).toEqual([false, true, true]);
  const fitted = await new SVC({ probability: true }).fit(X, y);
  const proba = await fitted.predictProba!(X);
  for (let i = 0; i < X.rows; i++) expect(proba.row(i).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect((await fitted.predictLogProba!(X)).data).toEqual(proba.data.map(Math.log));
  const { classes } = fitted.fitted;
  const hits = [...y.keys()].filter((i) => classes[proba.row(i).indexOf(Math.max(...proba.row(i)))] === y[i]).length;
  expect(hits / y.length).toBeGreaterThan(0.7);
});

test('SVC separates a ring that no line separates, and says when it stopped early', async () => {
  const { X, y } = dataSets.ring;
  expect(await (await new SVC().fit(X, y)).score(X, y)).toBeGreaterThan(0.75);
  expect(await (await new SVC({ kernel: 'linear' }).fit(X, y)).score(X, y)).toBeLessThan(0.7);
  expect((await new SVC().fit(X, y)).fitted.converged).toBe(true);
  expect((await new SVC({ maxIter: 3 }).fit(X, y)).fitted).toMatchObject({ converged: false, iterations: Int32Array.of(3) });
});

test('SVR keeps rows without support within the tube, and those at their bound outside it', () =>
  fc.assert(
    fc.asyncProperty(problem, fc.constantFrom(0.5, 20), async ({ X, target, weights }, C) => {
      const model = await new SVR({ C, epsilon: 0.2, gamma: 0.5, ...sharp }).fit(X, target, { sampleWeight: weights });
      const { support, dualCoef } = model.fitted;
      const predicted = await model.predict(X);
      const beta = new Float64Array(X.rows);
      support.forEach((row, s) => (beta[row] = dualCoef.data[s]));
      expect(dualCoef.data.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 8);
      for (let i = 0; i < X.rows; i++) {
        const error = target[i] - predicted[i];
        const bound = C * weights[i];
        expect(Math.abs(beta[i])).toBeLessThanOrEqual(bound);
        if (Math.abs(beta[i]) < bound) expect(Math.abs(error)).toBeLessThan(0.2 + 1e-4);
        if (beta[i] !== 0) expect(Math.sign(beta[i]) * error).toBeGreaterThan(0.2 - 1e-4);
      }
    }),
    runs,
  ));

const linears: readonly [string, LinearSVCOptions][] = [
  ['squared hinge', { dual: true }],
  ['hinge', { dual: true, loss: 'hinge' }],
  ['lasso', { penalty: 'l1' }],
  ['primal', { dual: false }],
];

describe.each(linears)('LinearSVC, %s', (_, options) => {
  const exact = { ...options, tol: 1e-9, maxIter: 100_000, C: 0.3 };

  test('takes a weight for as many rows, in any order', () =>
    fc.assert(
      fc.asyncProperty(problem, async ({ X, y, weights }) => {
        const rows = repeated(weights).reverse();
        const weighted = await new LinearSVC(exact).fit(X, y, { sampleWeight: weights });
        const duplicated = await new LinearSVC({ ...exact, randomState: 5 }).fit(X.take(rows), rows.map((i) => y[i]));
        expect(await values(weighted, X)).toBeAllClose(await values(duplicated, X), { absolute: 1e-4, relative: 1e-4 });
      }),
      runs,
    ));

  test('negates its scores when the labels are swapped', () =>
    fc.assert(
      fc.asyncProperty(problem, async ({ X, y }) => {
        const one = await values(await new LinearSVC(exact).fit(X, y), X);
        const other = await values(await new LinearSVC(exact).fit(X, y.map((side) => !side)), X);
        expect(other).toBeAllClose(one.map((score) => -score), { absolute: 1e-4, relative: 1e-4 });
      }),
      runs,
    ));
});

test('LinearSVC reaches the same optimum in the dual and in the primal', () =>
  fc.assert(
    fc.asyncProperty(problem, async ({ X, y }) => {
      const fit = async (dual: boolean): Promise<LinearSVC> => new LinearSVC({ dual, tol: 1e-10, maxIter: 100_000 }).fit(X, y);
      const [one, other] = [(await fit(true)).fitted, (await fit(false)).fitted];
      expect(one.coef).toBeAllClose(other.coef, { absolute: 1e-5, relative: 1e-5 });
      expect(one.intercept).toBeAllClose(other.intercept, { absolute: 1e-5, relative: 1e-5 });
    }),
    runs,
  ));

test('LinearSVR reaches the same optimum in the dual and in the primal', () =>
  fc.assert(
    fc.asyncProperty(problem, async ({ X, target }) => {
      const options = { loss: 'squaredEpsilonInsensitive', epsilon: 0.1, tol: 1e-10, maxIter: 100_000 } as const;
      const one = await (await new LinearSVR({ ...options, dual: true }).fit(X, target)).predict(X);
      expect(await (await new LinearSVR({ ...options, dual: false }).fit(X, target)).predict(X)).toBeAllClose(one, { absolute: 1e-5, relative: 1e-5 });
    }),
    runs,
  ));

test('LinearSVC with the lasso has exact zeros', async () => {
  const { X, y } = dataSets.wide;
  const { coef } = (await new LinearSVC({ penalty: 'l1', C: 0.3 }).fit(X, y)).fitted;
  const zeros = coef.data.filter((w) => w === 0).length;
  expect(zeros).toBeGreaterThan(30);
  expect(zeros).toBeLessThan(60);
});

describe('refuses', () => {
  const { X, y } = dataSets.two;
  const refusal = async (work: Promise<unknown>): Promise<Error> => work.then(() => new Error('nothing was refused'), (error: Error) => error);

  test('losses that the penalty or the dual does not go with', async () => {
    const message = "LinearSVC: penalty 'l1' goes with loss 'squaredHinge' and dual false, got loss 'hinge' and dual auto.";
    expect(await refusal(new LinearSVC({ penalty: 'l1', loss: 'hinge' }).fit(X, y))).toEqual(new OptionError(message));
    expect(await refusal(new LinearSVC({ penalty: 'l1', dual: true }).fit(X, y))).toBeInstanceOf(OptionError);
    const inDual = "LinearSVC: loss 'hinge' is solved in the dual only, got dual false. Use dual: 'auto'.";
    expect(await refusal(new LinearSVC({ loss: 'hinge', dual: false }).fit(X, y))).toEqual(new OptionError(inDual));
    expect((await refusal(new LinearSVR({ dual: false }).fit(X, X.toDense().col(0)))).message).toMatch(/solved in the dual only/);
  });

  test('ties broken between pairs', async () => {
    const message = "SVC: breakTies goes with decisionFunctionShape 'ovr', got 'ovo'.";
    expect(await refusal(new SVC({ breakTies: true, decisionFunctionShape: 'ovo' }).fit(X, y))).toEqual(new OptionError(message));
  });

  test('a given kernel that is sparse or not square, in fit and later', async () => {
    const gram = gramOf(X);
    const sparse = new DataError('SVC: a precomputed kernel must be dense, got a sparse matrix. Use X.toDense().');
    expect(await refusal(new SVC({ kernel: 'precomputed' }).fit(CsrMatrix.fromDense(gram), y))).toEqual(sparse);
    const shape = new ShapeError(`SVC: a precomputed kernel must be rows × rows in fit, got 80 × 5.`);
    expect(await refusal(new SVC({ kernel: 'precomputed' }).fit(X, y))).toEqual(shape);
    const model = await new SVC({ kernel: 'precomputed' }).fit(gram, y);
    expect(await refusal(model.predict(X))).toEqual(new ShapeError('SVC: X has 5 columns, but 80 were seen in fit.'));
    expect(await refusal(model.predict(CsrMatrix.fromDense(gram)))).toEqual(sparse);
  });

  test.each([['SVC', SVC], ['LinearSVC', LinearSVC]] as const)('a class whose rows all weigh 0, in %s', async (name, Class) => {
    const sampleWeight = y.map((label: Label) => (label === 'no' ? 0 : 1));
    const message = `${name}: every class must have a row whose weight is above 0, got none of "no". Leave the class out.`;
    expect(await refusal(new Class().fit(X, y, { sampleWeight }))).toEqual(new DataError(message));
  });

  test('options out of range', () => {
    expect(() => new SVC({ gamma: 'big' as never })).toThrow("SVC: gamma must be 'scale', 'auto' or a number in [0, ∞), got \"big\".");
    expect(() => new SVC({ C: 0 })).toThrow('SVC: C must be a number in (0, ∞), got 0.');
    expect(() => new SVR({ maxIter: -2 })).toThrow('SVR: maxIter must be a whole number in [-1, ∞), got -2.');
    expect(() => new LinearSVC({ loss: 'squared_hinge' as never })).toThrow('LinearSVC: loss must be one of');
  });
});
