import { axpy, dotAt } from './vector-operations.ts';

/** Twins of assembly/symmetric-eigen.ts: the same operations in the same order, so the same bits. */

export function reduceTrailing(n: number, from: number, a: Float64Array, v: Float64Array, w: Float64Array, x: Float64Array, p: Float64Array): void {
  for (let i = from; i < n; i++) {
    const whole = from + ((i - from) & ~1);
    let even = 0;
    let odd = 0;
    for (let j = from; j < i; j++) {
      const value = a[i * n + j] - (v[i] * w[j] + w[i] * v[j]);
      a[i * n + j] = value;
      if (j < whole && (j - from) % 2 === 1) odd += value * x[j];
      else even += value * x[j];
      p[j] += value * x[i];
    }
    const last = a[i * n + i] - (v[i] * w[i] + w[i] * v[i]);
    a[i * n + i] = last;
    p[i] = even + odd + last * x[i];
  }
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

export function rotateRows(n: number, first: number, last: number, rows: Float64Array, c: Float64Array, s: Float64Array): void {
  for (let i = last; i >= first; i--) {
    const cs = c[i];
    const sn = s[i];
    for (let at = i * n; at < (i + 1) * n; at++) {
      const x = rows[at];
      const y = rows[at + n];
      rows[at + n] = sn * x + cs * y;
      rows[at] = cs * x - sn * y;
    }
  }
}

export function reflectRows(n: number, count: number, reflectors: Float64Array, rows: Float64Array): void {
  for (let i = 0; i < count; i++) {
    for (let k = n - 2; k >= 0; k--) {
      const v = reflectors.subarray(k * n + k + 1, (k + 1) * n);
      axpy(-2 * dotAt(reflectors, k * n + k + 1, rows, i * n + k + 1, n - k - 1), v, rows.subarray(i * n + k + 1, (i + 1) * n));
    }
  }
}

export function turnBackRows(width: number, first: number, last: number, rows: Float64Array, c: Float64Array, s: Float64Array): void {
  for (let i = first; i <= last; i++) {
    const cs = c[i - first];
    const sn = s[i - first];
    for (let at = i * width; at < (i + 1) * width; at++) {
      const x = rows[at];
      const y = rows[at + width];
      rows[at] = cs * x + sn * y;
      rows[at + width] = cs * y - sn * x;
    }
  }
}
