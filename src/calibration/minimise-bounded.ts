/** Where a function of one variable is least within bounds. */
export interface BoundedMinimum {
  x: number;
  value: number;
  evaluations: number;
}

/** (3 − √5) / 2. */
const GOLDEN = 0.3819660112501051;
const MOST_EVALUATIONS = 500;

/**
 * A local minimum in [low, high], by Brent's method: parabolas through the last three points, golden sections where
 * they do not help. Never evaluates the ends.
 *
 * @param tolerance distance in x at which to stop, besides √ε·|x|
 * Counterpart: scipy.optimize.minimize_scalar(method="bounded").
 * Source: Brent, "Algorithms for Minimization Without Derivatives", 1973, chapter 5.
 */
export function minimiseBounded(f: (x: number) => number, low: number, high: number, tolerance: number): BoundedMinimum {
  const relative = Math.sqrt(2.2e-16);
  let a = low;
  let b = high;
  /** Best, second best, and the second best before. */
  let x = a + GOLDEN * (b - a);
  let w = x;
  let v = x;
  let fx = f(x);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  let evaluations = 1;
  for (; evaluations < MOST_EVALUATIONS; evaluations++) {
    const middle = 0.5 * (a + b);
    const near = relative * Math.abs(x) + tolerance / 3;
    if (Math.abs(x - middle) <= 2 * near - 0.5 * (b - a)) break;
    let isParabola = false;
    if (Math.abs(before) > near) {
      const r = (x - w) * (fx - fv);
      const s = (x - v) * (fx - fw);
      let p = (x - v) * s - (x - w) * r;
      let q = 2 * (s - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      const last = before;
      before = step;
      if (Math.abs(p) < Math.abs(0.5 * q * last) && p > q * (a - x) && p < q * (b - x)) {
        isParabola = true;
        step = p / q;
        const u = x + step;
        if (u - a < 2 * near || b - u < 2 * near) step = middle >= x ? near : -near;
      }
    }
    if (!isParabola) {
      before = x >= middle ? a - x : b - x;
      step = GOLDEN * before;
    }
    const u = x + (step >= 0 ? 1 : -1) * Math.max(Math.abs(step), near);
    const fu = f(u);
    if (fu <= fx) {
      if (u >= x) a = x;
      else b = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return { x, value: fx, evaluations };
}
