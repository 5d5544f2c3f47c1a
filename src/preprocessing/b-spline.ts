/** Values of the degree + 1 basis functions that are not zero at x, the first of which is number `first`. */
export interface BasisValues {
  first: number;
  values: Float64Array;
}

/**
 * The B-splines of a degree over knots, at one point; beyond the knots the end pieces go on.
 *
 * @param knots ascending, at least 2·degree + 2 of them
 * @param derivative 0 for values, 1 for slopes
 * Counterpart: scipy.interpolate.BSpline, a column of its design matrix.
 * Source: de Boor, "A Practical Guide to Splines", 1978, chapter X.
 */
export function basisAt(knots: Float64Array, degree: number, x: number, derivative: 0 | 1 = 0): BasisValues {
  const interval = intervalOf(knots, degree, x);
  const values = new Float64Array(degree + 1);
  if (derivative > degree) return { first: interval - degree, values };
  values[0] = 1;
  const lower = new Float64Array(degree + 1);
  for (let k = 1; k <= degree; k++) {
    lower.set(values);
    values[0] = 0;
    const isSlope = derivative === 1 && k === degree;
    for (let n = 1; n <= k; n++) {
      const right = knots[interval + n];
      const left = knots[interval + n - k];
      if (right === left) {
        values[n] = 0;
        continue;
      }
      const weight = ((isSlope ? k : 1) * lower[n - 1]) / (right - left);
      values[n - 1] += isSlope ? -weight : weight * (right - x);
      values[n] = isSlope ? weight : weight * (x - left);
    }
  }
  return { first: interval - degree, values };
}

/** The interval of the base knots that holds x; the first or the last for what lies outside. */
function intervalOf(knots: Float64Array, degree: number, x: number): number {
  const last = knots.length - degree - 2;
  let interval = degree;
  while (interval < last && x >= knots[interval + 1]) interval++;
  return interval;
}
