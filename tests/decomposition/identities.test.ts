import fc from 'fast-check';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { IncrementalPCA } from '../../src/decomposition/incremental-pca.ts';
import { LatentDirichletAllocation } from '../../src/decomposition/latent-dirichlet-allocation.ts';
import { NMF } from '../../src/decomposition/nmf.ts';
import { PCA, type PcaOptions } from '../../src/decomposition/pca.ts';
import { TruncatedSVD } from '../../src/decomposition/truncated-svd.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { multiply, multiplyTransposed } from '../../src/matrix/multiply.ts';
import '../to-be-all-close.ts';

const seeded = { seed: 4, numRuns: 40 };
/** Matrices of whole numbers: dependent and constant columns are common among them. */
const matrices = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, cols]) => fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }))
  .map((rows) => DenseMatrix.from(rows));
const identity = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_v, j) => (i === j ? 1 : 0)));
const random = new RandomState(2);
const X = new DenseMatrix(30, 5, random.standardNormal(150));
const counts = new DenseMatrix(20, 8, random.uniform(0, 3, 160).map(Math.floor));

const SOLVERS: PcaOptions[] = [{ svdSolver: 'full' }, { svdSolver: 'covarianceEigh' }, { svdSolver: 'randomized' }];

describe.each(SOLVERS)('PCA with %o', (options) => {
  test('has orthonormal components, falling variances, and restores X from all of them', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, async (M) => {
        const pca = new PCA(options);
        const scores = (await pca.fitTransform(M)) as DenseMatrix;
        const { components, explainedVariance, explainedVarianceRatio } = pca.fitted;
        expect(multiplyTransposed(components, components)).toBeAllClose(identity(components.rows), { absolute: 1e-10, relative: 0 });
        for (let k = 1; k < explainedVariance.length; k++) expect(explainedVariance[k]).toBeLessThanOrEqual(explainedVariance[k - 1] + 1e-12);
        const sum = explainedVarianceRatio.reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - 1) < 1e-9 || sum === 0).toBe(true);
        expect(await pca.inverseTransform(scores)).toBeAllClose(M, { absolute: 1e-6, relative: 0 });
        // Scores have the variances that the components say, and no covariance.
        expect(scores.rows).toBe(M.rows);
        for (let k = 0; k < scores.cols; k++) {
          const column = scores.col(k);
          const mean = column.reduce((a, b) => a + b, 0) / column.length;
          const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / (column.length - 1);
          expect(mean).toBeCloseTo(0, 8);
          expect(variance).toBeCloseTo(explainedVariance[k], 8);
        }
      }),
      seeded,
    );
  });

  test('shifts nothing but the mean when X is shifted, and turns nothing when rows change places', async () => {
    const pca = await new PCA({ ...options, nComponents: 2 }).fit(X);
    const shifted = await new PCA({ ...options, nComponents: 2 }).fit(new DenseMatrix(30, 5, X.data.map((v) => v + 7)));
    expect(shifted.fitted.components).toBeAllClose(pca.fitted.components, { absolute: 1e-9 });
    expect(shifted.fitted.mean).toBeAllClose(pca.fitted.mean.map((v) => v + 7), { absolute: 1e-12 });
    const mixed = await new PCA({ ...options, nComponents: 2 }).fit(X.take([...new RandomState(1).permutation(30)]));
    expect(mixed.fitted.components).toBeAllClose(pca.fitted.components, { absolute: 1e-9 });
  });
});

describe('PCA', () => {
  test('whitens to variance one, and takes that back', async () => {
    const pca = new PCA({ whiten: true });
    const scores = (await pca.fitTransform(X)) as DenseMatrix;
    expect(multiply(scores.transpose(), scores).toArray().map((row) => row.map((v) => v / 29))).toBeAllClose(identity(5), { absolute: 1e-10 });
    expect(await pca.inverseTransform(scores)).toBeAllClose(X, { absolute: 1e-10 });
  });

  test('keeps more of the variance the more components it keeps, and enough for a share', async () => {
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const { explainedVarianceRatio } = (await new PCA({ nComponents: share }).fit(X)).fitted;
      const sum = explainedVarianceRatio.reduce((a, b) => a + b, 0);
      expect(sum).toBeGreaterThan(share);
      expect(sum - explainedVarianceRatio[explainedVarianceRatio.length - 1]).toBeLessThanOrEqual(share);
    }
  });

  test('finds the same for sparse as for dense rows', async () => {
    for (const svdSolver of ['arpack', 'covarianceEigh'] as const) {
      const dense = await new PCA({ nComponents: 3, svdSolver }).fit(counts);
      const sparse = await new PCA({ nComponents: 3, svdSolver }).fit(CsrMatrix.fromDense(counts));
      expect(sparse.fitted.components).toBeAllClose(dense.fitted.components, { absolute: 1e-9 });
      expect(await sparse.transform(CsrMatrix.fromDense(counts))).toBeAllClose(await dense.transform(counts), { absolute: 1e-9 });
    }
  });

  test('has a likelihood that integrates the model: more variance along a row makes it likelier', async () => {
    const pca = await new PCA({ nComponents: 2 }).fit(X);
    const [far, near] = await pca.scoreSamples([[9, 9, 9, 9, 9], Array.from(pca.fitted.mean)]);
    expect(near).toBeGreaterThan(far);
    expect(await pca.score(X)).toBeCloseTo((await pca.scoreSamples(X)).reduce((a, b) => a + b, 0) / 30, 10);
  });

  test('refuses what it cannot do', async () => {
    await expect(new PCA().fit([[1, 2]])).rejects.toThrow(new DataError('PCA: X must have at least 2 rows, got 1. One row has no variance.'));
    await expect(new PCA({ nComponents: 6, svdSolver: 'full' }).fit(X)).rejects.toThrow(
      new OptionError("PCA: nComponents must be at most 5 for 30 × 5 and svdSolver 'full', got 6."),
    );
    await expect(new PCA({ nComponents: 5, svdSolver: 'arpack' }).fit(X)).rejects.toThrow('nComponents must be at most 4');
    await expect(new PCA({ nComponents: 0.5, svdSolver: 'randomized' }).fit(X)).rejects.toThrow("nComponents must be a whole number (1 to 5) with svdSolver 'randomized', got 0.5.");
    await expect(new PCA({ nComponents: 'mle' }).fit(X.take([0, 1, 2]))).rejects.toThrow("nComponents 'mle' must have at least as many rows as columns, got 3 and 5.");
    await expect(new PCA({ svdSolver: 'full' }).fit(CsrMatrix.fromDense(counts))).rejects.toThrow("svdSolver must be 'arpack', 'covarianceEigh' or 'auto' for sparse X, got 'full'.");
    const pca = await new PCA({ nComponents: 2 }).fit(X);
    await expect(pca.inverseTransform([[1, 2, 3]])).rejects.toThrow(ShapeError);
    await expect((await new PCA().fit(X.take([0, 1, 2]))).scoreSamples(X)).rejects.toThrow('X must vary in every direction for a likelihood');
    expect(() => new PCA({ nComponents: 0 })).toThrow("PCA: nComponents must be a whole number of at least 1, a share in (0, 1), 'mle' or null, got 0.");
  });

  test('names its columns', async () => {
    expect((await new PCA({ nComponents: 2 }).fit(X)).featureNamesOut()).toEqual(['pca0', 'pca1']);
  });
});

describe('IncrementalPCA', () => {
  test('is PCA where all components are kept, in whatever batches rows come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 0, max: 1000 }), async (batchSize, seed) => {
        const random = new RandomState(seed);
        const X = new DenseMatrix(20, 4, random.standardNormal(80).map((value, p) => value * (1 + (p % 4)) + (p % 4)));
        const whole = (await new PCA({ svdSolver: 'full' }).fit(X)).fitted;
        const { fitted } = await new IncrementalPCA({ nComponents: 4, batchSize }).fit(X);
        expect(fitted.explainedVariance).toBeAllClose(whole.explainedVariance, { relative: 1e-9 });
        expect(fitted.components).toBeAllClose(whole.components, { relative: 1e-6, absolute: 1e-6 });
        expect(fitted.mean).toBeAllClose(whole.mean, { relative: 1e-12, absolute: 1e-12 });
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('learns the same from one call a batch, goes on where it was saved, and refuses what cannot be', async () => {
    const X = new DenseMatrix(20, 4, new RandomState(1).standardNormal(80));
    const rows = (start: number, end: number): DenseMatrix => X.take(Array.from({ length: end - start }, (_, i) => start + i));
    const whole = await new IncrementalPCA({ nComponents: 2, batchSize: 10 }).fit(X);
    const first = await new IncrementalPCA({ nComponents: 2 }).partialFit(rows(0, 10));
    const second = await new IncrementalPCA({ nComponents: 2 }).restore(first.fitted).partialFit(CsrMatrix.fromDense(rows(10, 20)));
    expect(second.fitted).toEqual(whole.fitted);
    await expect(new IncrementalPCA({ nComponents: 3 }).partialFit(rows(0, 2))).rejects.toThrow('IncrementalPCA: nComponents must be at most 2 for a first batch of 2 × 4, got 3.');
    await expect(new IncrementalPCA().partialFit(rows(0, 1))).rejects.toThrow('IncrementalPCA: the first batch must have at least 2 rows, got 1. One row has no variance.');
    await expect(whole.partialFit(rows(0, 0))).rejects.toThrow('IncrementalPCA: X must have at least 1 row, got 0.');
  });
});

describe('TruncatedSVD', () => {
  test('is X times orthonormal directions; nothing is nearer to X by their number, as Lanczos finds', async () => {
    const sparse = CsrMatrix.fromDense(counts);
    const near = async (algorithm: 'randomized' | 'arpack'): Promise<number> => {
      const model = new TruncatedSVD({ nComponents: 3, algorithm });
      const back = await model.inverseTransform(await model.fitTransform(sparse));
      expect(multiplyTransposed(model.fitted.components, model.fitted.components)).toBeAllClose(identity(3), { absolute: 1e-12 });
      return Math.hypot(...back.data.map((v, p) => v - counts.data[p]));
    };
    expect(await near('randomized')).toBeGreaterThanOrEqual((await near('arpack')) - 1e-12);
  });

  test('gives the same for the same seed and never fills what is sparse', async () => {
    const sparse = CsrMatrix.fromDense(counts);
    sparse.toDense = () => {
      throw new Error('filled');
    };
    const [a, b] = [await new TruncatedSVD({ randomState: 3 }).fitTransform(sparse), await new TruncatedSVD({ randomState: 3 }).fitTransform(sparse)];
    expect(a).toEqual(b);
  });

  test('refuses more components than there are', async () => {
    await expect(new TruncatedSVD({ nComponents: 9 }).fit(counts)).rejects.toThrow("TruncatedSVD: nComponents must be at most 8 for 20 × 8 and algorithm 'randomized', got 9.");
    await expect(new TruncatedSVD({ nComponents: 8, algorithm: 'arpack' }).fit(counts)).rejects.toThrow('nComponents must be at most 7');
  });
});

describe('NMF', () => {
  test('is never negative, and comes nearer the more rounds it makes', async () => {
    let before = Infinity;
    for (const maxIter of [1, 2, 5, 20, 100]) {
      const model = new NMF({ nComponents: 3, maxIter, tol: 0 });
      const W = (await model.fitTransform(counts)) as DenseMatrix;
      const { components, reconstructionErr } = model.fitted;
      expect([...W.data, ...components.data].every((v) => v >= 0)).toBe(true);
      const missed = Math.hypot(...multiply(W, components).data.map((v, p) => v - counts.data[p]));
      expect(reconstructionErr).toBeCloseTo(missed, 10);
      expect(missed).toBeLessThanOrEqual(before + 1e-12);
      before = missed;
    }
  });

  test('restores a product of non-negative factors', async () => {
    const W = new DenseMatrix(20, 2, random.uniform(0, 1, 40));
    const H = new DenseMatrix(2, 6, random.uniform(0, 1, 12));
    const { reconstructionErr } = (await new NMF({ nComponents: 2, maxIter: 5000, tol: 1e-10 }).fit(multiply(W, H))).fitted;
    expect(reconstructionErr).toBeLessThan(1e-3);
  });

  test('does the same to sparse as to dense rows, with the same error', async () => {
    const dense = await new NMF({ nComponents: 3 }).fit(counts);
    const sparse = await new NMF({ nComponents: 3 }).fit(CsrMatrix.fromDense(counts));
    expect(sparse.fitted.components).toBeAllClose(dense.fitted.components, { absolute: 1e-8 });
    expect(sparse.fitted.reconstructionErr).toBeCloseTo(dense.fitted.reconstructionErr, 8);
  });

  test('says whether it converged', async () => {
    expect((await new NMF({ nComponents: 3, maxIter: 1 }).fit(counts)).fitted).toMatchObject({ converged: false, iterations: 1 });
    expect((await new NMF({ nComponents: 1, init: 'random', maxIter: 500 }).fit(counts)).fitted.converged).toBe(true);
  });

  test('refuses negative numbers and factors that do not fit', async () => {
    await expect(new NMF().fit([[1, -2], [0, 1]])).rejects.toThrow(new DataError('NMF: X must not hold negative numbers, got -2. Scale it to [0, 1], or use PCA.'));
    const [W, H] = [new DenseMatrix(20, 2), DenseMatrix.from([[1, 1, 1, 1, 1, 1, 1, 1], [1, 0, 0, 0, 0, 0, 0, 0]])];
    await expect(new NMF({ init: { W, H } }).fit(counts)).rejects.toThrow('NMF: init.W must not be zero everywhere.');
    await expect(new NMF({ init: { W: H, H } }).fit(counts)).rejects.toThrow(new ShapeError('NMF: init.W must be 20 × 2, got 2 × 8.'));
    await expect(new NMF({ nComponents: 9, init: 'nndsvd' }).fit(counts)).rejects.toThrow("NMF: nComponents must be at most 8 with init 'nndsvd', got 9. Use init: 'random'.");
    const fitted = await new NMF({ nComponents: 2 }).fit(counts);
    await expect(fitted.transform(new DenseMatrix(1, 8, Float64Array.of(0, 0, -1, 0, 0, 0, 0, 0)))).rejects.toThrow('must not hold negative numbers');
  });
});

describe('LatentDirichletAllocation', () => {
  /** Documents of words 0 to 3 and documents of words 4 to 7, in turn. */
  const apart = DenseMatrix.from(Array.from({ length: 30 }, (_, i) => Array.from({ length: 8 }, (_v, j) => (Math.floor(j / 4) === i % 2 ? 1 + ((i * (j + 3)) % 4) : 0))));

  test('tells apart documents that share no words', async () => {
    const model = new LatentDirichletAllocation({ nComponents: 2, randomState: 1, maxIter: 30 });
    const shares = (await model.fitTransform(apart)) as DenseMatrix;
    const first = shares.at(0, 0) > 0.5 ? 0 : 1;
    for (let i = 0; i < 30; i++) {
      expect(shares.at(i, 0) + shares.at(i, 1)).toBeCloseTo(1, 12);
      // All but what the prior, half a word for each topic, keeps of a document of four words and more.
      expect(shares.at(i, i % 2 === 0 ? first : 1 - first)).toBeGreaterThan(0.85);
    }
  });

  test('its perplexity is exp(−bound per word), that of fit the one of the rows in fit', async () => {
    const model = await new LatentDirichletAllocation({ nComponents: 3, randomState: 1 }).fit(counts);
    const words = counts.data.reduce((sum, count) => sum + count, 0);
    expect(await model.perplexity(counts)).toBe(model.fitted.bound);
    expect(Math.exp(-(await model.score(counts)) / words)).toBeCloseTo(model.fitted.bound, 10);
  });

  test('rows without a word have no perplexity, but shares of topics and a bound', async () => {
    const none = new DenseMatrix(3, counts.cols);
    const model = await new LatentDirichletAllocation({ nComponents: 2, randomState: 1, evaluateEvery: 1, maxIter: 3 }).fit(none);
    expect(model.fitted).toMatchObject({ bound: Number.NaN, iterations: 3, converged: false });
    expect((await model.transform(none)).data).toEqual(new Float64Array(6).fill(0.5));
    expect(await model.score(none)).toBe(0);
    await model.fit(counts);
    expect(await model.perplexity(none)).toBe(Number.NaN);
    expect(await model.score(none)).toBeLessThan(0);
  });

  test('gives every topic what no row tells: the prior', async () => {
    const unseen = DenseMatrix.from(apart.toArray().map((row) => [...row, 0]));
    const { components } = (await new LatentDirichletAllocation({ nComponents: 2, topicWordPrior: 0.3 }).fit(unseen)).fitted;
    expect([components.at(0, 8), components.at(1, 8)]).toEqual([0.3, 0.3]);
    expect(components.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(apart.data.reduce((sum, value) => sum + value, 0) + 2 * 9 * 0.3, 6);
  });

  test('refuses negative numbers', async () => {
    await expect(new LatentDirichletAllocation().fit(DenseMatrix.from([[1, -2]]))).rejects.toThrow(
      new DataError('LatentDirichletAllocation: X must hold counts of at least 0, got -2. Use CountVectorizer before it.'),
    );
  });
});
