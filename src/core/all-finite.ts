/**
 * Whether all are finite: x − x is 0 for a finite x, and NaN, which sums keep, otherwise. Four sums wait for each other less
 * than one.
 */
export function allFinite(values: Float64Array | Float32Array): boolean {
  const whole = values.length - (values.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let p = 0; p < whole; p += 4) {
    a += values[p] - values[p];
    b += values[p + 1] - values[p + 1];
    c += values[p + 2] - values[p + 2];
    d += values[p + 3] - values[p + 3];
  }
  for (let p = whole; p < values.length; p++) a += values[p] - values[p];
  return a + b + c + d === 0;
}
