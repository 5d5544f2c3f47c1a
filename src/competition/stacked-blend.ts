import { takeRows } from '../core/rows.ts';
import { LinearRegression } from '../linear/linear-regression.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { alignColumns } from '../model-selection/align-classes.ts';
import type { Blend, BlendTask } from './blender.ts';

/** Probabilities enter as logarithms of odds; nearer to 0 or 1 than this they count as this near. */
const NEAREST = 1e-6;

/**
 * A model of models: for classes a logistic regression (C 1) on the members' log odds, of the greater of two classes, or of each of several; for
 * numbers a linear regression whose coefficients are not negative, with a constant.
 *
 * Weights are the coefficients; of several classes the mean over a member's columns and the classes, of absolute values.
 * Source: Wolpert, "Stacked Generalization", Neural Networks 5 (1992); Breiman, "Stacked Regressions", Machine Learning 24 (1996), for the sign.
 */
export async function stackedBlend({ predictions, y, classes }: BlendTask, rows: Int32Array): Promise<Blend> {
  const columns = (some: readonly DenseMatrix[]): DenseMatrix => sideBySide(some.map((one) => features(one, classes?.length ?? 0)));
  const X = columns(predictions.map((one) => one.take(rows)));
  const truth = takeRows(y, rows);
  const each = X.cols / predictions.length;
  if (classes === null) {
    const model = await new LinearRegression({ positive: true }).fit(X, truth as number[]);
    return {
      weights: Array.from(model.fitted.coef),
      combine: async (some) => DenseMatrix.column(await model.predict(columns(some))),
    };
  }
  const model = await new LogisticRegression({ maxIter: 1000 }).fit(X, truth);
  const { coef, classes: known } = model.fitted;
  const weights = predictions.map((_, m) => {
    const own = Array.from({ length: coef.rows }, (__, k) => Array.from(coef.row(k).subarray(m * each, (m + 1) * each))).flat();
    return classes.length === 2 ? own[0] : own.reduce((sum, value) => sum + Math.abs(value), 0) / own.length;
  });
  return {
    weights,
    combine: async (some) => alignColumns('Stacking', await model.predictProba(columns(some)), known, classes, 0),
  };
}

/** Log odds: of the greater of two classes, of each of several; numbers as they are. */
function features(prediction: DenseMatrix, classes: number): DenseMatrix {
  if (classes === 0) return prediction;
  const logit = (p: number): number => {
    const inside = Math.min(1 - NEAREST, Math.max(NEAREST, p));
    return Math.log(inside / (1 - inside));
  };
  return classes === 2 ? DenseMatrix.column(prediction.col(1).map(logit)) : new DenseMatrix(prediction.rows, prediction.cols, prediction.data.map(logit));
}

function sideBySide(matrices: readonly DenseMatrix[]): DenseMatrix {
  const [{ rows }] = matrices;
  return DenseMatrix.from(Array.from({ length: rows }, (_, i) => matrices.flatMap((matrix) => Array.from(matrix.row(i)))));
}
