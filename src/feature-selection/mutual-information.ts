import { digamma } from '../core/digamma.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { encodeLabels, type Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { checkNumbers } from './check-numbers.ts';
import { largestRadii, radiiInPlane, SortedValues } from './nearest-values.ts';

export interface MutualInformationOptions {
  /**
   * Which columns hold categories rather than measurements: all, none, positions, or a mark for each. Default
   * 'auto': none of a dense X, all of a sparse one.
   */
  discreteFeatures?: 'auto' | boolean | readonly number[] | readonly boolean[];
  /** Neighbours that a density is estimated from. Default 3. */
  nNeighbors?: number;
  /** Seed of the noise that breaks ties between equal measurements; null is seed 0. Default null. */
  randomState?: number | null;
}

/**
 * Mutual information of each column with classes, in nats (0: independent): by nearest neighbours for
 * measurements, by counting for categories. Sees any dependence, not only a linear one.
 *
 * X: rows × columns; a sparse X may hold categories only. y: one label per row.
 * Counterpart: scikit-learn's mutual_info_classif, with its noise for the same seed. For classes of at most
 * 2·nNeighbors + 1 rows its distances carry rounding that may count a neighbour more; ours are exact.
 * Source: Ross, "Mutual information between discrete and continuous data sets", PLoS ONE 9(2), 2014.
 *
 * @example
 * mutualInfoClassif(X, labels, { randomState: 3 });
 */
export function mutualInfoClassif(X: MatrixLike, y: Labels, options: MutualInformationOptions = {}): Float64Array {
  const { codes } = encodeLabels('mutualInfoClassif', y);
  return estimate('mutualInfoClassif', X, codes, options);
}

/**
 * Mutual information of each column with a number, in nats (0: independent), by nearest neighbours.
 *
 * X: rows × columns; a sparse X may hold categories only. y: numbers.
 * Counterpart: scikit-learn's mutual_info_regression, with its noise for the same seed; see mutualInfoClassif for
 * rare categories.
 * Source: Kraskov, Stögbauer and Grassberger, "Estimating mutual information", Physical Review E 69, 2004.
 *
 * @example
 * mutualInfoRegression(X, prices);
 */
export function mutualInfoRegression(X: MatrixLike, y: ArrayLike<number>, options: MutualInformationOptions = {}): Float64Array {
  return estimate('mutualInfoRegression', X, checkNumbers('mutualInfoRegression', y), options);
}

/** @param y classes by number, or measurements: told apart by the kind of array */
function estimate(
  owner: string,
  X: MatrixLike,
  y: Int32Array | Float64Array,
  { discreteFeatures = 'auto', nNeighbors = 3, randomState = null }: MutualInformationOptions,
): Float64Array {
  const matrix = asMatrix(owner, X);
  checkSameRows(owner, { X: matrix, y });
  if (!(Number.isInteger(nNeighbors) && nNeighbors >= 1)) {
    throw new OptionError(`${owner}: nNeighbors must be a whole number of at least 1, got ${show(nNeighbors)}.`);
  }
  const { rows, cols } = matrix;
  const discrete = marks(owner, discreteFeatures, matrix);
  const continuous = Array.from({ length: cols }, (_, j) => j).filter((j) => !discrete[j]);
  if (continuous.length > 0 && matrix.kind === 'csr') {
    throw new DataError(`${owner}: a sparse X must hold categories only. Use a dense X, or discreteFeatures: true.`);
  }
  if (rows <= nNeighbors && y instanceof Float64Array) {
    throw new DataError(`${owner}: there must be more rows than nNeighbors ${nNeighbors}, got ${rows}.`);
  }

  const random = new RandomState(randomState);
  const columns = new Map(continuous.map((j) => [j, toUnitDeviation((matrix as DenseMatrix).col(j))]));
  const sizes = continuous.map((j) => noiseSize(columns.get(j)!));
  // numpy fills the noise row by row.
  for (let i = 0; i < rows; i++) continuous.forEach((j, k) => (columns.get(j)![i] += sizes[k] * random.standardNormal()));
  let target = y;
  if (y instanceof Float64Array) {
    target = toUnitDeviation(y);
    const size = noiseSize(target);
    for (let i = 0; i < rows; i++) target[i] += size * random.standardNormal();
  }

  const byColumn = matrix.kind === 'csr' ? matrix.transpose() : null;
  return Float64Array.from({ length: cols }, (_, j) => {
    if (!discrete[j]) {
      const column = columns.get(j)!;
      return target instanceof Int32Array ? ofMeasurementAndClass(column, target, nNeighbors) : ofMeasurements(column, target, nNeighbors);
    }
    const column = byColumn ? storedColumn(byColumn, j, rows) : (matrix as DenseMatrix).col(j);
    const { codes } = encodeLabels(owner, column);
    return target instanceof Int32Array ? ofClasses(codes, target) : ofMeasurementAndClass(target, codes, nNeighbors);
  });
}

function storedColumn(transposed: Matrix & { kind: 'csr' }, j: number, rows: number): Float64Array {
  const column = new Float64Array(rows);
  for (let p = transposed.indptr[j]; p < transposed.indptr[j + 1]; p++) column[transposed.indices[p]] = transposed.data[p];
  return column;
}

function marks(owner: string, discrete: NonNullable<MutualInformationOptions['discreteFeatures']>, X: Matrix): boolean[] {
  const all: boolean[] = [];
  for (let j = 0; j < X.cols; j++) all.push(discrete === 'auto' ? X.kind === 'csr' : discrete === true);
  if (!Array.isArray(discrete)) return all;
  if (discrete.length === X.cols && discrete.every((mark) => typeof mark === 'boolean')) return [...(discrete as boolean[])];
  for (const j of discrete as number[]) {
    if (!(Number.isInteger(j) && j >= 0 && j < X.cols)) {
      throw new OptionError(`${owner}: discreteFeatures must be positions of columns or one mark per column, got ${show(j)}.`);
    }
    all[j] = true;
  }
  return all;
}

/** Divided by the population standard deviation; a column without spread stays as it is. */
function toUnitDeviation(x: Float64Array): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length);
  return deviation < 10 * Number.EPSILON ? x.slice() : x.map((value) => value / deviation);
}

function noiseSize(x: Float64Array): number {
  return 1e-10 * Math.max(1, x.reduce((sum, value) => sum + Math.abs(value), 0) / x.length);
}

function ofMeasurements(x: Float64Array, y: Float64Array, k: number): number {
  const n = x.length;
  const radii = radiiInPlane(x, y, k);
  const [alongX, alongY] = [new SortedValues(x), new SortedValues(y)];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += digamma(alongX.within(x[i], radii[i])) + digamma(alongY.within(y[i], radii[i]));
  return Math.max(0, digamma(n) + digamma(k) - sum / n);
}

function ofMeasurementAndClass(x: Float64Array, codes: Int32Array, k: number): number {
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < codes.length; i++) {
    const rows = rowsOf.get(codes[i]);
    if (rows) rows.push(i);
    else rowsOf.set(codes[i], [i]);
  }
  // A class with a single row says nothing of its density.
  const groups = [...rowsOf.values()].filter((rows) => rows.length > 1);
  const counted = groups.flat();
  const all = new SortedValues(Float64Array.from(counted, (i) => x[i]));
  let sum = 0;
  for (const rows of groups) {
    const neighbors = Math.min(k, rows.length - 1);
    const radii = largestRadii(Float64Array.from(rows, (i) => x[i]), neighbors);
    sum += rows.length * (digamma(neighbors) - digamma(rows.length));
    rows.forEach((i, at) => (sum -= digamma(all.within(x[i], radii[at]))));
  }
  return counted.length === 0 ? 0 : Math.max(0, digamma(counted.length) + sum / counted.length);
}

/** Σ pₐᵦ·ln(pₐᵦ / (pₐ·pᵦ)). */
function ofClasses(a: Int32Array, b: Int32Array): number {
  const n = a.length;
  const [inA, inB, inBoth] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const width = b.reduce((most, code) => Math.max(most, code), 0) + 1;
  const count = (counts: Map<number, number>, key: number): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let i = 0; i < n; i++) {
    count(inA, a[i]);
    count(inB, b[i]);
    count(inBoth, a[i] * width + b[i]);
  }
  let sum = 0;
  for (const [key, both] of inBoth) {
    const [ofA, ofB] = [inA.get(Math.floor(key / width))!, inB.get(key % width)!];
    sum += (both / n) * (Math.log(both) - Math.log(n)) + (both / n) * (2 * Math.log(n) - Math.log(ofA) - Math.log(ofB));
  }
  return Math.abs(sum) < Number.EPSILON ? 0 : Math.max(0, sum);
}
