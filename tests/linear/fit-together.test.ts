import type { LogisticRegressionOptions } from '../../src/linear/logistic-regression.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { dataSets } from './data-sets.ts';

/** Rows with words of their own, of which some columns have one entry and some none. */
const X = CsrMatrix.from(
  Array.from({ length: 40 }, (_, i) => Array.from({ length: 90 }, (__, j) => (j < 8 ? (i * (j + 3)) % 4 : j === 8 + 2 * i ? 1 + (i % 3) : j === 9 + i ? 2 : 0))),
);
/** A whole number that looks like chance. */
const scrambled = (i: number, j: number): number => Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(j + 1, 0x85ebca6b), 0xc2b2ae35) >>> 9;
/** Fewer rows than half the columns, however many of these have one entry. */
const wide = CsrMatrix.from(Array.from({ length: 40 }, (_, i) => Array.from({ length: 300 }, (__, j) => (scrambled(i, j) % 11 < 2 ? 1 + ((i + j) % 3) : 0))));
const y = Array.from({ length: 40 }, (_, i) => ((i * 7) % 11 < 5 ? 'ham' : 'spam'));
const settings: LogisticRegressionOptions[] = [
  { C: 0.01 },
  { C: 1 },
  { C: 100, tol: 1e-8 },
  { C: 1, fitIntercept: false },
  { C: 5, fitIntercept: false, maxIter: 3 },
  { C: 1, classWeight: 'balanced' },
  { C: 1, l1Ratio: 0.5 },
  { C: Infinity, maxIter: 20 },
  { C: 2, warmStart: true, maxIter: 4 },
];

describe.each([
  ['two classes', X, y],
  ['few rows', wide, y],
  ['few rows of three classes', wide, y.map((label, i) => (i % 3 === 0 ? 'other' : label))],
  ['three classes', X, y.map((label, i) => (i % 3 === 0 ? 'other' : label))],
  ['a dense matrix', X.toDense(), y],
] as const)('fitted together on %s', (_, rows, labels) => {
  test.each([undefined, Array.from(y, (__, i) => 1 + (i % 4))])('models are to the bit what each is by itself (weights: %p)', async (sampleWeight) => {
    const peers = settings.map((options) => new LogisticRegression(options));
    await peers[0].fitTogether(peers, rows, labels, { sampleWeight });
    for (const [i, options] of settings.entries()) {
      const alone = await new LogisticRegression(options).fit(rows, labels, { sampleWeight });
      expect(peers[i].fitted).toStrictEqual(alone.fitted);
    }
  });
});

test('a column that stands for several gives each its coefficient', async () => {
  const sharp = { tol: 1e-10, maxIter: 5000, C: 2 };
  const sparse = await new LogisticRegression(sharp).fit(X, y);
  const dense = await new LogisticRegression(sharp).fit(X.toDense(), y);
  expect(sparse.fitted.coef).toBeAllClose(dense.fitted.coef, { relative: 1e-7, absolute: 1e-9 });
  // Columns without entries, and those of one row in proportion to their entries.
  const { data } = sparse.fitted.coef;
  expect(data[89]).toBe(0);
  expect(data[8 + 2 * 30]).not.toBe(0);
  expect(data[9 + 30]).toBeCloseTo(2 * data[8 + 2 * 30], 12);
});

test.each([1e-2, 1e-3, 1e-4])('stops where a minimiser over all columns stops: tol %d', async (tol) => {
  const { X: counts, y: labels } = dataSets.text;
  const sparse = await new LogisticRegression({ tol }).fit(counts, labels);
  const dense = await new LogisticRegression({ tol }).fit(counts.toDense(), labels);
  expect(sparse.fitted.iterations).toBe(dense.fitted.iterations);
  expect(sparse.fitted.coef).toBeAllClose(dense.fitted.coef, { relative: 1e-8, absolute: 1e-10 });
});

test.each([1e-2, 1e-4, 1e-8])('few rows stop where a minimiser over all columns stops: tol %d', async (tol) => {
  const three = y.map((label, i) => (i % 3 === 0 ? 'other' : label));
  for (const [labels, options, sampleWeight] of [
    [y, { C: 3 }],
    [y, { C: 0.01, fitIntercept: false }],
    [y, { C: 100 }, y.map((_, i) => i % 4)],
    [three, { C: 3 }],
    [three, { C: 0.01, fitIntercept: false }],
    [three, { C: 100 }, y.map((_, i) => i % 4)],
  ] as const) {
    const sparse = await new LogisticRegression({ ...options, tol }).fit(wide, labels, { sampleWeight });
    const dense = await new LogisticRegression({ ...options, tol }).fit(wide.toDense(), labels, { sampleWeight });
    expect([sparse.fitted.iterations, sparse.fitted.evaluations, sparse.fitted.converged]).toEqual([dense.fitted.iterations, dense.fitted.evaluations, dense.fitted.converged]);
    // Both ways are the same on paper; dozens of iterations with hardly a penalty magnify the last bit up to 1e-7.
    expect(sparse.fitted.coef).toBeAllClose(dense.fitted.coef, { relative: 1e-6, absolute: 1e-9 });
    expect(sparse.fitted.intercept).toBeAllClose(dense.fitted.intercept, { relative: 1e-6, absolute: 1e-9 });
    expect([sparse.fitted.objective]).toBeAllClose([dense.fitted.objective], { relative: 1e-9 });
  }
});

test('few rows of tiny numbers without a penalty: what rounding would spoil is fitted over all columns', async () => {
  const isThere = (i: number, j: number): boolean => scrambled(i, j) % 33 === 0 || (j < 10 && scrambled(j, i) % 3 > 0);
  const tiny = CsrMatrix.from(Array.from({ length: 60 }, (_, i) => Array.from({ length: 400 }, (__, j) => (isThere(i, j) ? (1 + ((i + j) % 3)) * 1e-6 : 0))));
  const labels = Array.from({ length: 60 }, (_, i) => scrambled(i, 1000) % 5 < 2);
  const { fitted } = await new LogisticRegression({ C: Infinity, tol: 1e-10, maxIter: 20_000 }).fit(tiny, labels);
  expect(fitted.converged).toBe(true);
  expect(fitted.objective).toBeLessThan(1e-7);
});
