import type { Bins } from '../histogram-arrays.ts';

export function addToHistograms({ cols, byRow, stride, starts }: Bins, rows: Int32Array, from: number, to: number, pairs: BigInt64Array, histogram: BigInt64Array): void {
  for (let p = from; p < to; p++) {
    const row = rows[p];
    for (let j = 0; j < cols; j++) {
      const cell = 2 * (starts[j] + byRow[row * stride + j]);
      histogram[cell] += pairs[2 * row];
      histogram[cell + 1] += pairs[2 * row + 1];
    }
  }
}

export function subtractCells(x: BigInt64Array, out: BigInt64Array): void {
  for (let i = 0; i < x.length; i++) out[i] -= x[i];
}

export function addCells(x: BigInt64Array, out: BigInt64Array): void {
  for (let i = 0; i < x.length; i++) out[i] += x[i];
}

export function sumCells(x: BigInt64Array, out: BigInt64Array): void {
  out.fill(0n);
  for (let i = 0; i < x.length; i++) out[i & 1] += x[i];
}
