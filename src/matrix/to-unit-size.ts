/** Divides numbers by a power of two, so that squares of the larger ones neither overflow nor vanish. @returns the power */
export function toUnitSize(data: Float64Array): number {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 1;
  const unit = 2 ** Math.floor(Math.log2(largest));
  for (let p = 0; p < data.length; p++) data[p] /= unit;
  return unit;
}
