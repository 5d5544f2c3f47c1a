/** The B-splines of a degree over knots; beyond the knots the end pieces go on. */
export class BSpline {
  readonly #knots: Float64Array;
  readonly #degree: number;
  /** The degree + 1 basis functions that are not zero at the last point asked for, or their slopes. */
  readonly values: Float64Array;
  /** The first and the last of the base knots. */
  readonly low: number;
  readonly high: number;

  /** @param knots ascending, at least 2·degree + 2 of them */
  constructor(knots: Float64Array, degree: number) {
    this.#knots = knots;
    this.#degree = degree;
    this.values = new Float64Array(degree + 1);
    this.low = knots[degree];
    this.high = knots[knots.length - degree - 1];
  }

  /**
   * Puts the basis functions that are not zero at x into `values`.
   * @returns the number of the first of them
   * Counterpart: scipy.interpolate.BSpline, a column of its design matrix.
   * Source: de Boor, "A Practical Guide to Splines", 1978, chapter X.
   */
  at(x: number): number {
    const interval = intervalOf(this.#knots, this.#degree, x);
    raise(this.#knots, interval, this.#degree, x, this.values);
    return interval - this.#degree;
  }

  /** The same for their slopes. */
  slopesAt(x: number): number {
    const knots = this.#knots;
    const degree = this.#degree;
    const { values } = this;
    const interval = intervalOf(knots, degree, x);
    if (degree === 0) {
      values[0] = 0;
      return interval;
    }
    raise(knots, interval, degree - 1, x, values);
    let before = 0;
    for (let n = 1; n <= degree; n++) {
      const width = knots[interval + n] - knots[interval + n - degree];
      const slope = width === 0 ? 0 : (degree * values[n - 1]) / width;
      values[n - 1] = before - slope;
      before = slope;
    }
    values[degree] = before;
    return interval - degree;
  }
}

/** The basis functions of a degree in an interval, out of those of degree 0, 1, …. */
function raise(knots: Float64Array, interval: number, degree: number, x: number, values: Float64Array): void {
  values[0] = 1;
  for (let k = 1; k <= degree; k++) {
    let before = 0;
    for (let n = 1; n <= k; n++) {
      const right = knots[interval + n];
      const left = knots[interval + n - k];
      // Without width there is no piece.
      const weight = right === left ? 0 : values[n - 1] / (right - left);
      values[n - 1] = before + weight * (right - x);
      before = weight * (x - left);
    }
    values[k] = before;
  }
}

/** The interval of the base knots that holds x; the first or the last for what lies outside. */
function intervalOf(knots: Float64Array, degree: number, x: number): number {
  const last = knots.length - degree - 2;
  let interval = degree;
  while (interval < last && x >= knots[interval + 1]) interval++;
  return interval;
}
