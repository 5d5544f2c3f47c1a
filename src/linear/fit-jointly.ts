import { type Arena, withArena } from '../kernels/arena.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { JointLogisticLoss, type JointMember } from './joint-logistic-loss.ts';
import { lbfgsSteps, type LbfgsOptions, type LbfgsResult } from './lbfgs.ts';

/** One of several logistic models on the same rows. */
export interface JointProblem extends JointMember {
  options: LbfgsOptions;
}

/** Vectors of the variables' length that a minimiser keeps, about. */
const VECTORS = 26;
/** What the vectors of the models that are fitted at the same time may take. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Minimises the logistic losses of several models on the same rows from zero, side by side: each step of the minimisers is
 * evaluated for all that are still under way in common passes over X. The results, `x` by the columns of X and the
 * intercept last, are those of each model by itself.
 * @param y one 0 or 1 per row
 */
export function fitJointly(X: CsrMatrix, y: ArrayLike<number>, fitIntercept: boolean, problems: readonly JointProblem[]): LbfgsResult[] {
  const atOnce = Math.max(1, Math.floor(MOST_BYTES / (8 * VECTORS * X.cols)));
  const results: LbfgsResult[] = [];
  for (let from = 0; from < problems.length; from += atOnce) {
    const some = problems.slice(from, from + atOnce);
    // A lent X is used up, so that only the last may have it.
    const isLast = from + atOnce >= problems.length;
    results.push(...withArena((arena) => minimise(arena, isLast ? arena.ownCsr(X) : arena.copyCsr(X), y, fitIntercept, some)));
  }
  return results;
}

function minimise(arena: Arena, X: CsrArrays, y: ArrayLike<number>, fitIntercept: boolean, problems: readonly JointProblem[]): LbfgsResult[] {
  const loss = new JointLogisticLoss(X, y, fitIntercept, problems, arena);
  const start = new Float64Array(loss.size);
  const minimisers = problems.map(({ options }) => lbfgsSteps(arena, loss, start, options));
  const states = minimisers.map((steps) => steps.next(Number.NaN));
  for (;;) {
    const points = states.flatMap((state, member) => (state.done ? [] : [{ ...state.value, member }]));
    if (points.length === 0) break;
    const values = loss.evaluate(points);
    for (const [i, { member }] of points.entries()) states[member] = minimisers[member].next(values[i]);
  }
  return states.map((state) => {
    const result = state.value as LbfgsResult;
    return { ...result, x: loss.coefficients(result.x) };
  });
}
