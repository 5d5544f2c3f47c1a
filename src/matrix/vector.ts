/** Σ a[aStart + i]·b[bStart + i] over n elements, in four lanes: the processor adds four numbers in the time of one. */
export function dotProduct(a: Float64Array, aStart: number, b: Float64Array, bStart: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[aStart + i] * b[bStart + i];
    s1 += a[aStart + i + 1] * b[bStart + i + 1];
    s2 += a[aStart + i + 2] * b[bStart + i + 2];
    s3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (; i < n; i++) s0 += a[aStart + i] * b[bStart + i];
  return s0 + s1 + (s2 + s3);
}

/** y[yStart + i] += factor·x[xStart + i] over n elements. */
export function addScaled(factor: number, x: Float64Array, xStart: number, y: Float64Array, yStart: number, n: number): void {
  for (let i = 0; i < n; i++) y[yStart + i] += factor * x[xStart + i];
}

/** √Σx² over n elements, safe from overflow and underflow. Counterpart: BLAS dnrm2. */
export function euclideanNorm(x: Float64Array, start = 0, n = x.length - start): number {
  const sum = dotProduct(x, start, x, start, n);
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(x[start + i]));
  if (largest === 0 || !(largest < Infinity)) return largest;
  let scaled = 0;
  for (let i = 0; i < n; i++) scaled += (x[start + i] / largest) ** 2;
  return largest * Math.sqrt(scaled);
}
