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

export function multiplyRows(rows: number, stride: number, depth: number, a: Float64Array, right: number, b: Float64Array, out: Float64Array, start?: Float64Array): void {
  const width = right * 4;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let p = 0, y = (j >> 2) * depth * 4 + (j & 3); p < depth; p++, y += 4) sum += a[i * stride + p] * b[y];
      if (depth > 0) out[i * width + j] = (start ? start[j] : out[i * width + j]) + sum;
    }
  }
}

export function addSelfProduct(rows: number, cols: number, depth: number, x: Float64Array, shift: Float64Array | undefined, packed: Float64Array, sums: Float64Array, out: Float64Array): void {
  const panels = Math.ceil(cols / 4);
  for (let first = 0; first < rows; first += depth) {
    const end = Math.min(rows, first + depth);
    let to = 0;
    for (let j = 0; j < panels; j++) {
      for (let p = first; p < end; p++) {
        for (let c = 4 * j; c < 4 * j + 4; c++) {
          const value = c < cols ? x[p * cols + c] - (shift ? shift[c] : 0) : 0;
          packed[to++] = value;
          sums[c] += value;
        }
      }
    }
    multiplyPanels(panels, panels, end - first, packed, packed, out, panels * 4, 0);
  }
}

export function addUpProducts(width: number, count: number, products: Float64Array): void {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < (i & ~3) + 4; j++) {
      for (let k = 1; k < count; k++) products[i * width + j] += products[(k * width + i) * width + j];
    }
  }
}
