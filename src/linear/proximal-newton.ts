import { compensatedDot } from '../kernels/compensated.ts';
import type { LinearLoss } from './linear-loss.ts';
import { QuadraticModel } from './quadratic-model.ts';
import { stationarityGap } from './stationarity-gap.ts';

export interface ProximalNewtonOptions {
  /** Factor of ‖w‖₁; intercepts are not penalised. */
  l1: number;
  /** Most Newton steps. */
  maxIter: number;
  /** Stop when no stationarity gap exceeds this. */
  tol: number;
}

export interface ProximalNewtonResult {
  coefficients: Float64Array;
  /** Mean loss plus penalties at `coefficients`. */
  objective: number;
  iterations: number;
  /** Passes over the data for a value or a gradient. */
  evaluations: number;
  converged: boolean;
}

const SUFFICIENT_DECREASE = 0.01;
const MOST_HALVINGS = 50;

/**
 * Minimises a linear loss plus l1·‖w‖₁ by Newton steps: the loss is replaced by its second-order model,
 * the model with the lasso term is minimised by coordinate descent, loosely at first and sharply near
 * the end, and a backtracking line search makes sure of a decrease. Deterministic; coefficients that
 * do not matter are exactly zero.
 *
 * It stops at iteration maxIter, or once no coefficient's stationarity gap exceeds `tol`, the same
 * measure as max |gradient| without a lasso term.
 *
 * Source: Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13 (2012);
 * Lee, Sun and Saunders, "Proximal Newton-type methods", SIAM J. Optim. 24 (2014), for the forcing term.
 */
export function proximalNewton(loss: LinearLoss, start: Float64Array, { l1, maxIter, tol }: ProximalNewtonOptions): ProximalNewtonResult {
  const penalised = loss.X.cols * loss.outputs;
  const w = start.slice();
  const next = new Float64Array(loss.size);
  const smooth = next.subarray(0, penalised);
  const gradient = new Float64Array(loss.size);
  const scores = new Float64Array(loss.residuals.length);
  const trial = new Float64Array(scores.length);
  const model = new QuadraticModel(loss, l1);
  const lassoOf = (v: Float64Array): number => {
    let sum = 0;
    for (let e = 0; e < penalised; e++) sum += Math.abs(v[e]);
    return l1 * sum;
  };
  const largestGap = (): number => {
    let gap = 0;
    for (let e = 0; e < w.length; e++) gap = Math.max(gap, stationarityGap(w[e], gradient[e], e < penalised ? l1 : 0));
    return gap;
  };

  let objective = loss.evaluate(w, gradient) + lassoOf(w);
  loss.scoresAt(w, scores);
  let evaluations = 1;
  let iterations = 0;
  let gap = largestGap();
  const firstGap = gap;
  while (gap > tol && iterations < maxIter) {
    // The model is worth solving only as sharply as it is itself right.
    model.minimise(w, scores, gradient, Math.max(gap * Math.min(0.1, gap / firstGap), 0.1 * tol));
    const d = model.direction;
    for (let e = 0; e < w.length; e++) next[e] = w[e] + d[e];
    const promised = compensatedDot(gradient, d) + lassoOf(next) - lassoOf(w);
    // What rounding alone can do to the objective must not look like an increase.
    const slack = 4 * Number.EPSILON * Math.max(1, Math.abs(objective));

    let accepted = false;
    for (let halvings = 0, step = 1; halvings < MOST_HALVINGS && !accepted; halvings++, step /= 2) {
      for (let e = 0; e < w.length; e++) next[e] = w[e] + step * d[e];
      for (let i = 0; i < scores.length; i++) trial[i] = scores[i] + step * model.scoreChange[i];
      const value = loss.evaluateScores(trial) + 0.5 * loss.l2 * compensatedDot(smooth, smooth) + lassoOf(next);
      evaluations++;
      accepted = value - objective <= SUFFICIENT_DECREASE * step * promised + slack;
    }
    if (!accepted) break;
    iterations++;
    w.set(next);
    objective = loss.evaluate(w, gradient) + lassoOf(w);
    loss.scoresAt(w, scores);
    evaluations++;
    gap = largestGap();
  }
  return { coefficients: w, objective, iterations, evaluations, converged: gap <= tol };
}
