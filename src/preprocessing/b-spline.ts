/** The B-splines of a degree over knots; beyond the knots the end pieces go on. */
export class BSpline {
  readonly #knots: Float64Array;
  readonly #degree: number;
  /** The degree + 1 basis functions that are not zero at the last point asked for. */
  readonly values: Float64Array;
  readonly #lower: Float64Array;

  /** @param knots ascending, at least 2·degree + 2 of them */
  constructor(knots: Float64Array, degree: number) {
    this.#knots = knots;
    this.#degree = degree;
    this.values = new Float64Array(degree + 1);
    this.#lower = new Float64Array(degree + 1);
  }

  /**
   * Puts the basis functions that are not zero at x into `values`.
   * @param derivative 0 for values, 1 for slopes
   * @returns the number of the first of them
   * Counterpart: scipy.interpolate.BSpline, a column of its design matrix.
   * Source: de Boor, "A Practical Guide to Splines", 1978, chapter X.
   */
  at(x: number, derivative: 0 | 1 = 0): number {
    const knots = this.#knots;
    const degree = this.#degree;
    const values = this.values;
    const lower = this.#lower;
    const interval = intervalOf(knots, degree, x);
    for (let n = 0; n <= degree; n++) values[n] = 0;
    if (derivative > degree) return interval - degree;
    values[0] = 1;
    for (let k = 1; k <= degree; k++) {
      for (let n = 0; n < k; n++) lower[n] = values[n];
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
    return interval - degree;
  }
}

/** The interval of the base knots that holds x; the first or the last for what lies outside. */
function intervalOf(knots: Float64Array, degree: number, x: number): number {
  const last = knots.length - degree - 2;
  let interval = degree;
  while (interval < last && x >= knots[interval + 1]) interval++;
  return interval;
}
