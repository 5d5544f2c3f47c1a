/** Twins of assembly/panels.ts: the same operations in the same order, so the same bits. */

export function multiplyPanels(
  left: number,
  right: number,
  depth: number,
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  width: number,
  offset: number | null,
): void {
  const size = depth * 4;
  for (let i = 0; i < left; i++) {
    const last = offset === null ? right : Math.min(right, i + offset + 1);
    for (let j = 0; j < last; j++) {
      for (let r = 0; r < 4; r++) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let x = i * size + r, y = j * size; x < (i + 1) * size; x += 4, y += 4) {
          const f = a[x];
          s0 += f * b[y];
          s1 += f * b[y + 1];
          s2 += f * b[y + 2];
          s3 += f * b[y + 3];
        }
        const q = (4 * i + r) * width + 4 * j;
        out[q] += s0;
        out[q + 1] += s1;
        out[q + 2] += s2;
        out[q + 3] += s3;
      }
    }
  }
}

export function addSelfProduct(rows: number, width: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i - (i % 4) + 4; j++) {
      let sum = 0;
      for (let p = 0; p < rows * width; p += width) sum += x[p + i] * x[p + j];
      out[i * width + j] += sum;
    }
  }
}

export function subtractFromRows(rows: number, width: number, x: Float64Array, shift: Float64Array): void {
  for (let p = 0; p < rows * width; p++) x[p] -= shift[p % width];
}
