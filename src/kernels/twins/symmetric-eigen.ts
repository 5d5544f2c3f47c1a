import { axpy, dotAt } from './vector-operations.ts';

/** Twins of assembly/symmetric-eigen.ts: the same operations in the same order, so the same bits. */

export function tridiagonalise(n: number, a: Float64Array, diagonal: Float64Array, offDiagonal: Float64Array, reflectors: Float64Array, room: Float64Array): void {
  const rowOf = (k: number): Float64Array => reflectors.subarray(k * n, (k + 1) * n);
  let before = rowOf(n - 1);
  let w = room.subarray(0, n).fill(0);
  let p = room.subarray(n, 2 * n);
  for (let k = 0; k < n - 1; k++) {
    const v = rowOf(k);
    for (let i = k; i < n; i++) v[i] = a[i * n + k] - before[i] * w[k] - w[i] * before[k];
    diagonal[k] = v[k];
    v[k] = 0;
    offDiagonal[k] = reflector(v.subarray(k + 1));
    reduceTrailing(n, k + 1, a, before, w, v, p);
    const along = dotAt(p, k + 1, v, k + 1, n - k - 1);
    for (let i = k + 1; i < n; i++) p[i] = 2 * (p[i] - along * v[i]);
    [before, w, p] = [v, p, w];
  }
  diagonal[n - 1] = a[n * n - 1];
}

function reflector(x: Float64Array): number {
  const first = x[0];
  if (euclideanNorm(x, 1) === 0) {
    x[0] = 0;
    return first;
  }
  const norm = euclideanNorm(x, 0);
  const target = first > 0 ? -norm : norm;
  x[0] = first - target;
  const size = euclideanNorm(x, 0);
  for (let i = 0; i < x.length; i++) x[i] /= size;
  return target;
}

function euclideanNorm(x: Float64Array, from: number): number {
  const sum = dotAt(x, from, x, from, x.length - from);
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  let largest = 0;
  for (let i = from; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0 || !(largest < Infinity)) return largest;
  let scaled = 0;
  for (let i = from; i < x.length; i++) {
    const share = x[i] / largest;
    scaled += share * share;
  }
  return largest * Math.sqrt(scaled);
}

function reduceTrailing(n: number, from: number, a: Float64Array, v: Float64Array, w: Float64Array, x: Float64Array, p: Float64Array): void {
  for (let i = from; i < n; i++) {
    // Of a pair of rows the lower one's last element but one comes apart.
    const whole = i & ~1;
    let even = 0;
    let odd = 0;
    for (let j = from; j < i; j++) {
      const value = a[i * n + j] - v[i] * w[j] - w[i] * v[j];
      a[i * n + j] = value;
      if (j < whole && j % 2 === 1) odd += value * x[j];
      else even += value * x[j];
      p[j] += value * x[i];
    }
    const last = a[i * n + i] - v[i] * w[i] - w[i] * v[i];
    a[i * n + i] = last;
    p[i] = even + odd + last * x[i];
  }
}

export function tridiagonalValues(n: number, d: Float64Array, e: Float64Array): boolean {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]), i + 1 < n ? Math.abs(e[i]) : 0);
  if (!(largest > 0 && largest < Infinity)) return true;
  for (let i = 0; i < n; i++) {
    d[i] /= largest;
    const coupling = e[i] / largest;
    e[i] = coupling * coupling;
  }
  for (let l = 0; l < n; l++) {
    for (let round = 0; ; round++) {
      let m = l;
      while (m < n - 1 && e[m] > (Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) ** 2) m++;
      if (m === l) break;
      if (round === 60) return false;
      squareFreeRound(l, m, d, e);
    }
  }
  for (let i = 0; i < n; i++) d[i] *= largest;
  return true;
}

function squareFreeRound(l: number, m: number, d: Float64Array, e: Float64Array): void {
  const coupling = Math.sqrt(e[l]);
  const half = (d[l + 1] - d[l]) / (2 * coupling);
  const root = Math.sqrt(half * half + 1);
  const shift = d[l] - coupling / (half + (half >= 0 ? root : -root));
  let c = 1;
  let s = 0;
  let gamma = d[m] - shift;
  let p = gamma * gamma;
  for (let i = m; i > l; i--) {
    const square = e[i - 1];
    const r = p + square;
    if (i < m) e[i] = s * r;
    const before = c;
    c = p / r;
    s = square / r;
    const old = gamma;
    const alpha = d[i - 1];
    gamma = c * (alpha - shift) - s * old;
    d[i] = old + (alpha - gamma);
    p = c !== 0 ? (gamma * gamma) / c : before * square;
  }
  e[l] = s * p;
  d[l] = shift + gamma;
}

export function implicitQlRound(l: number, m: number, start: number, d: Float64Array, e: Float64Array, turns: Float64Array): number {
  let g = start;
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = hypotenuse(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return i + 1;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    turns[2 * (i - l)] = c;
    turns[2 * (i - l) + 1] = s;
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
  return l;
}

function hypotenuse(x: number, y: number): number {
  const square = x * x + y * y;
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square);
  const large = Math.max(Math.abs(x), Math.abs(y));
  const share = Math.min(Math.abs(x), Math.abs(y)) / large;
  return large > 0 ? large * Math.sqrt(1 + share * share) : 0;
}

export function reflectAxes(n: number, reflectors: Float64Array, vectors: Float64Array): void {
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1;
    for (let k = i - 1; k >= 0; k--) {
      const v = reflectors.subarray(k * n + k + 1, (k + 1) * n);
      axpy(-2 * dotAt(reflectors, k * n + k + 1, vectors, i * n + k + 1, n - k - 1), v, vectors.subarray(i * n + k + 1, (i + 1) * n));
    }
  }
}

export function turnRows(n: number, first: number, last: number, rows: Float64Array, turns: Float64Array): void {
  for (let i = last; i >= first; i--) {
    const cs = turns[2 * (i - first)];
    const sn = turns[2 * (i - first) + 1];
    for (let at = i * n; at < (i + 1) * n; at++) {
      const x = rows[at];
      const y = rows[at + n];
      rows[at + n] = sn * x + cs * y;
      rows[at] = cs * x - sn * y;
    }
  }
}

export function reflectBack(n: number, width: number, reflectors: Float64Array, rows: Float64Array): void {
  for (let c = 0; c < width; c++) {
    for (let k = n - 2; k >= 0; k--) {
      let sum = 0;
      for (let i = k + 1; i < n; i++) sum += reflectors[k * n + i] * rows[i * width + c];
      sum += sum;
      for (let i = k + 1; i < n; i++) rows[i * width + c] -= reflectors[k * n + i] * sum;
    }
  }
}

export function turnBackRows(width: number, first: number, last: number, rows: Float64Array, turns: Float64Array): void {
  for (let i = first; i <= last; i++) {
    const cs = turns[2 * (i - first)];
    const sn = turns[2 * (i - first) + 1];
    for (let at = i * width; at < (i + 1) * width; at++) {
      const x = rows[at];
      const y = rows[at + width];
      rows[at] = cs * x + sn * y;
      rows[at + width] = cs * y - sn * x;
    }
  }
}
