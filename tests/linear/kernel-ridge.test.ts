import fc from 'fast-check';
import { KernelRidge } from '../../src/linear/kernel-ridge.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('kernel-ridge');

test.each(cases.map((c) => [c.name, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const matrix = (rows: number[][]): DenseMatrix | CsrMatrix => (input.sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows));
  const model = await new KernelRidge(options).fit(matrix(input.X), input.y, { sampleWeight: input.sampleWeight ?? undefined });
  expect(model.fitted.dualCoef).toBeAllClose(expected.dualCoef, close);
  expect(await model.predict(matrix(input.new))).toBeAllClose(expected.predicted, close);
});

const seeded = { seed: 5, numRuns: 40 };
const problems = fc
  .tuple(
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 36, maxLength: 36 }),
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 12, maxLength: 12 }),
  )
  .map(([data, y]) => ({ X: new DenseMatrix(12, 3, Float64Array.from(data, (value, p) => value + Math.sin(7 * p * p + p))), y: Float64Array.from(y) }));

test('a linear kernel is Ridge without intercept', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ X, y }) => {
      const dual = await (await new KernelRidge({ alpha: 0.7 }).fit(X, y)).predict(X);
      expect(dual).toBeAllClose(await (await new Ridge({ alpha: 0.7, fitIntercept: false }).fit(X, y)).predict(X), { relative: 1e-9, absolute: 1e-9 });
    }),
    seeded,
  );
});

test('sparse rows give what dense ones give, and either predicts the other', async () => {
  await fc.assert(
    fc.asyncProperty(problems, fc.constantFrom('rbf', 'laplacian', 'cosine', 'polynomial'), async ({ X, y }, kernel) => {
      const rows = new DenseMatrix(12, 3, X.data.map((value) => (Math.abs(value) < 1 ? 0 : value)));
      const dense = await new KernelRidge({ kernel }).fit(rows, y);
      const sparse = await new KernelRidge({ kernel }).fit(CsrMatrix.fromDense(rows), y);
      const expected = await dense.predict(rows);
      for (const [model, given] of [[sparse, rows], [sparse, CsrMatrix.fromDense(rows)], [dense, CsrMatrix.fromDense(rows)]] as const) {
        expect(await model.predict(given)).toBeAllClose(expected, { relative: 1e-10, absolute: 1e-10 });
      }
    }),
    seeded,
  );
});

test('as many rows as take several blocks meet the equations that define them', async () => {
  const X = new DenseMatrix(600, 3, Float64Array.from({ length: 1800 }, (_, p) => Math.sin(p * p)));
  const y = Float64Array.from({ length: 600 }, (_, i) => Math.cos(i));
  const model = await new KernelRidge({ kernel: 'rbf', gamma: 2, alpha: 0.5 }).fit(X, y);
  const predicted = await model.predict(X);
  expect(predicted.map((value, i) => value + 0.5 * model.fitted.dualCoef[i])).toBeAllClose(y, { absolute: 1e-10 });
});

test('refuses a precomputed kernel that is none', async () => {
  const model = new KernelRidge({ kernel: 'precomputed' });
  await expect(model.fit([[1, 2]], [1])).rejects.toThrow('KernelRidge: a precomputed kernel must be rows × rows in fit, got 1 × 2.');
  await expect(model.fit(CsrMatrix.from([[1]]), [1])).rejects.toThrow('KernelRidge: a precomputed kernel must be dense, got a sparse matrix. Use X.toDense().');
});
