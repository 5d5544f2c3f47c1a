import type { RandomState } from '../core/random-state.ts';
import { centredMap, withBlockMap } from '../matrix/block-map.ts';
import { centred } from '../matrix/centred.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { gram } from '../matrix/gram.ts';
import { lanczosSvd } from '../matrix/lanczos-svd.ts';
import { checkFinite, type Matrix } from '../matrix/matrix.ts';
import { randomizedTriplets, type PowerIterationNormalizer } from '../matrix/randomized-svd.ts';
import { svd } from '../matrix/svd.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { leadingEigen } from '../matrix/symmetric-eigen.ts';
import { minkaDimension } from './minka-dimension.ts';
import type { PcaFitted } from './pca-fitted.ts';

export type PcaSolver = 'full' | 'covarianceEigh' | 'arpack' | 'randomized';

interface SolverOptions {
  owner: string;
  tol: number;
  iteratedPower: number | 'auto';
  nOversamples: number;
  powerIterationNormalizer: PowerIterationNormalizer;
  random: RandomState;
}

/** Directions, or the first few of them, with the variances and singular values along all, by descending variance, and the variance of X. */
interface Spectrum {
  vt: DenseMatrix;
  variances: Float64Array;
  singular: Float64Array;
  total: number;
}

/**
 * Learns what PCA has learned, by a solver that suits X and nComponents.
 * @param scatter (X − 1·meanᵀ)ᵀ(X − 1·meanᵀ), on and below the diagonal, for 'covarianceEigh' and a dense X
 * @throws DataError for values that are not finite
 */
export function solvePca(X: Matrix, mean: Float64Array, solver: PcaSolver, nComponents: number | 'mle', options: SolverOptions, scatter?: DenseMatrix): Omit<PcaFitted, 'nFeaturesIn'> {
  // A sum that is a finite number has none but finite terms.
  if (!mean.every(Number.isFinite)) checkFinite(options.owner, X);
  const spectrum =
    solver === 'full'
      ? fullSpectrum(X.toDense(), mean)
      : solver === 'covarianceEigh'
        ? covarianceSpectrum(scatter ?? sparseScatter(X, mean), X.rows, nComponents)
        : truncatedSpectrum(X, mean, solver, nComponents as number, options);
  const { vt, variances, singular, total } = spectrum;
  svdFlip(vt);
  const ratios = sharesOf(variances, total);
  const k = countComponents(variances, nComponents, X.rows, total);
  const all = Math.min(X.rows, X.cols);
  let left = 0;
  if (variances.length >= all) for (let i = k; i < variances.length; i++) left += variances[i];
  else left = total - sum(variances.subarray(0, k));
  // The covariance has X.cols eigenvalues, beyond min(rows, cols) zeros; their mean is taken over all of them.
  const rest = Math.max(all, variances.length) - k;
  return {
    components: vt.take(Array.from({ length: k }, (_, i) => i)),
    explainedVariance: variances.slice(0, k),
    explainedVarianceRatio: ratios.slice(0, k),
    singularValues: singular.slice(0, k),
    mean,
    nComponents: k,
    noiseVariance: k < all ? left / rest : 0,
    nSamples: X.rows,
  };
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
const sharesOf = (variances: Float64Array, total: number): Float64Array => variances.map((v) => (total > 0 ? v / total : 0));

const isCount = (nComponents: number | 'mle'): nComponents is number => nComponents !== 'mle' && nComponents >= 1;

function countComponents(variances: Float64Array, nComponents: number | 'mle', rows: number, total = sum(variances)): number {
  if (nComponents === 'mle') return minkaDimension(variances, rows);
  if (nComponents >= 1) return nComponents;
  const ratios = sharesOf(variances, total);
  // The first k whose share is above nComponents, as numpy.searchsorted(…, side="right") + 1 finds it.
  let share = 0;
  let k = 0;
  while (k < ratios.length && (share += ratios[k]) <= nComponents) k++;
  return Math.min(k + 1, ratios.length);
}

function fullSpectrum(X: DenseMatrix, mean: Float64Array): Spectrum {
  const { singular, vt } = svd(centred(X, mean));
  const variances = singular.map((s) => s ** 2 / (X.rows - 1));
  return { vt, variances, singular, total: sum(variances) };
}

function sparseScatter(X: Matrix, mean: Float64Array): DenseMatrix {
  const { rows, cols } = X;
  const C = gram(X);
  for (let i = 0; i < cols; i++) for (let j = 0; j < cols; j++) C.data[i * cols + j] -= rows * mean[i] * mean[j];
  return C;
}

function covarianceSpectrum(scatter: DenseMatrix, rows: number, nComponents: number | 'mle'): Spectrum {
  // Rounding can make the smallest variances negative.
  const variancesOf = (values: Float64Array): Float64Array => values.map((v) => Math.max(v / (rows - 1), 0));
  const { values, vectors: vt } = leadingEigen(scatter, isCount(nComponents) ? nComponents : (all) => countComponents(variancesOf(all), nComponents, rows));
  const variances = variancesOf(values);
  return { vt, variances, singular: variances.map((v) => Math.sqrt(v * (rows - 1))), total: sum(variances) };
}

function truncatedSpectrum(X: Matrix, mean: Float64Array, solver: PcaSolver, k: number, options: SolverOptions): Spectrum {
  const { iteratedPower: nIter, nOversamples, powerIterationNormalizer, random, tol } = options;
  const { variance } = columnMoments(X);
  const total = (sum(variance) * X.rows) / (X.rows - 1);
  const whole = X.kind === 'dense' ? centred(X, mean) : X;
  const { singular, vt } = withBlockMap(whole, (map) => {
    const A = X.kind === 'dense' ? map : centredMap(map, mean);
    if (solver === 'arpack') return lanczosSvd(A, k, { tol, random });
    const triplets = randomizedTriplets(A, k, { nOversamples, nIter, powerIterationNormalizer, random });
    return { singular: triplets.singular, vt: triplets.right().transpose() };
  });
  return { vt, singular, variances: singular.map((s) => s ** 2 / (X.rows - 1)), total };
}
