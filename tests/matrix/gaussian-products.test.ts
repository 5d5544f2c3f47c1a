import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { covariance, shrinkCovariance } from '../../src/matrix/covariance.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { ledoitWolf } from '../../src/matrix/ledoit-wolf.ts';
import { multiply } from '../../src/matrix/multiply.ts';
import { normalizeLogs } from '../../src/matrix/normalize-logs.ts';
import { symmetricPseudoInverse } from '../../src/matrix/symmetric-pseudo-inverse.ts';
import { whitenedNorms } from '../../src/matrix/whitened-norms.ts';
import '../to-be-all-close.ts';

const normal = (rows: number, cols: number, seed: number): DenseMatrix => new DenseMatrix(rows, cols, new RandomState(seed).standardNormal(rows * cols));
const seeded = { seed: 2, numRuns: 30 };
const shapes = fc.record({ rows: fc.integer({ min: 1, max: 40 }), cols: fc.integer({ min: 1, max: 6 }), seed: fc.integer({ min: 0, max: 999 }) });

test('whitenedNorms are the squared lengths of rows less each mean, times each matrix, whatever their widths', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 4 }), ({ rows, cols, seed }, k) => {
      const X = normal(rows, cols, seed);
      const means = normal(k, cols, seed + 1);
      const W = Array.from({ length: k }, (_, c) => normal(cols, 1 + c, seed + c));
      const norms = whitenedNorms(X, means, W);
      for (let i = 0; i < rows; i++) {
        for (let c = 0; c < k; c++) {
          const gap = new DenseMatrix(1, cols, X.row(i).map((value, j) => value - means.at(c, j)));
          expect(norms.at(i, c)).toBeCloseTo(multiply(gap, W[c]).data.reduce((sum, value) => sum + value * value, 0), 8);
        }
      }
    }),
    seeded,
  );
});

test('symmetricPseudoInverse is A⁺: A·A⁺·A = A and A⁺·A·A⁺ = A⁺, of the rank of A', () => {
  fc.assert(
    fc.property(shapes, ({ rows, cols, seed }) => {
      const A = covariance(normal(rows + 1, cols, seed));
      const { inverse, rank, logDeterminant } = symmetricPseudoInverse(A);
      expect(rank).toBe(Math.min(rows, cols));
      expect(multiply(multiply(A, inverse), A)).toBeAllClose(A, { absolute: 1e-9 });
      const size = inverse.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      expect(multiply(multiply(inverse, A), inverse)).toBeAllClose(inverse, { absolute: 1e-8 * size });
      expect(Number.isFinite(logDeterminant)).toBe(rank === cols);
    }),
    seeded,
  );
});

test('normalizeLogs makes exponentials sum to 1, however large or small, and tells what it took off', () => {
  const logs = DenseMatrix.from([[1000, 1000], [-1000, -1001], [0, -Infinity]]);
  expect(normalizeLogs(logs)).toBeAllClose([1000 + Math.log(2), -1000 + Math.log1p(Math.exp(-1)), 0], { relative: 1e-15 });
  // What is taken off is rounded at its own size, as scikit-learn rounds it.
  for (let i = 0; i < 3; i++) expect(Math.exp(logs.at(i, 0)) + Math.exp(logs.at(i, 1))).toBeCloseTo(1, 12);
});

test('ledoitWolf keeps the mean variance, and shrinks by its formula', () => {
  const X = normal(12, 3, 5);
  const S = covariance(X);
  const mean = (S.at(0, 0) + S.at(1, 1) + S.at(2, 2)) / 3;
  const centre = [0, 1, 2].map((j) => X.col(j).reduce((a, b) => a + b, 0) / 12);
  let distance = 0;
  let error = 0;
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      distance += (S.at(a, b) - (a === b ? mean : 0)) ** 2;
      for (let i = 0; i < 12; i++) error += ((X.at(i, a) - centre[a]) * (X.at(i, b) - centre[b]) - S.at(a, b)) ** 2 / 144;
    }
  }
  const { covariance: shrunk, shrinkage } = ledoitWolf(X);
  expect(shrinkage).toBeCloseTo(Math.min(error, distance) / distance, 12);
  expect(shrunk).toBeAllClose(shrinkCovariance(S.copy(), shrinkage), { absolute: 1e-15 });
  expect(shrunk.at(0, 0) + shrunk.at(1, 1) + shrunk.at(2, 2)).toBeCloseTo(3 * mean, 12);
});
