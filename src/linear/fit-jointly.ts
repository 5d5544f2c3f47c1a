import { type Arena, withArena } from '../kernels/arena.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { FewerColumns } from './fewer-columns.ts';
import { JointLogisticLoss, type JointMember, type MemberPoint } from './joint-logistic-loss.ts';
import { lbfgsSteps, type LbfgsOptions, type LbfgsResult, type Point } from './lbfgs.ts';
import { RowSpaceLogisticLoss } from './row-space-logistic-loss.ts';

/** One of several logistic models on the same rows. */
export interface JointProblem extends JointMember {
  options: LbfgsOptions;
}

/** Numbers in a vector of the row space. */
const twofold = (rows: number): number => 2 * (rows + 1);

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
  const atOnce = Math.max(1, Math.floor(MOST_BYTES / (8 * VECTORS * Math.min(X.cols, twofold(X.rows)))));
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
  const columns = new FewerColumns(X, arena);
  if (twofold(X.rows) >= columns.X.cols) return minimiseByColumns(arena, columns, y, fitIntercept, problems);
  return minimiseByRows(arena, columns, y, fitIntercept, problems).map((result, i) => result ?? minimiseByColumns(arena, columns, y, fitIntercept, [problems[i]])[0]);
}

/** With as many variables as there are columns. */
function minimiseByColumns(arena: Arena, columns: FewerColumns, y: ArrayLike<number>, fitIntercept: boolean, problems: readonly JointProblem[]): LbfgsResult[] {
  const loss = new JointLogisticLoss(columns, y, fitIntercept, problems, arena);
  const start = new Float64Array(loss.size);
  const minimisers = problems.map(({ options }) => lbfgsSteps(arena, loss, start, options));
  const states = minimisers.map((steps) => steps.next(Number.NaN));
  for (let points = pointsOf(states); points.length > 0; points = pointsOf(states)) {
    const values = loss.evaluate(points);
    for (const [i, { member }] of points.entries()) states[member] = minimisers[member].next(values[i]);
  }
  return resultsOf(states).map((result) => ({ ...result, x: loss.coefficients(result.x) }));
}

/** With two numbers a row: each tries its steps by itself, and where these end all look at X together. Undefined for a result that rounding spoilt. */
function minimiseByRows(arena: Arena, columns: FewerColumns, y: ArrayLike<number>, fitIntercept: boolean, problems: readonly JointProblem[]): (LbfgsResult | undefined)[] {
  const loss = new RowSpaceLogisticLoss(columns, y, fitIntercept, problems, arena);
  const minimisers = problems.map(({ options }, member) => {
    const variables = loss.variables(member);
    return lbfgsSteps(arena, variables, new Float64Array(variables.size), options);
  });
  const next = (member: number): State => {
    let state = minimisers[member].next(Number.NaN);
    while (!state.done && !state.value.isFound) state = minimisers[member].next(loss.value(state.value, member));
    return state;
  };
  const states = problems.map((_, member) => next(member));
  for (let points = pointsOf(states); points.length > 0; points = pointsOf(states)) {
    loss.complete(points);
    for (const { member } of points) states[member] = next(member);
  }
  const results = resultsOf(states);
  const coefficients = loss.coefficients(results.map(({ x }) => x));
  return results.map((result, i) => coefficients[i] && { ...result, x: coefficients[i] });
}

type State = IteratorResult<Point, LbfgsResult>;

/** Where the minimisers that are still under way stand. */
const pointsOf = (states: readonly State[]): MemberPoint[] => states.flatMap((state, member) => (state.done ? [] : [{ ...state.value, member }]));

const resultsOf = (states: readonly State[]): LbfgsResult[] => states.map(({ value }) => value as LbfgsResult);
