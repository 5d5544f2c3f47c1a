/**
 * Level-1 vector operations of the solvers, on doubles. Each works on n consecutive elements from a
 * given offset, so that a WebAssembly kernel with pointers can take its place one function at a time.
 */

/** Elements added before their sum joins the total. */
const BLOCK = 64;

/**
 * Σ a[i]·b[i], in four lanes within blocks whose sums are added with compensation.
 *
 * Lanes let the processor add four numbers in the time of one. Blocks bound the rounding error: rare
 * words give gradients with thousands of equal elements, whose roundings in one running sum all go the
 * same way, and a minimiser stopped far from its optimum magnifies such an error a billionfold.
 */
export function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, n: number): number {
  let total = 0;
  let lost = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const end = Math.min(from + BLOCK, n);
    const whole = end - ((end - from) % 4);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = from; i < whole; i += 4) {
      s0 += a[aStart + i] * b[bStart + i];
      s1 += a[aStart + i + 1] * b[bStart + i + 1];
      s2 += a[aStart + i + 2] * b[bStart + i + 2];
      s3 += a[aStart + i + 3] * b[bStart + i + 3];
    }
    for (let i = whole; i < end; i++) s0 += a[aStart + i] * b[bStart + i];
    const sum = s0 + s1 + (s2 + s3);
    const next = total + sum;
    lost += Math.abs(total) >= Math.abs(sum) ? total - next + sum : sum - next + total;
    total = next;
  }
  return total + lost;
}

/** out += a0·x[x0 …] + b0·y[x0 …] + a1·x[x1 …] + b1·y[x1 …], adding from left to right. */
export function axpy4(
  out: Float64Array,
  x: Float64Array,
  y: Float64Array,
  x0: number,
  a0: number,
  b0: number,
  x1: number,
  a1: number,
  b1: number,
): void {
  for (let e = 0; e < out.length; e++) out[e] = out[e] + a0 * x[x0 + e] + b0 * y[x0 + e] + a1 * x[x1 + e] + b1 * y[x1 + e];
}

/**
 * All products of two pairs of vectors, in one pass: out = [s·s′, y·y′, s·y′, s′·y].
 * @param i where s starts in S and y in Y @param j where s′ and y′ start
 */
export function crossDots(S: Float64Array, Y: Float64Array, i: number, j: number, n: number, out: Float64Array): void {
  out.fill(0);
  // Each product is one lane, so blocks are short; out[4 …] holds what rounding lost.
  for (let from = 0; from < n; from += BLOCK / 2) {
    const end = Math.min(from + BLOCK / 2, n);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let e = from; e < end; e++) {
      const si = S[i + e];
      const yi = Y[i + e];
      const sj = S[j + e];
      const yj = Y[j + e];
      s0 += si * sj;
      s1 += yi * yj;
      s2 += si * yj;
      s3 += sj * yi;
    }
    compensate(out, 0, s0);
    compensate(out, 1, s1);
    compensate(out, 2, s2);
    compensate(out, 3, s3);
  }
  for (let lane = 0; lane < 4; lane++) out[lane] += out[lane + 4];
}

function compensate(out: Float64Array, lane: number, sum: number): void {
  const total = out[lane];
  const next = total + sum;
  out[lane + 4] += Math.abs(total) >= Math.abs(sum) ? total - next + sum : sum - next + total;
  out[lane] = next;
}

/** x *= alpha. */
export function scale(alpha: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] *= alpha;
}

/** max |x[i]|; NaN as soon as one element is NaN. */
export function maxAbs(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]);
    // Written so that NaN, which compares false with everything, is taken over.
    if (!(size <= largest)) {
      if (size !== size) return size;
      largest = size;
    }
  }
  return largest;
}

/**
 * Σ x[i] by halving, down to runs of at most 128 that are summed in eight lanes: the order in which
 * numpy.sum adds, so that a loss rounds as scikit-learn's does and stopping rules see the same number.
 */
export function pairwiseSum(x: Float64Array, start = 0, n = x.length): number {
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += x[start + i];
    return sum;
  }
  if (n <= 128) {
    let s0 = x[start];
    let s1 = x[start + 1];
    let s2 = x[start + 2];
    let s3 = x[start + 3];
    let s4 = x[start + 4];
    let s5 = x[start + 5];
    let s6 = x[start + 6];
    let s7 = x[start + 7];
    const whole = n - (n % 8);
    for (let i = 8; i < whole; i += 8) {
      s0 += x[start + i];
      s1 += x[start + i + 1];
      s2 += x[start + i + 2];
      s3 += x[start + i + 3];
      s4 += x[start + i + 4];
      s5 += x[start + i + 5];
      s6 += x[start + i + 6];
      s7 += x[start + i + 7];
    }
    let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
    for (let i = whole; i < n; i++) sum += x[start + i];
    return sum;
  }
  let half = Math.floor(n / 2);
  half -= half % 8;
  return pairwiseSum(x, start, half) + pairwiseSum(x, start + half, n - half);
}
