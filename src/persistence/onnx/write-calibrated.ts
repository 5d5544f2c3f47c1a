import type { CalibratedClassifier } from '../../calibration/calibrated-classifier.ts';
import type { Calibrators } from '../../calibration/calibrators.ts';
import type { MonotoneCurve } from '../../calibration/isotonic-fit.ts';
import { restoreStage } from '../../pipeline/restore-stage.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import type { WriteStage } from './stage-writer.ts';
import { predictionOf } from './write-ensembles.ts';
import { normalisedShares } from './write-linear.ts';

/** The mean of all parts' calibrated probabilities. */
export function writeCalibratedClassifier(w: OnnxWriter, { options, fitted }: CalibratedClassifier, X: Flow, write: WriteStage): PredictionFlow {
  const { parts, classes, responseMethod } = fitted;
  const probabilities = parts.map(({ estimator, calibrators }, p) => {
    const model = options.estimator.clone() as object;
    restoreStage(model as never, estimator);
    const answer = predictionOf(w, `part${p}`, model, X, write);
    const isBinary = answer.classes?.length === 2;
    const proba = answer.probabilities;
    const scores = responseMethod === 'decisionFunction' ? answer.scores : proba && (isBinary ? w.columns(proba, [1]) : proba);
    if (scores === undefined) return w.refuse(`the estimator must give ${responseMethod} in ONNX, it does not.`);
    return calibrated(w, calibrators, scores, classes.length);
  });
  const sum = probabilities.reduce((total, part) => w.add(total, part));
  return w.probable(classes, w.div(sum, w.double(parts.length)));
}

function calibrated(w: OnnxWriter, calibrators: Calibrators, scores: string, classes: number): string {
  if (calibrators.method === 'temperature') return w.refuse("CalibratedClassifier: method must be 'sigmoid' or 'isotonic' to be written as ONNX, got 'temperature'.");
  const columns = calibrators.columns.map((_, c) => {
    const score = w.columns(scores, [c]);
    if (calibrators.method === 'isotonic') return interpolated(w, calibrators.curves[c], score);
    const { slope, intercept } = calibrators.curves[c];
    return w.op('Sigmoid', [w.op('Neg', [w.add(w.mul(score, w.double(slope)), w.double(intercept))])]);
  });
  if (classes === 2 && columns.length === 1) {
    const other = w.sub(w.double(1), columns[0]);
    return w.concat(calibrators.columns[0] === 1 ? [other, columns[0]] : [columns[0], other]);
  }
  const nothing = w.mul(columns[0], w.double(0));
  const all = Array.from({ length: classes }, (_, k) => columns[calibrators.columns.indexOf(k)] ?? nothing);
  return normalisedShares(w, w.concat(all), classes);
}

/** Along the line between the two points of the curve around a value; beyond its ends, the ends. */
function interpolated(w: OnnxWriter, { x, y }: MonotoneCurve, value: string): string {
  const last = x.length - 1;
  if (last === 0) return w.add(w.mul(value, w.double(0)), w.double(y[0]));
  const inside = w.op('Max', [w.op('Min', [value, w.double(x[last])]), w.double(x[0])]);
  const reached = w.op('ReduceSum', [w.cast(w.op('GreaterOrEqual', [inside, w.doubles(x.subarray(1, last), [1, last - 1])]), 'int64'), w.ints([1])]);
  const low = last === 1 ? w.mul(reached, w.int(0)) : reached;
  const high = w.add(low, w.int(1));
  const at = (values: Float64Array, position: string): string => w.op('Gather', [w.doubles(values), position]);
  const slope = w.div(w.sub(at(y, high), at(y, low)), w.sub(at(x, high), at(x, low)));
  return w.add(w.mul(slope, w.sub(inside, at(x, low))), at(y, low));
}
