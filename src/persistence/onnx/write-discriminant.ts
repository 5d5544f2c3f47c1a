import type { LinearDiscriminantAnalysis } from '../../discriminant/linear-discriminant-analysis.ts';
import type { QuadraticDiscriminantAnalysis } from '../../discriminant/quadratic-discriminant-analysis.ts';
import { quadraticRule } from '../../discriminant/quadratic-rule.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { writeLogisticRegression, writeProjection } from './write-linear.ts';

/** Probabilities as logistic regression's; stages after it read the discriminants. */
export function writeLinearDiscriminant(w: OnnxWriter, stage: LinearDiscriminantAnalysis, X: Flow): PredictionFlow {
  const transformed = (): ReturnType<typeof writeProjection> => writeProjection(w, X, stage.directions().transpose(), stage.fitted.xbar, null);
  return { ...writeLogisticRegression(w, stage, X), transformed };
}

/** Squared distances from each class's mean along its axes, in units of the spread. */
export function writeQuadraticDiscriminant(w: OnnxWriter, { fitted }: QuadraticDiscriminantAnalysis, X: Flow): PredictionFlow {
  const { classes, means, priors, rotations, scalings } = fitted;
  const { name } = w.matrixOf(X);
  const { constants, whitenings } = quadraticRule(priors, rotations, scalings);
  const distances = whitenings.map(({ data, rows, cols }, k) => {
    const along = w.op('MatMul', [w.sub(name, w.doubles(means.row(k))), w.doubles(data, [rows, cols])]);
    return w.rowSums(w.mul(along, along));
  });
  const scores = w.sub(w.doubles(constants, [1, classes.length]), w.mul(w.concat(distances), w.double(0.5)));
  return w.probable(classes, w.op('Softmax', [scores], { axis: { int: 1 } }));
}
