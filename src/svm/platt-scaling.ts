/** P(+1 | decision value d) = 1 / (1 + e^(A·d + B)). */
export interface PlattSigmoid {
  A: number;
  B: number;
}

/** Newton steps at most, and the smallest step of the line search. */
const MAX_STEPS = 100;
const LEAST_STEP = 1e-10;
/** Stop once both gradient components are below this. */
const TOL = 1e-5;
/** Added to the Hessian's diagonal, so that it is positive definite. */
const RIDGE = 1e-12;

/**
 * Fits the sigmoid to decision values of rows that the model had not seen: the A, B of highest likelihood, by
 * Newton's method, with targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) instead of 1 and 0 against overfitting.
 *
 * Counterpart: libsvm's sigmoid_train.
 * Source: Platt, "Probabilistic outputs for support vector machines", 1999; Lin, Lin, Weng, "A note on Platt's
 * probabilistic outputs for support vector machines", Machine Learning 68, 2007.
 */
export function fitPlattSigmoid(decisions: Float64Array, signs: Int8Array): PlattSigmoid {
  const n = decisions.length;
  let positives = 0;
  for (let i = 0; i < n; i++) if (signs[i] > 0) positives++;
  const negatives = n - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const targetOf = (i: number): number => (signs[i] > 0 ? high : low);
  const loss = (A: number, B: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const f = decisions[i] * A + B;
      sum += f >= 0 ? targetOf(i) * f + Math.log(1 + Math.exp(-f)) : (targetOf(i) - 1) * f + Math.log(1 + Math.exp(f));
    }
    return sum;
  };

  let A = 0;
  let B = Math.log((negatives + 1) / (positives + 1));
  let value = loss(A, B);
  for (let step = 0; step < MAX_STEPS; step++) {
    let [hAA, hBB, hAB, gA, gB] = [RIDGE, RIDGE, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const d = decisions[i];
      const p = plattProbability(d, { A, B });
      const curvature = p * (1 - p);
      hAA += d * d * curvature;
      hBB += curvature;
      hAB += d * curvature;
      gA += d * (targetOf(i) - p);
      gB += targetOf(i) - p;
    }
    if (Math.abs(gA) < TOL && Math.abs(gB) < TOL) break;
    const determinant = hAA * hBB - hAB * hAB;
    const dA = -(hBB * gA - hAB * gB) / determinant;
    const dB = -(hAA * gB - hAB * gA) / determinant;
    const slope = gA * dA + gB * dB;
    let length = 1;
    for (; length >= LEAST_STEP; length /= 2) {
      const moved = loss(A + length * dA, B + length * dB);
      if (moved < value + 0.0001 * length * slope) {
        A += length * dA;
        B += length * dB;
        value = moved;
        break;
      }
    }
    if (length < LEAST_STEP) break;
  }
  return { A, B };
}

export function plattProbability(decision: number, { A, B }: PlattSigmoid): number {
  const f = decision * A + B;
  if (f < 0) return 1 / (1 + Math.exp(f));
  const e = Math.exp(-f);
  return e / (1 + e);
}
