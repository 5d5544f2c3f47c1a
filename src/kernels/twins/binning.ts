import type { BinnedRows, BinTable } from '../bin-arrays.ts';

/** How many edges lie below x. */
export function binOf(edges: Float64Array, from: number, depth: number, x: number): number {
  let at = 0;
  for (let step = 1 << (depth - 1); step >= 1; step >>= 1) if (edges[from + at + step - 1] < x) at += step;
  return at;
}

export function presentValues(values: Float64Array, width: number, count: number, out: Float64Array): number {
  let used = 0;
  for (let i = 0; i < count; i++) {
    const x = values[i * width];
    if (!Number.isNaN(x)) out[used++] = x + 0;
  }
  return used;
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
