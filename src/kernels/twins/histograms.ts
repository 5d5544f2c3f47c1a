import type { PackingScales } from '../gradient-arrays.ts';
import type { Bins } from '../histogram-arrays.ts';

export function addToHistograms(
  { cols, byRow, stride, starts }: Bins,
  rows: Int32Array,
  from: number,
  to: number,
  derivatives: Float32Array,
  { gradientScale, hessianScale, shift }: PackingScales,
  histogram: BigInt64Array,
): void {
  const one = 1n << BigInt(shift);
  for (let p = from; p < to; p++) {
    const row = rows[p];
    const gradient = BigInt(nearest(derivatives[2 * row] * gradientScale));
    const hessian = BigInt(nearest(derivatives[2 * row + 1] * hessianScale)) + one;
    for (let j = 0; j < cols; j++) {
      const cell = 2 * (starts[j] + byRow[row * stride + j]);
      histogram[cell] += gradient;
      histogram[cell + 1] += hessian;
    }
  }
}

export function addRowsInOrder(bins: Bins, from: number, to: number, derivatives: Float32Array, scales: PackingScales, histogram: BigInt64Array): void {
  const { cols, byColumn, height } = bins;
  const byRow = Uint8Array.from({ length: height * cols }, (_, p) => byColumn[(p % cols) * height + Math.floor(p / cols)]);
  const rows = Int32Array.from({ length: to }, (_, i) => i);
  addToHistograms({ ...bins, byRow, stride: cols }, rows, from, to, derivatives, scales, histogram);
}

/** The nearest whole number, the even one of two. */
function nearest(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
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
