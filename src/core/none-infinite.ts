/** Whether none is ±Infinity; NaN may be among them. */
export function noneInfinite(values: Float64Array): boolean {
  let largest = 0;
  for (let p = 0; p < values.length; p++) {
    const size = Math.abs(values[p]);
    // Never so for NaN.
    if (size > largest) largest = size;
  }
  return largest < Infinity;
}
