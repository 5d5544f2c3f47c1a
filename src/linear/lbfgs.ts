import { type Arena, withArena } from '../kernels/arena.ts';
import { compensatedDot } from '../kernels/compensated.ts';
import { moveTo, roundStep, subtractFrom } from '../kernels/steps.ts';
import { copy, maxAbs, scale } from '../kernels/vector-operations.ts';
import { LbfgsMemory } from './lbfgs-memory.ts';
import { MoreThuente } from './more-thuente.ts';

/** What a minimiser must know of a function besides its values. */
export interface Variables {
  /** Number of variables. */
  readonly size: number;
  /** What `gtol` is compared with; max |gradient| when left out. */
  largest?(gradient: Float64Array): number;
  /**
   * Whether vectors are twofold, [p, q] with halves of equal length, the product of two being p of the one times q of the other.
   * So vectors may stand in a basis that is not orthonormal: p are coordinates, q the products with the basis. `size` counts
   * both halves. Default false.
   */
  isTwofold?: boolean;
}

/** A function of n variables with its gradient. */
export interface Objective extends Variables {
  /** The value at x; the gradient there is written into `gradient`. x must not be changed or kept. */
  evaluate(x: Float64Array, gradient: Float64Array): number;
}

/** A point at which a minimiser asks for the value, and where it wants the gradient. */
export interface Point {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  /**
   * Only of twofold vectors: whether the line search has ended here, so that the second half of the gradient, which it has no
   * use for, is asked for as well. The value has been given before.
   */
  readonly isFound: boolean;
}

export interface LbfgsOptions {
  /** Most iterations; at least one is made. Default 15000. */
  maxIter?: number;
  /** Stop when no component of the gradient exceeds this. Default 1e-5. */
  gtol?: number;
  /** Stop when an iteration lowers f by no more than ftol·max(|f before|, |f after|, 1). Default 2.22e-9. */
  ftol?: number;
  /** Most evaluations in one line search. Default 20. */
  maxLineSearch?: number;
  /** Start no further iteration after this many evaluations. Default 15000. */
  maxEvaluations?: number;
  /** Number of step and gradient pairs remembered. Default 10. */
  memory?: number;
}

/** Why the minimiser stopped; the first two mean that it converged. */
export type LbfgsMessage =
  | 'no gradient component exceeds gtol'
  | 'f falls by no more than ftol'
  | 'maxIter iterations made'
  | 'more than maxEvaluations evaluations made'
  | 'the line search found no lower point';

export interface LbfgsResult {
  x: Float64Array;
  /** Value at x. */
  f: number;
  iterations: number;
  /** Calls of `evaluate`. */
  evaluations: number;
  converged: boolean;
  message: LbfgsMessage;
}

const MACHINE_EPSILON = 2.220446049250313e-16;
const STEP_MAX = 1e10;

/**
 * Minimises a smooth function by limited-memory BFGS, deciding at each point as scipy's L-BFGS-B does
 * for a problem without bounds, so that a run that is stopped early stops at the same iteration and
 * the same x.
 *
 * - Direction −H·g from the last pairs (LbfgsMemory); −g while there are none.
 * - First step 1/‖d‖ in the very first iteration, at most 1; later 1. Line search: MoreThuente.
 * - A pair is kept only where sᵀy > ε·(−gᵀs).
 * - A line search that fails restores the point, forgets all pairs and tries once more along −g.
 * - The limits are looked at before the tolerances: an iteration that reaches both counts as stopped.
 *
 * Never throws for lack of convergence. `x0` is not modified.
 *
 * Counterpart: scipy.optimize.minimize(method="L-BFGS-B", jac=True), scipy 1.17.
 * Source: Byrd, Lu, Nocedal and Zhu, SIAM J. Sci. Comput. 16 (1995); Zhu et al., "Algorithm 778",
 * ACM TOMS 23 (1997); Morales and Nocedal, ACM TOMS 38 (2011).
 *
 * @example
 * const bowl = { size: 1, evaluate: (x, g) => ((g[0] = 2 * (x[0] - 3)), (x[0] - 3) ** 2) };
 * lbfgs(bowl, new Float64Array(1)).x; // [3]
 */
export function lbfgs(objective: Objective, x0: Float64Array, options: LbfgsOptions = {}): LbfgsResult {
  return withArena((arena) => {
    const steps = lbfgsSteps(arena, objective, x0, options);
    let next = steps.next(Number.NaN);
    while (!next.done) next = steps.next(objective.evaluate(next.value.x, next.value.gradient));
    return next.value;
  });
}

/**
 * `lbfgs` with the evaluations left to the caller: yields each point, takes the value there (the gradient written into
 * the point's own array), returns the result. Several minimisers can so be evaluated together.
 * @param arena what holds the vectors, the points among them
 */
export function* lbfgsSteps(
  arena: Arena,
  { size: n, largest = maxAbs, isTwofold = false }: Variables,
  x0: Float64Array,
  { maxIter = 15_000, gtol = 1e-5, ftol = 2.220446049250313e-9, maxLineSearch = 20, maxEvaluations = 15_000, memory = 10 }: LbfgsOptions = {},
): Generator<Point, LbfgsResult, number> {
  const pairs = new LbfgsMemory(n, memory, arena, isTwofold);
  const x = arena.copyFloat64(x0);
  const gradient = arena.float64(n);
  const xBefore = arena.float64(n);
  const gradientBefore = arena.float64(n);
  const direction = arena.float64(n);
  const fullStep = arena.float64(n);
  const tried: Point = { x, gradient, isFound: false };
  const found: Point = { x, gradient, isFound: true };
  const product = isTwofold ? (a: Float64Array, b: Float64Array) => compensatedDot(a.subarray(0, n / 2), b.subarray(n / 2)) : compensatedDot;

  let f = yield tried;
  if (isTwofold) yield found;
  let evaluations = 1;
  let iterations = 0;
  const stop = (converged: boolean, message: LbfgsMessage): LbfgsResult => ({ x: x.slice(), f, iterations, evaluations, converged, message });
  if (largest(gradient) <= gtol) return stop(true, 'no gradient component exceeds gtol');

  for (;;) {
    if (pairs.size > 0) pairs.direction(gradient, direction);
    else scale(-1, gradient, direction);
    // The direction is what is left after x + d is rounded, since a full step goes to exactly that point.
    roundStep(x, direction, fullStep);
    const length = Math.sqrt(product(direction, direction));
    const slopeBefore = product(gradient, direction);
    const fBefore = f;
    copy(x, xBefore);
    copy(gradient, gradientBefore);

    let isFound = false;
    let slope = slopeBefore;
    let step = 0;
    if (!(slopeBefore >= 0)) {
      const search = new MoreThuente(f, slopeBefore, iterations === 0 ? Math.min(1 / length, STEP_MAX) : 1, STEP_MAX);
      for (let tries = 0; tries < maxLineSearch && !isFound; tries++) {
        step = search.step;
        // A full step goes to the rounded point itself: 0·direction + fullStep.
        if (step === 1 ? moveTo(x, fullStep, direction, 0) : moveTo(x, xBefore, direction, step)) {
          f = yield tried;
          evaluations++;
        }
        slope = product(gradient, direction);
        isFound = search.advance(f, slope);
      }
    }
    if (!isFound) {
      copy(xBefore, x);
      copy(gradientBefore, gradient);
      f = fBefore;
      if (pairs.size === 0) return stop(false, 'the line search found no lower point');
      pairs.clear();
      continue;
    }

    if (isTwofold) yield found;
    iterations++;
    if (iterations >= maxIter) return stop(false, 'maxIter iterations made');
    if (evaluations > maxEvaluations) return stop(false, 'more than maxEvaluations evaluations made');
    if (largest(gradient) <= gtol) return stop(true, 'no gradient component exceeds gtol');
    if (fBefore - f <= ftol * Math.max(Math.abs(fBefore), Math.abs(f), 1)) return stop(true, 'f falls by no more than ftol');

    subtractFrom(gradient, gradientBefore);
    const sy = (slope - slopeBefore) * step;
    if (sy <= MACHINE_EPSILON * -slopeBefore * step) continue;
    if (step !== 1) scale(step, direction);
    pairs.add(direction, gradientBefore, sy, step * step * length * length, gradient);
  }
}
