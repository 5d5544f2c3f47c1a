import { exp } from './elementary.ts';

/** Twin of assembly/kernel-machine.ts: the same operations on each element, so the same bits. */

/** Stands for a curvature that is not positive. */
const TAU = 1e-12;

export function pairwiseRowProducts(rows: number, cols: number, data: Float64Array, x: Float64Array, out: Float64Array): void {
  const pairs = cols - (cols % 2);
  for (let i = 0; i < rows; i++) {
    const start = i * cols;
    let even = 0;
    let odd = 0;
    for (let j = 0; j < pairs; j += 2) {
      even += data[start + j] * x[j];
      odd += data[start + j + 1] * x[j + 1];
    }
    out[i] = cols > pairs ? even + odd + data[start + pairs] * x[pairs] : even + odd;
  }
}

export function manhattanDistances(rows: number, cols: number, data: Float64Array, x: Float64Array, out: Float64Array): void {
  const pairs = cols - (cols % 2);
  for (let i = 0; i < rows; i++) {
    const start = i * cols;
    let even = 0;
    let odd = 0;
    for (let j = 0; j < pairs; j += 2) {
      even += Math.abs(data[start + j] - x[j]);
      odd += Math.abs(data[start + j + 1] - x[j + 1]);
    }
    out[i] = cols > pairs ? even + odd + Math.abs(data[start + pairs] - x[pairs]) : even + odd;
  }
}

export function gatherSigned(values: Float32Array, places: Int32Array, signs: Float32Array, sign: number, out: Float32Array, n: number): void {
  for (let j = 0; j < n; j++) out[j] = sign * signs[j] * values[places[j]];
}

export function signedFloats(values: Float64Array, signs: Float64Array, sign: number, out: Float32Array): void {
  for (let j = 0; j < values.length; j++) out[j] = sign * signs[j] * values[j];
}

export function gaussians(values: Float64Array, squares: Float64Array, square: number, gamma: number): void {
  for (let j = 0; j < values.length; j++) values[j] = exp(-gamma * (square + squares[j] - 2 * values[j]));
}

export function mostViolating(y: Float64Array, gradient: Float64Array, up: Float64Array, n: number): number {
  let largest = -Infinity;
  let last = -1;
  for (let t = 0; t < n; t++) {
    const value = up[t] - y[t] * gradient[t];
    if (value >= largest) {
      largest = value;
      last = t;
    }
  }
  return largest === -Infinity ? -1 : last;
}

export function bestPartner(
  y: Float64Array,
  gradient: Float64Array,
  down: Float64Array,
  diagonal: Float64Array,
  row: Float32Array,
  own: number,
  twice: number,
  highest: number,
  n: number,
  second: Float64Array,
): number {
  let largest = -Infinity;
  let smallest = Infinity;
  let last = -1;
  for (let t = 0; t < n; t++) {
    if (down[t] !== 0) continue;
    const directed = y[t] * gradient[t];
    if (directed > largest) largest = directed;
    const gap = highest + directed;
    if (!(gap > 0)) continue;
    const raw = own + diagonal[t] - y[t] * twice * row[t];
    const change = -(gap * gap) / (raw > 0 ? raw : TAU);
    if (change <= smallest) {
      smallest = change;
      last = t;
    }
  }
  second[0] = largest;
  return last;
}

export function addTwoRows(sums: Float64Array, x: Float32Array, a: number, y: Float32Array, b: number, n: number): void {
  for (let j = 0; j < n; j++) sums[j] += x[j] * a + y[j] * b;
}
