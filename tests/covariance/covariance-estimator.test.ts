import { EmpiricalCovariance } from '../../src/covariance/empirical-covariance.ts';
import { LedoitWolf } from '../../src/covariance/ledoit-wolf.ts';
import { OAS } from '../../src/covariance/oas.ts';
import { ShrunkCovariance } from '../../src/covariance/shrunk-covariance.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import '../to-be-all-close.ts';

const X = new DenseMatrix(50, 4, new RandomState(2).standardNormal(200));

test('squared distances from the mean sum to rows · columns for the rows in fit', async () => {
  const distances = await (await new EmpiricalCovariance().fit(X)).mahalanobis(X);
  expect(distances.reduce((a, b) => a + b, 0)).toBeCloseTo(200, 9);
});

test('shrinking by 0 changes nothing, by 1 leaves equal variances', async () => {
  const { covariance } = (await new EmpiricalCovariance().fit(X)).fitted;
  expect((await new ShrunkCovariance({ shrinkage: 0 }).fit(X)).fitted.covariance).toBeAllClose(covariance, { absolute: 0 });
  const mean = [0, 5, 10, 15].reduce((sum, p) => sum + covariance.data[p] / 4, 0);
  expect((await new ShrunkCovariance({ shrinkage: 1 }).fit(X)).fitted.covariance).toBeAllClose([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? mean : 0))), { absolute: 1e-14 });
});

test.each([LedoitWolf, OAS])('shrinks less the more rows there are', async (Class) => {
  const shrinkages: number[] = [];
  const stretched = new DenseMatrix(2000, 4, new RandomState(3).standardNormal(8000).map((value, p) => value * (1 + (p % 4))));
  for (const rows of [10, 100, 2000]) shrinkages.push((await new Class().fit(stretched.take(Array.from({ length: rows }, (_, i) => i)))).fitted.shrinkage);
  expect(shrinkages[0]).toBeGreaterThan(shrinkages[1]);
  expect(shrinkages[1]).toBeGreaterThan(shrinkages[2]);
});

test('a singular covariance has a pseudo-inverse and the score −∞', async () => {
  const twice = X.takeCols([0, 1, 0]);
  const model = await new EmpiricalCovariance().fit(twice);
  const plain = await new EmpiricalCovariance().fit(X.takeCols([0, 1]));
  expect(await model.mahalanobis(twice)).toBeAllClose(await plain.mahalanobis(X.takeCols([0, 1])), { relative: 1e-9 });
  expect(await model.score(twice)).toBe(-Infinity);
});

test('says what it cannot do', async () => {
  const model = await new EmpiricalCovariance().fit(X);
  await expect(new OAS().fit(CsrMatrix.fromDense(X))).rejects.toThrow('OAS: X must be dense, got a sparse matrix.');
  expect(() => model.errorNorm([[1]])).toThrow('EmpiricalCovariance: errorNorm must be given 4 × 4, got 1 × 1.');
  expect(() => model.errorNorm(X.take([0, 1, 2, 3]), { norm: 'nuclear' as never })).toThrow("EmpiricalCovariance: norm must be 'frobenius' or 'spectral', got nuclear.");
});
