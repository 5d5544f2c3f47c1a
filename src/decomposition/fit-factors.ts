import type { RandomState } from '../core/random-state.ts';
import { withBlockMap } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { multiplyTransposed } from '../matrix/multiply.ts';
import { QrFactors } from '../matrix/qr.ts';
import { randomizedTriplets } from '../matrix/randomized-svd.ts';
import { svd } from '../matrix/svd.ts';
import { svdFlip } from '../matrix/svd-flip.ts';

export interface FactorSearch {
  nComponents: number;
  svdMethod: 'randomized' | 'lapack';
  iteratedPower: number;
  tol: number;
  maxIter: number;
  random: RandomState;
}

/** Loadings, k × columns, with each column's own variance, and how they were found. */
export interface Factors {
  components: DenseMatrix;
  noiseVariance: Float64Array;
  /** Log-likelihood of the rows before each round. */
  loglike: Float64Array;
  iterations: number;
  converged: boolean;
}

/** Least noise, and what is added to its root before dividing. */
const SMALL = 1e-12;

/** The leading singular values of a matrix and their right vectors, with Σσ² of all others. */
interface Leading {
  singular: Float64Array;
  vt: DenseMatrix;
  rest: number;
}

/**
 * Maximum-likelihood factors of centred rows: in turn, loadings for a given noise by an SVD of the rows over the noise's root,
 * and the noise that these loadings leave, until the likelihood rests.
 *
 * Rows of many more samples than columns are replaced by their triangular factor, which has the same singular values and right
 * vectors.
 *
 * Source: Barber, "Bayesian reasoning and machine learning", 2012, algorithm 21.1.
 */
export function fitFactors(centred: DenseMatrix, start: Float64Array, search: FactorSearch): Factors {
  const { rows: n, cols } = centred;
  const short = n > cols ? new QrFactors(centred).r() : centred;
  const variance = columnSquares(short).map((square) => square / n);
  let noise = start;
  const loglike: number[] = [];
  for (;;) {
    const root = noise.map((value) => Math.sqrt(value) + SMALL);
    const { singular, vt, rest } = leading(scaled(short, root, Math.sqrt(n)), search);
    const components = loadings(singular, vt, root);
    loglike.push(logLikelihood(n, noise, singular, rest, search.nComponents));
    const iterations = loglike.length;
    const converged = iterations > 1 && loglike[iterations - 1] - loglike[iterations - 2] < search.tol;
    if (converged || iterations === search.maxIter) {
      if (search.svdMethod === 'lapack') svdFlip(components);
      else flipByRows(centred, root, components);
      const last = converged ? noise : leftOver(variance, components);
      return { components, noiseVariance: last, loglike: Float64Array.from(loglike), iterations, converged };
    }
    noise = leftOver(variance, components);
  }
}

function columnSquares({ cols, data }: DenseMatrix): Float64Array {
  const squares = new Float64Array(cols);
  for (let start = 0; start < data.length; start += cols) for (let j = 0; j < cols; j++) squares[j] += data[start + j] ** 2;
  return squares;
}

/** X over √n and each column's root. */
function scaled(X: DenseMatrix, root: Float64Array, rootN: number): DenseMatrix {
  const data = X.data.slice();
  for (let start = 0; start < data.length; start += X.cols) for (let j = 0; j < X.cols; j++) data[start + j] /= root[j] * rootN;
  return new DenseMatrix(X.rows, X.cols, data);
}

function leading(X: DenseMatrix, { nComponents, svdMethod, iteratedPower, random }: FactorSearch): Leading {
  if (svdMethod === 'lapack') {
    const { singular, vt } = svd(X);
    const k = Math.min(nComponents, singular.length);
    const rest = singular.subarray(k).reduce((sum, value) => sum + value * value, 0);
    return { singular: singular.slice(0, k), vt: vt.take(Array.from({ length: k }, (_, c) => c)), rest };
  }
  const { singular, right } = withBlockMap(X, (map) => {
    const triplets = randomizedTriplets(map, nComponents, { nIter: iteratedPower, random });
    return { singular: triplets.singular, right: triplets.right() };
  });
  let rest = 0;
  for (let p = 0; p < X.data.length; p++) rest += X.data[p] * X.data[p];
  for (const value of singular) rest -= value * value;
  return { singular, vt: right.transpose(), rest };
}

/** √(σ² − 1)·v over the noise's root, zero where σ² is below 1: no more variance than noise has. */
function loadings(singular: Float64Array, vt: DenseMatrix, root: Float64Array): DenseMatrix {
  const components = vt.copy();
  for (let c = 0; c < components.rows; c++) {
    const size = Math.sqrt(Math.max(singular[c] ** 2 - 1, 0));
    const row = components.row(c);
    for (let j = 0; j < row.length; j++) row[j] *= size * root[j];
  }
  return components;
}

/** Directions in which rows do not vary are left out: rounding would decide. */
function logLikelihood(n: number, noise: Float64Array, singular: Float64Array, rest: number, k: number): number {
  let sum = noise.length * Math.log(2 * Math.PI) + k + rest;
  const none = Math.max(n, noise.length) * Number.EPSILON * singular[0];
  for (const value of singular) if (value > none) sum += 2 * Math.log(value);
  for (const value of noise) sum += Math.log(value);
  return (-n / 2) * sum;
}

/** What the loadings leave of the variance, column by column. */
function leftOver(variance: Float64Array, components: DenseMatrix): Float64Array {
  const explained = columnSquares(components);
  return variance.map((value, j) => Math.max(value - explained[j], SMALL));
}

/** Signs as of scikit-learn's randomized SVD: the row with the largest score by absolute value, of rows over the root, has a positive one. */
function flipByRows(X: DenseMatrix, root: Float64Array, components: DenseMatrix): void {
  const directions = components.copy();
  for (let p = 0; p < directions.data.length; p++) directions.data[p] /= root[p % root.length] ** 2;
  const scores = multiplyTransposed(X, directions);
  for (let c = 0; c < components.rows; c++) {
    let largest = 0;
    for (let p = c; p < scores.data.length; p += components.rows) if (Math.abs(scores.data[p]) > Math.abs(largest)) largest = scores.data[p];
    const row = components.row(c);
    if (largest < 0) for (let j = 0; j < row.length; j++) row[j] = -row[j];
  }
}
