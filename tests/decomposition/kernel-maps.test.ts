import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { KernelPCA } from '../../src/decomposition/kernel-pca.ts';
import { Nystroem } from '../../src/decomposition/nystroem.ts';
import { PCA } from '../../src/decomposition/pca.ts';
import { RBFSampler } from '../../src/decomposition/rbf-sampler.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { kernelMatrix } from '../../src/matrix/kernel-matrix.ts';
import { multiplyTransposed } from '../../src/matrix/multiply.ts';
import '../to-be-all-close.ts';

const random = new RandomState(5);
const X = new DenseMatrix(40, 3, random.normal(1, 1, 120));
const rbf = { kernel: 'rbf', gamma: 0.5, degree: 3, coef0: 1 } as const;

test('KernelPCA of products is PCA, up to signs', async () => {
  const scores = (await new PCA().fitTransform(X)).toArray();
  const kernelScores = (await new KernelPCA({ kernel: 'linear' }).fitTransform(X)).toDense().toArray();
  expect(kernelScores.map((row) => row.map(Math.abs))).toBeAllClose(scores.map((row) => row.map(Math.abs)), { absolute: 1e-9, relative: 0 });
});

test('all components of KernelPCA have the products of centred similarities', async () => {
  const scores = (await new KernelPCA({ kernel: 'rbf', gamma: 0.5 }).fitTransform(X)).toDense();
  const K = kernelMatrix(X, X, rbf).toArray();
  const mean = K.map((row) => row.reduce((a, b) => a + b, 0) / 40);
  const whole = mean.reduce((a, b) => a + b, 0) / 40;
  expect(multiplyTransposed(scores, scores)).toBeAllClose(K.map((row, i) => row.map((value, j) => value - mean[i] - mean[j] + whole)), { absolute: 1e-9, relative: 0 });
});

test('every solver finds the same components; a kernel that is given is the kernel', async () => {
  const options = { nComponents: 3, kernel: 'rbf', gamma: 0.5 } as const;
  const dense = await new KernelPCA({ ...options, eigenSolver: 'dense' }).fitTransform(X);
  expect(await new KernelPCA({ ...options, eigenSolver: 'arpack' }).fitTransform(X)).toBeAllClose(dense, { absolute: 1e-8, relative: 0 });
  expect(await new KernelPCA({ ...options, eigenSolver: 'randomized', iteratedPower: 20 }).fitTransform(X)).toBeAllClose(dense, { absolute: 1e-6, relative: 0 });
  expect(await new KernelPCA({ nComponents: 3, kernel: 'precomputed' }).fitTransform(kernelMatrix(X, X, rbf))).toBeAllClose(dense, { absolute: 1e-10, relative: 0 });
  expect(await new KernelPCA(options).fitTransform(CsrMatrix.fromDense(X))).toBeAllClose(dense, { absolute: 1e-8, relative: 0 });
});

test('inverseTransform of KernelPCA comes back to rows of fit where the penalty is small', async () => {
  const pca = new KernelPCA({ kernel: 'rbf', gamma: 0.5, fitInverseTransform: true, alpha: 1e-8 });
  expect(await pca.inverseTransform(await pca.fitTransform(X))).toBeAllClose(X, { absolute: 1e-4, relative: 0 });
});

test('Nystroem over all rows has the products of their similarities; RBFSampler nearly', async () => {
  const map = new Nystroem({ gamma: 0.5, nComponents: 40, randomState: 3 });
  const mapped = (await map.fitTransform(X)).toDense();
  const K = kernelMatrix(X, X, rbf);
  expect(multiplyTransposed(mapped, mapped)).toBeAllClose(K, { absolute: 1e-7, relative: 0 });
  expect(Array.from(map.fitted.componentIndices).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  const waves = (await new RBFSampler({ gamma: 0.5, nComponents: 20_000 }).fitTransform(X)).toDense();
  // A product has a standard deviation of at most 1/√20000, and there are 800 of them.
  expect(multiplyTransposed(waves, waves)).toBeAllClose(K, { absolute: 0.04, relative: 0 });
});

test('what no kernel can be made of is refused', async () => {
  const alike = X.take([0, 0, 0]);
  await expect(new KernelPCA().fit(alike)).rejects.toThrow(new DataError('KernelPCA: rows of X must differ, to the kernel all 3 are alike.'));
  await expect(new KernelPCA({ kernel: 'precomputed' }).fit(X)).rejects.toThrow(new ShapeError('KernelPCA: a precomputed kernel must be rows × rows in fit, got 40 × 3.'));
  await expect(new KernelPCA({ kernel: 'precomputed' }).fit([[0, 1], [1, 0]])).rejects.toThrow('KernelPCA: the kernel must have no negative eigenvalues, got -');
  await expect(new KernelPCA({ kernel: 'precomputed', fitInverseTransform: true }).fit(X)).rejects.toThrow(OptionError);
  await expect((await new KernelPCA({ nComponents: 1 }).fit(X)).inverseTransform([[1]])).rejects.toThrow(
    new NotFittedError('KernelPCA: inverseTransform must be learned in fit. Use fitInverseTransform: true.'),
  );
});
