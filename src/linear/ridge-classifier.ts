import type { Target } from '../base/label-classifier.ts';
import { classWeightRule, classWeights, timesWeights, type ClassWeight } from '../core/class-weight.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { centre, centredTarget, interceptOf } from '../matrix/centre.ts';
import { LinearClassifier, type LinearClassifierFitted } from './linear-classifier.ts';
import { chosenSolver, Ridge, ridgeSolver, type RidgeOptions, type RidgeSolver } from './ridge.ts';

export interface RidgeClassifierOptions extends RidgeOptions {
  /** Weight of each class, multiplied into the rows' weights; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

export interface RidgeClassifierFitted extends LinearClassifierFitted {
  /** The solver that made the coefficients; see RidgeFitted. */
  solver: RidgeSolver;
  /** Iterations made, the most of all classes; null for solvers that are exact. */
  iterations: number | null;
  /** Whether the tolerance was met before maxIter for every class. */
  converged: boolean;
}

/**
 * Classification by ridge regression: the class is written as −1 and 1 and learned as a number, by the w, b that
 * minimise Σ sᵢ(yᵢ − xᵢ·w − b)² + alpha·‖w‖²; more than two classes are each held against the rest, and what does not
 * depend on the class is worked out once. Fast where a rough boundary is enough, as on texts; there are no probabilities.
 *
 * X: samples × features, dense or sparse; a sparse X is solved iteratively and only to `tol`, as by Ridge. y: one label
 * per row, two classes or more. `predict` takes the second of two classes where the score is above 0, else the class of
 * the highest score.
 *
 * @throws DataError for fewer than two classes
 * Counterpart: scikit-learn's RidgeClassifier, without its multi-label y and the solvers that Ridge lacks.
 * Source: Rifkin, Yeo and Poggio, "Regularized least-squares classification", 2003.
 *
 * @example
 * const model = await new RidgeClassifier({ alpha: 10, classWeight: 'balanced' }).fit(X, y);
 * await model.predict(Xnew);
 */
export class RidgeClassifier extends LinearClassifier<RidgeClassifierOptions, RidgeClassifierFitted> {
  static override readonly rules: Rules<RidgeClassifierOptions> = { ...Ridge.rules as Rules<RidgeOptions>, classWeight: classWeightRule() };

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): RidgeClassifierFitted {
    const { alpha, classWeight, fitIntercept, maxIter, tol } = this.options;
    // Unlike other classifiers', the balance goes by the number of rows, whatever they weigh.
    const perClass = classWeight === null ? undefined : classWeights(this.owner, classWeight, classes, codes);
    const weights = timesWeights(sampleWeight, perClass && Float64Array.from(codes, (code) => perClass[code]));
    const signs = (k: number): Float64Array => Float64Array.from(codes, (code) => (code === k ? 1 : -1));
    const positives = classes.length === 2 ? [1] : Array.from(classes.keys());
    const problem = centre(X, signs(positives[0]), fitIntercept, weights);
    const solve = ridgeSolver(problem, alpha, chosenSolver(X, this.options), tol, maxIter);

    const coef = new DenseMatrix(positives.length, X.cols);
    const intercept = new Float64Array(positives.length);
    const runs = positives.map((k, row) => {
      const target = row === 0 ? problem : centredTarget(signs(k), fitIntercept, weights);
      const run = solve(target.y);
      coef.row(row).set(run.coef);
      if (fitIntercept) intercept[row] = interceptOf({ xOffset: problem.xOffset, yOffset: target.yOffset }, run.coef);
      return run;
    });
    const iterations = runs[0].iterations === null ? null : Math.max(...runs.map((run) => run.iterations as number));
    return { coef, intercept, solver: runs[0].solver, iterations, converged: runs.every((run) => run.converged) };
  }
}
