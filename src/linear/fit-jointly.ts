import { type Arena, withArena } from '../kernels/arena.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { FewerColumns } from './fewer-columns.ts';
import { JointLogisticLoss, type JointMember, type MemberPoint } from './joint-logistic-loss.ts';
import { lbfgsSteps, type LbfgsOptions, type LbfgsResult, type Point } from './lbfgs.ts';
import { RowSpaceLoss } from './row-space-loss.ts';

/** One of several logistic models on the same rows. */
export interface JointProblem extends JointMember {
  options: LbfgsOptions;
}

/** Labels of the rows, as numbers below that of the classes. */
export interface JointTarget {
  classes: number;
  codes: ArrayLike<number>;
}

/** Numbers in a vector of the row space. */
const twofold = (rows: number): number => 2 * (rows + 1);

/** Vectors of the variables' length that a minimiser keeps, about. */
const VECTORS = 26;
/** What the vectors of the models that are fitted at the same time may take. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Minimises the log losses of several models on the same rows from zero, side by side: each step of the minimisers is
 * evaluated for all that are still under way in common passes over X. The results, `x` by the columns of X (the scores of a
 * column side by side) and the intercepts last, are those of each model by itself.
 * @returns undefined for a model of more than two classes that is not to be had this way: where X has too many rows for its
 * columns, or RowSpaceLoss loses its scores to rounding
 */
export function fitJointly(X: CsrMatrix, target: JointTarget, fitIntercept: boolean, problems: readonly JointProblem[]): (LbfgsResult | undefined)[] {
  const { classes } = target;
  const size = Math.min(X.cols, twofold(X.rows));
  if (classes > 2 && size === X.cols) return problems.map(() => undefined);
  const atOnce = Math.max(1, Math.floor(MOST_BYTES / (8 * VECTORS * size * (classes === 2 ? 1 : classes))));
  const results: (LbfgsResult | undefined)[] = [];
  for (let from = 0; from < problems.length; from += atOnce) {
    const some = problems.slice(from, from + atOnce);
    // A lent X is used up, so that only the last may have it, and none that may yet be fitted in another way.
    const mayUse = classes === 2 && from + atOnce >= problems.length;
    results.push(...withArena((arena) => minimise(arena, mayUse ? arena.ownCsr(X) : arena.copyCsr(X), target, fitIntercept, some)));
  }
  return results;
}

function minimise(arena: Arena, X: CsrArrays, target: JointTarget, fitIntercept: boolean, problems: readonly JointProblem[]): (LbfgsResult | undefined)[] {
  const { classes, codes } = target;
  const columns = new FewerColumns(X, arena);
  const isWide = twofold(X.rows) < columns.X.cols;
  const results = isWide ? minimiseByRows(arena, columns, target, fitIntercept, problems) : problems.map(() => undefined);
  if (classes > 2) return results;
  const rest = problems.filter((_, i) => results[i] === undefined);
  const others = rest.length > 0 ? minimiseByColumns(arena, columns, codes, fitIntercept, rest) : [];
  return results.map((result) => result ?? others.shift());
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

/** With two numbers a row and score: each tries its steps by itself, and where these end all look at X together. Undefined for a result that rounding spoilt. */
function minimiseByRows(arena: Arena, columns: FewerColumns, { classes, codes }: JointTarget, fitIntercept: boolean, problems: readonly JointProblem[]): (LbfgsResult | undefined)[] {
  const loss = new RowSpaceLoss(columns, codes, classes, fitIntercept, problems, arena);
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
