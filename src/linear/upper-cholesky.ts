/**
 * Factors a small symmetric matrix as A = UᵀU in place, reading and writing its upper triangle.
 * @param a row-major with `stride` values per row; the block starts at row and column `first`
 * @returns false, leaving the block half-written, when A is not positive definite
 */
export function upperCholesky(a: Float64Array, stride: number, first: number, size: number): boolean {
  for (let j = first; j < first + size; j++) {
    let pivot = a[j * stride + j];
    for (let k = first; k < j; k++) pivot -= a[k * stride + j] ** 2;
    // NaN must fail too.
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    a[j * stride + j] = root;
    for (let i = j + 1; i < first + size; i++) {
      let value = a[j * stride + i];
      for (let k = first; k < j; k++) value -= a[k * stride + j] * a[k * stride + i];
      a[j * stride + i] = value / root;
    }
  }
  return true;
}

/** Solves Uᵀ·x = b in place; b starts at `at` and its elements lie `step` apart. */
export function solveUpperTransposed(u: Float64Array, stride: number, size: number, b: Float64Array, at = 0, step = 1): void {
  for (let i = 0; i < size; i++) {
    let value = b[at + i * step];
    for (let k = 0; k < i; k++) value -= u[k * stride + i] * b[at + k * step];
    b[at + i * step] = value / u[i * stride + i];
  }
}

/** Solves U·x = b in place. */
export function solveUpper(u: Float64Array, stride: number, size: number, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    let value = b[i];
    for (let k = i + 1; k < size; k++) value -= u[i * stride + k] * b[k];
    b[i] = value / u[i * stride + i];
  }
}
