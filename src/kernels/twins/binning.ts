import type { BinnedRows, BinTable } from '../bin-arrays.ts';

/** How many edges lie below x. */
export function binOf(edges: Float64Array, from: number, depth: number, x: number): number {
  let at = 0;
  for (let step = 1 << (depth - 1); step >= 1; step >>= 1) if (edges[from + at + step - 1] < x) at += step;
  return at;
}

export function presentValues(rows: number, cols: number, values: Float64Array, out: Float64Array, used: Int32Array): void {
  const height = out.length / cols;
  for (let j = 0; j < cols; j++) {
    if (used[j] < 0) continue;
    for (let i = 0; i < rows; i++) {
      const x = values[i * cols + j];
      if (!Number.isNaN(x)) out[j * height + used[j]++] = x + 0;
    }
  }
}

export function binRows(rows: number, cols: number, values: Float64Array, { edges, depths, missing }: BinTable, first: number, out: BinnedRows): void {
  const { byRow, stride, byColumn, height } = out;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const x = values[i * cols + j];
      const bin = Number.isNaN(x) ? missing[j] : binOf(edges, j * 256, depths[j], x);
      byRow[(first + i) * stride + j] = bin;
      if (byColumn) byColumn[j * height + first + i] = bin;
    }
  }
}
