/** Twins of assembly/vector-operations.ts: the same operations in the same order, so the same bits. */

export function dot(x: Float64Array, y: Float64Array): number {
  return dotAt(x, 0, y, 0, x.length);
}

/** Σ x[xStart + i]·y[yStart + i] in eight lanes. */
export function dotAt(x: Float64Array, xStart: number, y: Float64Array, yStart: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  let p = xStart;
  let q = yStart;
  const whole = xStart + (n & ~7);
  const end = xStart + n;
  for (; p < whole; p += 8, q += 8) {
    s0 += x[p] * y[q];
    s1 += x[p + 1] * y[q + 1];
    s2 += x[p + 2] * y[q + 2];
    s3 += x[p + 3] * y[q + 3];
    s4 += x[p + 4] * y[q + 4];
    s5 += x[p + 5] * y[q + 5];
    s6 += x[p + 6] * y[q + 6];
    s7 += x[p + 7] * y[q + 7];
  }
  for (; p < end; p++, q++) s0 += x[p] * y[q];
  return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
}

export function axpy(alpha: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] += alpha * x[i];
}

export function scale(alpha: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] = alpha * x[i];
}

export function maxAbs(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]);
    if (size !== size) return size;
    if (size > largest) largest = size;
  }
  return largest;
}

export function pairwiseSum(x: Float64Array, start = 0, n = x.length): number {
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += x[start + i];
    return sum;
  }
  if (n <= 128) {
    let [s0, s1, s2, s3, s4, s5, s6, s7] = x.subarray(start, start + 8);
    let i = start + 8;
    const whole = start + (n & ~7);
    const end = start + n;
    for (; i < whole; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    for (; i < end; i++) sum += x[i];
    return sum;
  }
  let half = n >> 1;
  half -= half & 7;
  return pairwiseSum(x, start, half) + pairwiseSum(x, start + half, n - half);
}
