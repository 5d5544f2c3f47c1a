const SUFFICIENT_DECREASE = 1e-3;
const CURVATURE = 0.9;
const INTERVAL_TOLERANCE = 0.1;

/** One point of the search: a step with the value and the slope of the function there. */
interface Trial {
  step: number;
  f: number;
  slope: number;
}

/**
 * Line search along φ(t) = f(x + t·d) for a step t with
 *
 *     φ(t) ≤ φ(0) + 10⁻³·t·φ′(0)   and   |φ′(t)| ≤ 0.9·|φ′(0)|.
 *
 * Give it φ(0), φ′(0) < 0 and a first step; then evaluate at `step` and hand the result to `advance`
 * until that returns true. The search also ends, with the best step so far, when rounding or a bracket
 * narrower than a tenth of its end leaves nothing to gain.
 *
 * Counterpart: dcsrch of MINPACK-2 with the constants that scipy's L-BFGS-B passes.
 * Source: Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease",
 * ACM TOMS 20 (1994), §2–4.
 */
export class MoreThuente {
  /** Where to evaluate next; the accepted step once `advance` has returned true. */
  step: number;

  readonly #f0: number;
  readonly #slope0: number;
  readonly #stepMax: number;
  /** The end of the interval with the least function value. */
  #best: Trial;
  /** The other end. */
  #other: Trial;
  #bracketed = false;
  /** In the first stage a modified function is minimised, until a step satisfies φ(t) ≤ … and φ′(t) ≥ 0. */
  #firstStage = true;
  #lower = 0;
  #upper: number;
  #width: number;
  #widthBefore: number;

  constructor(f0: number, slope0: number, step: number, stepMax: number) {
    this.step = step;
    this.#f0 = f0;
    this.#slope0 = slope0;
    this.#stepMax = stepMax;
    this.#best = { step: 0, f: f0, slope: slope0 };
    this.#other = { step: 0, f: f0, slope: slope0 };
    this.#upper = 5 * step;
    this.#width = stepMax;
    this.#widthBefore = 2 * stepMax;
  }

  /** Takes φ and φ′ at `step`. @returns whether the search is over */
  advance(f: number, slope: number): boolean {
    const drop = SUFFICIENT_DECREASE * this.#slope0;
    const line = this.#f0 + this.step * drop;
    if (this.#firstStage && f <= line && slope >= 0) this.#firstStage = false;
    if (this.#isOver(f, slope, line, drop)) return true;

    let next: number;
    if (this.#firstStage && f <= this.#best.f && f > line) {
      // φ has fallen, but not enough: interpolate φ(t) − 10⁻³·t·φ′(0), whose minimum is a good step.
      const tilt = (t: Trial, sign: number): Trial => ({ step: t.step, f: t.f - sign * t.step * drop, slope: t.slope - sign * drop });
      const best = tilt(this.#best, 1);
      const other = tilt(this.#other, 1);
      next = this.#interpolate(best, other, tilt({ step: this.step, f, slope }, 1));
      this.#best = tilt(this.#best, -1);
      this.#other = tilt(this.#other, -1);
    } else {
      next = this.#interpolate(this.#best, this.#other, { step: this.step, f, slope });
    }
    this.#confine(next);
    return false;
  }

  #isOver(f: number, slope: number, line: number, drop: number): boolean {
    const { step } = this;
    const stuck = this.#bracketed && (step <= this.#lower || step >= this.#upper);
    const narrow = this.#bracketed && this.#upper - this.#lower <= INTERVAL_TOLERANCE * this.#upper;
    const atMost = step === this.#stepMax && f <= line && slope <= drop;
    const atLeast = step === 0 && (f > line || slope >= drop);
    const found = f <= line && Math.abs(slope) <= CURVATURE * -this.#slope0;
    return stuck || narrow || atMost || atLeast || found;
  }

  /** Bisects where the bracket shrinks too slowly, and keeps the next step inside its limits. */
  #confine(next: number): void {
    const best = this.#best.step;
    const other = this.#other.step;
    let step = next;
    if (this.#bracketed) {
      if (Math.abs(other - best) >= 0.66 * this.#widthBefore) step = best + 0.5 * (other - best);
      this.#widthBefore = this.#width;
      this.#width = Math.abs(other - best);
      this.#lower = Math.min(best, other);
      this.#upper = Math.max(best, other);
    } else {
      this.#lower = step + 1.1 * (step - best);
      this.#upper = step + 4 * (step - best);
    }
    step = Math.min(Math.max(step, 0), this.#stepMax);
    const stuck = step <= this.#lower || step >= this.#upper;
    if (this.#bracketed && (stuck || this.#upper - this.#lower <= INTERVAL_TOLERANCE * this.#upper)) step = best;
    this.step = step;
  }

  /** A safeguarded cubic or secant step from the interval's ends and the trial; also moves the ends. */
  #interpolate(best: Trial, other: Trial, trial: Trial): number {
    const opposite = trial.slope * Math.sign(best.slope) < 0;
    const next = this.#nextStep(best, other, trial, opposite);
    if (trial.f > best.f) {
      this.#best = best;
      this.#other = trial;
    } else {
      this.#other = opposite ? best : other;
      this.#best = trial;
    }
    return next;
  }

  #nextStep(best: Trial, other: Trial, trial: Trial, opposite: boolean): number {
    const x = best.step;
    const t = trial.step;
    const secant = (): number => t + (trial.slope / (trial.slope - best.slope)) * (x - t);

    // Case 1: a higher value; the minimum is bracketed between best and trial.
    if (trial.f > best.f) {
      this.#bracketed = true;
      const cubic = cubicFromBest(best, trial);
      const quadratic = x + (best.slope / ((best.f - trial.f) / (t - x) + best.slope) / 2) * (t - x);
      return Math.abs(cubic - x) < Math.abs(quadratic - x) ? cubic : cubic + (quadratic - cubic) / 2;
    }
    // Case 2: a lower value and slopes of opposite sign; bracketed too.
    if (opposite) {
      this.#bracketed = true;
      const cubic = cubicFromTrial(best, trial);
      const quadratic = secant();
      return Math.abs(cubic - t) > Math.abs(quadratic - t) ? cubic : quadratic;
    }
    // Case 3: a lower value, slopes of one sign, the trial's being flatter.
    if (Math.abs(trial.slope) < Math.abs(best.slope)) {
      const cubic = cubicBeyondTrial(best, trial, t > x ? this.#upper : this.#lower);
      const quadratic = secant();
      const cubicIsNearer = Math.abs(cubic - t) < Math.abs(quadratic - t);
      if (this.#bracketed) {
        const step = cubicIsNearer ? cubic : quadratic;
        const limit = t + 0.66 * (other.step - t);
        return t > x ? Math.min(limit, step) : Math.max(limit, step);
      }
      const step = Math.abs(cubic - t) > Math.abs(quadratic - t) ? cubic : quadratic;
      return Math.max(this.#lower, Math.min(this.#upper, step));
    }
    // Case 4: a lower value, slopes of one sign, the trial's being no flatter.
    if (this.#bracketed) return cubicFromTrial(other, trial);
    return t > x ? this.#upper : this.#lower;
  }
}

/** θ of the cubic through both points' values and slopes: its third-order part, in units of a slope. */
function cubicTheta(a: Trial, trial: Trial): number {
  return (3 * (a.f - trial.f)) / (trial.step - a.step) + a.slope + trial.slope;
}

/** √(θ² − a′·t′), scaled against overflow. */
function cubicRoot(theta: number, a: Trial, trial: Trial, floor: number): number {
  const s = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(trial.slope));
  return s * Math.sqrt(Math.max(floor, (theta / s) ** 2 - (a.slope / s) * (trial.slope / s)));
}

/** The cubic's minimum, measured from the best point. */
function cubicFromBest(best: Trial, trial: Trial): number {
  const theta = cubicTheta(best, trial);
  const root = cubicRoot(theta, best, trial, -Infinity) * (trial.step < best.step ? -1 : 1);
  const p = root - best.slope + theta;
  const q = root - best.slope + root + trial.slope;
  return best.step + (p / q) * (trial.step - best.step);
}

/** The cubic's minimum, measured from the trial. */
function cubicFromTrial(a: Trial, trial: Trial): number {
  const theta = cubicTheta(a, trial);
  const root = cubicRoot(theta, a, trial, -Infinity) * (trial.step > a.step ? -1 : 1);
  const p = root - trial.slope + theta;
  const q = root - trial.slope + root + a.slope;
  return trial.step + (p / q) * (a.step - trial.step);
}

/** The cubic's minimum if it lies beyond the trial, else `limit`. */
function cubicBeyondTrial(best: Trial, trial: Trial, limit: number): number {
  const theta = cubicTheta(best, trial);
  const root = cubicRoot(theta, best, trial, 0) * (trial.step > best.step ? -1 : 1);
  const p = root - trial.slope + theta;
  const q = root + (best.slope - trial.slope) + root;
  const r = p / q;
  return r < 0 && root !== 0 ? trial.step + r * (best.step - trial.step) : limit;
}
