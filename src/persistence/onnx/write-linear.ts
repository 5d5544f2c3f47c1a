import type { DenseMatrix } from '../../matrix/dense-matrix.ts';
import type { Label } from '../../core/labels.ts';
import type { Flow, MatrixFlow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';

interface LinearClassifierStage {
  readonly fitted: { readonly coef: DenseMatrix; readonly intercept: Float64Array; readonly classes: readonly Label[] };
}

interface LinearRegressorStage {
  readonly fitted: { readonly coef: Float64Array; readonly intercept: number };
}

/** X·Wᵀ + b: N × outputs. */
export function linearScores(w: OnnxWriter, X: Flow, coef: DenseMatrix, intercept: ArrayLike<number>): string {
  const { name, cols } = w.matrixOf(X);
  if (coef.cols !== cols) w.refuse(`X must have the ${coef.cols} columns of fit, got ${cols}.`);
  return w.add(w.op('MatMul', [name, w.doubles(coef.transpose().data, [coef.cols, coef.rows])]), w.doubles(intercept, [1, coef.rows]));
}

/** The class of the largest score; for two classes, the second where its score is above 0. */
function fromScores(w: OnnxWriter, classes: readonly Label[], scores: string): PredictionFlow {
  const codes = classes.length === 2 ? w.cast(w.flat(w.op('Greater', [scores, w.double(0)])), 'int64') : w.argmax(scores);
  return { kind: 'prediction', classes, scores, codes };
}

export function writeLinearClassifier(w: OnnxWriter, { fitted }: LinearClassifierStage, X: Flow): PredictionFlow {
  return fromScores(w, fitted.classes, linearScores(w, X, fitted.coef, fitted.intercept));
}

export function writeLogisticRegression(w: OnnxWriter, stage: LinearClassifierStage, X: Flow): PredictionFlow {
  const prediction = writeLinearClassifier(w, stage, X);
  const scores = prediction.scores as string;
  const isBinary = stage.fitted.coef.rows === 1;
  return { ...prediction, probabilities: isBinary ? w.bothSides(w.op('Sigmoid', [scores])) : w.op('Softmax', [scores], { axis: { int: 1 } }) };
}

/** Probabilities only where the loss gives some. */
export function writeSgdClassifier(w: OnnxWriter, stage: LinearClassifierStage & { readonly options: { readonly loss: string } }, X: Flow): PredictionFlow {
  const prediction = writeLinearClassifier(w, stage, X);
  const { loss } = stage.options;
  if (loss !== 'logLoss' && loss !== 'modifiedHuber') return prediction;
  const scores = prediction.scores as string;
  const shares =
    loss === 'logLoss'
      ? w.op('Sigmoid', [scores])
      : w.div(w.add(w.op('Max', [w.op('Min', [scores, w.double(1)]), w.double(-1)]), w.double(1)), w.double(2));
  if (stage.fitted.coef.rows === 1) return { ...prediction, probabilities: w.bothSides(shares) };
  return { ...prediction, probabilities: normalisedShares(w, shares, stage.fitted.classes.length) };
}

/** Rows divided by their sums; a row of zeros becomes equal shares. */
export function normalisedShares(w: OnnxWriter, shares: string, classes: number): string {
  const sums = w.rowSums(shares);
  const isNone = w.op('Equal', [sums, w.double(0)]);
  return w.op('Where', [isNone, w.double(1 / classes), w.div(shares, w.op('Where', [isNone, w.double(1), sums]))]);
}

export function writeLinearRegressor(w: OnnxWriter, { fitted }: LinearRegressorStage, X: Flow): PredictionFlow {
  const { name, cols } = w.matrixOf(X);
  if (fitted.coef.length !== cols) w.refuse(`X must have the ${fitted.coef.length} columns of fit, got ${cols}.`);
  const scores = w.add(w.op('MatMul', [name, w.doubles(fitted.coef, [cols, 1])]), w.double(fitted.intercept));
  return { kind: 'prediction', classes: null, values: w.flat(scores) };
}

/** A linear score and its exponential: regressions with a log link. */
export function writeLogLinkRegressor(w: OnnxWriter, stage: LinearRegressorStage, X: Flow): PredictionFlow {
  const { values } = writeLinearRegressor(w, stage, X);
  return { kind: 'prediction', classes: null, values: w.op('Exp', [values as string]) };
}

/** (X − mean)·Vᵀ, and without a mean X·Vᵀ. */
export function writeProjection(w: OnnxWriter, X: Flow, components: DenseMatrix, mean: Float64Array | null, scale: Float64Array | null): MatrixFlow {
  const { name } = w.matrixOf(X);
  const centred = mean ? w.sub(name, w.doubles(mean)) : name;
  const projected = w.op('MatMul', [centred, w.doubles(components.transpose().data, [components.cols, components.rows])]);
  return w.matrix(scale ? w.div(projected, w.doubles(scale)) : projected, components.rows);
}
