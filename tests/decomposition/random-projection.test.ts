import fc from 'fast-check';
import { OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { GaussianRandomProjection } from '../../src/decomposition/gaussian-random-projection.ts';
import { johnsonLindenstraussMinDim } from '../../src/decomposition/johnson-lindenstrauss-min-dim.ts';
import { SparseRandomProjection } from '../../src/decomposition/sparse-random-projection.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { multiply } from '../../src/matrix/multiply.ts';
import { multiplySparse } from '../../src/matrix/multiply-sparse.ts';
import { pseudoInverse } from '../../src/matrix/pseudo-inverse.ts';
import '../to-be-all-close.ts';

const seeded = { seed: 6, numRuns: 40 };
const matrix = (rows: number, cols: number): fc.Arbitrary<DenseMatrix> =>
  fc.array(fc.integer({ min: -2, max: 2 }), { minLength: rows * cols, maxLength: rows * cols }).map((data) => new DenseMatrix(rows, cols, Float64Array.from(data)));
const random = new RandomState(4);
const X = new DenseMatrix(12, 300, random.standardNormal(3600));

const squaredDistance = (M: DenseMatrix, i: number, j: number): number => M.row(i).reduce((sum, value, c) => sum + (value - M.at(j, c)) ** 2, 0);

describe.each([
  ['GaussianRandomProjection', new GaussianRandomProjection({ nComponents: 250 })],
  ['SparseRandomProjection', new SparseRandomProjection({ nComponents: 250 })],
] as const)('%s', (_, projection) => {
  test('keeps squared distances to a few tenths', async () => {
    const projected = (await projection.fitTransform(X)).toDense();
    for (let i = 0; i < X.rows; i++) {
      // A ratio has a standard deviation of √(2/250), 0.09.
      for (let j = 0; j < i; j++) expect(Math.abs(squaredDistance(projected, i, j) / squaredDistance(X, i, j) - 1)).toBeLessThan(0.4);
    }
  });

  test('is linear, and is undone as far as it can be', async () => {
    const projected = (await projection.fitTransform(X)).toDense();
    const twice = (await projection.transform(new DenseMatrix(12, 300, X.data.map((value) => 2 * value)))).toDense();
    expect(twice.data).toBeAllClose(projected.data.map((value) => 2 * value), { relative: 1e-12, absolute: 1e-12 });
    expect((await projection.transform(await projection.inverseTransform(projected))).toDense()).toBeAllClose(projected, { absolute: 1e-10, relative: 1e-10 });
  });
});

test('a sparse X stays sparse in sparse directions, unless dense is asked for, with the same numbers', async () => {
  const options = { nComponents: 5, randomState: 2 };
  const sparse = CsrMatrix.fromDense(X);
  const kept = await new SparseRandomProjection(options).fitTransform(sparse);
  const dense = await new SparseRandomProjection({ ...options, denseOutput: true }).fitTransform(sparse);
  expect([kept.kind, dense.kind]).toEqual(['csr', 'dense']);
  expect(kept.toDense()).toEqual(dense);
  expect(await new SparseRandomProjection(options).fitTransform(X)).toBeAllClose(dense, { relative: 1e-12, absolute: 1e-12 });
});

test('a dimension that X does not allow is refused', async () => {
  const few = new DenseMatrix(10, 4);
  await expect(new GaussianRandomProjection().fit(few)).rejects.toThrow(
    new OptionError("GaussianRandomProjection: nComponents 'auto' must come to 1 to 4 columns, 10 rows and eps 0.1 make 1973. Give a number, or another eps."),
  );
  await expect(new SparseRandomProjection().fit(few.take([0]))).rejects.toThrow('1 rows and eps 0.1 make 0');
  expect(() => johnsonLindenstraussMinDim(0)).toThrow('johnsonLindenstraussMinDim: nSamples must be a number in [1, ∞), got 0.');
  expect(() => johnsonLindenstraussMinDim(5, { eps: 1 })).toThrow('johnsonLindenstraussMinDim: eps must be a number in (0, 1), got 1.');
});

test('a product of sparse matrices is that of dense ones', () => {
  const pairs = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([n, k, m]) => fc.tuple(matrix(n, k), matrix(k, m)));
  fc.assert(
    fc.property(pairs, ([A, B]) => {
      const product = multiplySparse(CsrMatrix.fromDense(A), CsrMatrix.fromDense(B));
      expect(product).toEqual(CsrMatrix.fromDense(multiply(A, B)));
    }),
    seeded,
  );
});

test('a pseudo-inverse keeps the four rules of Penrose, for dependent columns too', () => {
  const shapes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([n, m]) => matrix(n, m));
  fc.assert(
    fc.property(shapes, (A) => {
      const inverse = pseudoInverse(A);
      const left = multiply(A, inverse);
      const right = multiply(inverse, A);
      const close = { absolute: 1e-9, relative: 0 };
      expect(multiply(left, A)).toBeAllClose(A, close);
      expect(multiply(right, inverse)).toBeAllClose(inverse, close);
      expect(left.transpose()).toBeAllClose(left, close);
      expect(right.transpose()).toBeAllClose(right, close);
    }),
    seeded,
  );
});
