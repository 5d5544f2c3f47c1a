import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { FastICA } from '../../src/decomposition/fast-ica.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { multiply, multiplyTransposed, transposedMultiply } from '../../src/matrix/multiply.ts';
import '../to-be-all-close.ts';

const random = new RandomState(3);
const n = 400;
/** A wave, a saw and a square one. */
const sources = DenseMatrix.from(Array.from({ length: n }, (_, i) => [Math.sin(i / 7), ((i % 23) - 11) / 6.6, Math.sign(Math.sin(i / 3.3))]));
const X = new DenseMatrix(n, 4, multiply(sources, new DenseMatrix(3, 4, random.uniform(-1, 1, 12))).data.map((value) => value + 5));

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

test.each(['logcosh', 'exp', 'cube'] as const)('finds the sources of a mixture by %s, together and one by one', async (fun) => {
  for (const algorithm of ['parallel', 'deflation'] as const) {
    const ica = new FastICA({ fun, algorithm, nComponents: 3, tol: 1e-8, maxIter: 1000 });
    const found = (await ica.fitTransform(X)) as DenseMatrix;
    for (let c = 0; c < 3; c++) {
      const likeness = [0, 1, 2].map((k) => Math.abs(correlation(sources.col(c), found.col(k))));
      expect(Math.max(...likeness)).toBeGreaterThan(0.99);
    }
    expect(ica.fitted.converged).toBe(true);
  }
});

test('makes sources without covariance, of variance 1, and mixes them again', async () => {
  const ica = new FastICA({ nComponents: 3 });
  const found = (await ica.fitTransform(X)) as DenseMatrix;
  const covariance = transposedMultiply(found, found).toArray().map((row) => row.map((value) => value / n));
  expect(covariance).toBeAllClose([[1, 0, 0], [0, 1, 0], [0, 0, 1]], { absolute: 1e-10, relative: 0 });
  expect(await ica.inverseTransform(found)).toBeAllClose(X, { absolute: 1e-9, relative: 0 });
  const { components, mixing } = ica.fitted;
  expect(multiply(components, mixing)).toBeAllClose([[1, 0, 0], [0, 1, 0], [0, 0, 1]], { absolute: 1e-10, relative: 0 });
});

test('leaves out directions without variance: four columns mixed of three sources have three', async () => {
  for (const whitenSolver of ['svd', 'eigh'] as const) {
    const ica = await new FastICA({ whitenSolver }).fit(X);
    expect(ica.fitted.components.rows).toBe(3);
    expect(ica.featureNamesOut()).toEqual(['fastica0', 'fastica1', 'fastica2']);
  }
});

test('does not mind units or offsets of the whole, nor whether X is sparse', async () => {
  const options = { nComponents: 2, randomState: 5 };
  const found = await new FastICA(options).fitTransform(X);
  const moved = await new FastICA(options).fitTransform(new DenseMatrix(n, 4, X.data.map((value) => 1e6 * value - 4)));
  expect(moved).toBeAllClose(found, { absolute: 1e-6, relative: 0 });
  expect(await new FastICA(options).fitTransform(CsrMatrix.fromDense(X))).toBeAllClose(found, { absolute: 1e-12, relative: 0 });
});

test('refuses what it cannot unmix', async () => {
  await expect(new FastICA().fit(X.take([0]))).rejects.toThrow(new DataError('FastICA: X must have at least 2 rows, got 1. One row is no mixture.'));
  await expect(new FastICA().fit(X.take([0, 0, 0]))).rejects.toThrow(new DataError('FastICA: X must vary in at least one column, all 4 are constant.'));
  await expect(new FastICA({ whiten: false }).fit(X.take([0, 1]))).rejects.toThrow(new ShapeError('FastICA: X must have as many rows as columns without whitening, got 2 and 4.'));
  await expect(new FastICA({ nComponents: 2, wInit: [[1, 2, 3]] }).fit(X)).rejects.toThrow(new ShapeError('FastICA: wInit must be 2 × 2, got 1 × 3.'));
  expect(() => new FastICA({ funArgs: { alpha: 3 } })).toThrow(OptionError);
  await expect((await new FastICA({ nComponents: 2 }).fit(X)).inverseTransform([[1, 2, 3]])).rejects.toThrow(ShapeError);
});

test('a start of orthonormal rows stays orthonormal', async () => {
  const { components } = (await new FastICA({ whiten: false, maxIter: 2 }).fit(multiplyTransposed(sources, sources.take([0, 5, 9])))).fitted;
  expect(multiplyTransposed(components, components)).toBeAllClose([[1, 0, 0], [0, 1, 0], [0, 0, 1]], { absolute: 1e-10, relative: 0 });
});
