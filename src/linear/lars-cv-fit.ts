import { foldsOf, foldsRule, type Folds } from '../core/folds.ts';
import { flag, integer, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnCovariances } from './column-covariances.ts';
import { leastMean } from './elastic-net-path.ts';
import { foldRows } from './fold-rows.ts';
import { fitLars, type LarsFitted } from './lars-fit.ts';
import { followLars, type LarsPathOptions } from './lars-path.ts';

/** Options that LarsCV and LassoLarsCV share. */
export interface LarsCVOptions {
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most steps. Default 500. */
  maxIter?: number;
  /** Folds to judge penalties on: a number of unshuffled folds, or { train, test } of rows. Default 5. */
  cv?: Folds;
  /** About how many penalties to judge at most. Default 1000. */
  maxNAlphas?: number;
}

export const larsCvRules: Rules<LarsCVOptions> = {
  fitIntercept: flag(true),
  maxIter: integer(500, { min: 0 }),
  cv: foldsRule<Folds>(5),
  maxNAlphas: integer(1000, { min: 1 }),
};

export interface LarsCVFitted extends LarsFitted {
  /** The chosen penalty: the smallest of those with the least mean error over folds. */
  alpha: number;
  /** Penalties judged, ascending: those of the nodes of all folds' paths. */
  cvAlphas: Float64Array;
  /** cvAlphas × folds: mean squared error of the fold's test rows. */
  msePath: DenseMatrix;
}

/** A fold's path: errors of the test rows at each node, penalties ascending. */
interface FoldPath {
  alphas: number[];
  errors: Float64Array[];
  meanSquare(errors: Float64Array): number;
}

/** Follows each fold's path, judges the penalties of all nodes on all folds, between nodes on the straight line, and follows the path of all rows to the best. */
export function fitLarsCv(owner: string, X: Matrix, y: Float64Array, weights: Float64Array | undefined, options: Readonly<Required<LarsCVOptions>>, path: Pick<Required<LarsPathOptions>, 'method' | 'positive'>): LarsCVFitted {
  const { fitIntercept, maxIter, cv, maxNAlphas } = options;
  const folds = foldsOf(owner, cv, X.rows).map((fold): FoldPath => {
    const { problem, errors, meanSquare } = foldRows(X, y, weights, fold, fitIntercept);
    const { alphas, coefs } = followLars(owner, columnCovariances(problem), { ...path, maxIter, alphaMin: 0 });
    // Of 'lar' penalties may rise again where a coefficient changes its sign.
    const nodes = Array.from(alphas.keys()).sort((a, b) => alphas[a] - alphas[b]);
    return { alphas: nodes.map((node) => alphas[node]), errors: nodes.map((node) => errors(coefs.col(node))), meanSquare };
  });
  const all = Float64Array.from(new Set(folds.flatMap(({ alphas }) => alphas))).sort();
  const stride = Math.max(1, Math.floor(all.length / maxNAlphas));
  const cvAlphas = all.filter((_, i) => i % stride === 0);
  const msePath = new DenseMatrix(cvAlphas.length, folds.length);
  for (const [f, fold] of folds.entries()) for (let a = 0; a < cvAlphas.length; a++) msePath.row(a)[f] = fold.meanSquare(errorsAt(fold, cvAlphas[a]));
  const alpha = cvAlphas[leastMean(msePath).at];
  const noise = { fitIntercept, fitPath: true, jitter: null, randomState: null };
  return { ...fitLars(owner, X, y, weights, noise, { ...path, maxIter, alphaMin: alpha }), alpha, cvAlphas, msePath };
}

/** Errors at a penalty; beyond the ends of the path as there. */
function errorsAt({ alphas, errors }: FoldPath, alpha: number): Float64Array {
  const above = alphas.findIndex((own) => own >= alpha);
  if (above < 0) return errors[errors.length - 1];
  if (above === 0) return errors[0];
  const share = (alpha - alphas[above - 1]) / (alphas[above] - alphas[above - 1]);
  return errors[above - 1].map((error, i) => error + share * (errors[above][i] - error));
}
