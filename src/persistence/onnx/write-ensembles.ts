import type { AdaBoostClassifier } from '../../ensemble/ada-boost-classifier.ts';
import type { AdaBoostRegressor } from '../../ensemble/ada-boost-regressor.ts';
import type { BaggingClassifier } from '../../ensemble/bagging-classifier.ts';
import type { BaggingRegressor } from '../../ensemble/bagging-regressor.ts';
import { memberWeights } from '../../ensemble/member-weights.ts';
import type { StackingClassifier } from '../../ensemble/stacking-classifier.ts';
import type { StackingRegressor } from '../../ensemble/stacking-regressor.ts';
import type { VotingClassifier } from '../../ensemble/voting-classifier.ts';
import type { VotingRegressor } from '../../ensemble/voting-regressor.ts';
import type { Label } from '../../core/labels.ts';
import { scoreMethod, scoreThreshold } from '../../multiclass/binary-scores.ts';
import type { OneVsRestClassifier } from '../../multiclass/one-vs-rest-classifier.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import type { WriteStage } from './stage-writer.ts';
import { normalisedShares } from './write-linear.ts';

type Member = object;

/** What a model says of X; it must predict. */
export function predictionOf(w: OnnxWriter, name: string, model: Member, X: Flow, write: WriteStage): PredictionFlow {
  const answer = write(w, name, model, X);
  return answer.kind === 'prediction' ? answer : w.refuse(`"${name}" must predict, it transforms.`);
}

const valuesOf = ({ values }: PredictionFlow): string => values as string;

/** N × classes: 1 for the predicted class. */
function votesOf(w: OnnxWriter, { classes, codes }: PredictionFlow, all: readonly Label[]): string {
  const positions = (classes as readonly Label[]).map((label) => all.indexOf(label));
  const rows = positions.flatMap((position) => all.map((_, k) => Number(k === position)));
  return w.op('Gather', [w.doubles(rows, [positions.length, all.length]), codes as string], { axis: { int: 0 } });
}

/** N × all classes, zeros for those that the model has not learned. */
function alignedProbabilities(w: OnnxWriter, { classes, probabilities }: PredictionFlow, all: readonly Label[]): string {
  const own = classes as readonly Label[];
  if (own.length === all.length) return probabilities as string;
  const rows = own.flatMap((label) => all.map((other) => Number(other === label)));
  return w.op('MatMul', [probabilities as string, w.doubles(rows, [own.length, all.length])]);
}

function weightedSum(w: OnnxWriter, parts: readonly string[], weights: readonly number[]): string {
  return parts.map((part, m) => (weights[m] === 1 ? part : w.mul(part, w.double(weights[m])))).reduce((sum, part) => w.add(sum, part));
}

export function writeVotingClassifier(w: OnnxWriter, stage: VotingClassifier, X: Flow, write: WriteStage): PredictionFlow {
  const { options, fitted, owner } = stage;
  const weights = memberWeights(owner, options.weights, fitted.estimators.length);
  const answers = fitted.estimators.map((model, m) => predictionOf(w, options.estimators[m][0], model, X, write));
  if (options.voting === 'hard') {
    const counts = weightedSum(w, answers.map((answer) => votesOf(w, answer, fitted.classes)), weights);
    return { kind: 'prediction', classes: fitted.classes, codes: w.argmax(counts) };
  }
  const total = weights.reduce((a, b) => a + b, 0);
  return w.probable(fitted.classes, w.div(weightedSum(w, answers.map(({ probabilities }) => probabilities as string), weights), w.double(total)));
}

export function writeVotingRegressor(w: OnnxWriter, { options, fitted, owner }: VotingRegressor, X: Flow, write: WriteStage): PredictionFlow {
  const weights = memberWeights(owner, options.weights, fitted.estimators.length);
  const answers = fitted.estimators.map((model, m) => valuesOf(predictionOf(w, options.estimators[m][0], model, X, write)));
  return { kind: 'prediction', classes: null, values: w.div(weightedSum(w, answers, weights), w.double(weights.reduce((a, b) => a + b, 0))) };
}

export function writeStacking(w: OnnxWriter, { options, fitted }: StackingClassifier | StackingRegressor, X: Flow, write: WriteStage): PredictionFlow {
  const { classes = null } = fitted as { classes?: readonly Label[] };
  let cols = 0;
  const answers = fitted.estimators.map((model, m) => {
    const answer = predictionOf(w, options.estimators[m][0], model, X, write);
    const method = fitted.stackMethod[m];
    const count = classes === null || method === 'predict' || classes.length === 2 ? 1 : classes.length;
    cols += count;
    if (classes === null) return w.reshape(valuesOf(answer), [-1, 1]);
    if (method === 'predict') return w.reshape(w.cast(answer.codes as string, 'double'), [-1, 1]);
    if (method === 'decisionFunction') return answer.scores ?? w.refuse(`"${options.estimators[m][0]}" must give decision values in ONNX, it does not. Use stackMethod: 'predictProba'.`);
    return count === 1 ? w.columns(answer.probabilities as string, [1]) : (answer.probabilities as string);
  });
  if (options.passthrough) {
    const matrix = w.matrixOf(X);
    answers.push(matrix.name);
    cols += matrix.cols;
  }
  return predictionOf(w, 'finalEstimator', fitted.finalEstimator, w.matrix(w.concat(answers), cols), write);
}

/** The columns that a copy drew. */
function drawnColumns(w: OnnxWriter, X: Flow, features: Int32Array | undefined): Flow {
  return features === undefined ? X : w.matrix(w.columns(w.matrixOf(X).name, features), features.length);
}

export function writeBaggingClassifier(w: OnnxWriter, { fitted }: BaggingClassifier, X: Flow, write: WriteStage): PredictionFlow {
  const answers = fitted.estimators.map((model, m) => {
    const answer = predictionOf(w, String(m), model, drawnColumns(w, X, fitted.estimatorsFeatures?.[m]), write);
    return answer.probabilities ? alignedProbabilities(w, answer, fitted.classes) : votesOf(w, answer, fitted.classes);
  });
  return w.probable(fitted.classes, w.div(weightedSum(w, answers, answers.map(() => 1)), w.double(answers.length)));
}

export function writeBaggingRegressor(w: OnnxWriter, { fitted }: BaggingRegressor, X: Flow, write: WriteStage): PredictionFlow {
  const answers = fitted.estimators.map((model, m) => valuesOf(predictionOf(w, String(m), model, drawnColumns(w, X, fitted.estimatorsFeatures?.[m]), write)));
  return { kind: 'prediction', classes: null, values: w.div(weightedSum(w, answers, answers.map(() => 1)), w.double(answers.length)) };
}

export function writeAdaBoostClassifier(w: OnnxWriter, { fitted }: AdaBoostClassifier, X: Flow, write: WriteStage): PredictionFlow {
  const { classes, estimators, estimatorWeights } = fitted;
  const others = classes.length - 1;
  const total = estimators.reduce((sum, _, m) => sum + estimatorWeights[m], 0);
  const sums = estimators.map((model, m) => {
    const votes = votesOf(w, predictionOf(w, String(m), model, X, write), classes);
    // 1 for the chosen class, −1 / (k − 1) for the others.
    const signed = w.sub(w.mul(votes, w.double(1 + 1 / others)), w.double(1 / others));
    return w.mul(signed, w.double(estimatorWeights[m] / total));
  });
  const values = weightedSum(w, sums, sums.map(() => 1));
  const softmax = (logits: string): string => w.op('Softmax', [logits], { axis: { int: 1 } });
  if (classes.length > 2) return { kind: 'prediction', classes, scores: values, codes: w.argmax(values), probabilities: softmax(w.div(values, w.double(others))) };
  const score = w.sub(w.columns(values, [1]), w.columns(values, [0]));
  const halves = w.mul(w.concat([w.op('Neg', [score]), score]), w.double(0.5));
  return { kind: 'prediction', classes, scores: score, codes: w.cast(w.flat(w.op('Greater', [score, w.double(0)])), 'int64'), probabilities: softmax(halves) };
}

/** The weighted median of the models' predictions: the first, by size, up to which half of all weight lies. */
export function writeAdaBoostRegressor(w: OnnxWriter, { fitted }: AdaBoostRegressor, X: Flow, write: WriteStage): PredictionFlow {
  const { estimators, estimatorWeights } = fitted;
  const each = w.concat(estimators.map((model, m) => w.reshape(valuesOf(predictionOf(w, String(m), model, X, write)), [-1, 1])));
  const order = w.fresh('order');
  const sorted = w.builder.node('TopK', [each, w.ints([estimators.length])], { attributes: { largest: { int: 0 }, sorted: { int: 1 } }, outputs: [w.fresh('sorted'), order] });
  const weights = w.op('Gather', [w.doubles(Array.from(estimatorWeights).slice(0, estimators.length)), order]);
  const reached = w.op('GreaterOrEqual', [w.op('CumSum', [weights, w.int(1)]), w.mul(w.rowSums(weights), w.double(0.5))]);
  const first = w.op('ArgMax', [w.cast(reached, 'int32')], { axis: { int: 1 }, keepdims: { int: 1 } });
  return { kind: 'prediction', classes: null, values: w.flat(w.op('GatherElements', [sorted, first], { axis: { int: 1 } })) };
}

/** One score per class from a model of its own; the second class's alone for two. */
export function writeOneVsRest(w: OnnxWriter, { fitted, options }: OneVsRestClassifier, X: Flow, write: WriteStage): PredictionFlow {
  const { classes, estimators } = fitted;
  const answers = estimators.map((model, m) => predictionOf(w, String(m), model, X, write));
  const method = scoreMethod('OneVsRestClassifier', options.estimator);
  const shares = answers.every(({ probabilities }) => probabilities) ? w.concat(answers.map(({ probabilities }) => w.columns(probabilities as string, [1]))) : undefined;
  const scores = method === 'decisionFunction' ? w.concat(answers.map((answer) => answer.scores ?? w.refuse('the estimator must give decision values in ONNX, it does not.'))) : (shares as string);
  const codes = estimators.length === 1 ? w.cast(w.flat(w.op('Greater', [scores, w.double(scoreThreshold(method))])), 'int64') : w.argmax(scores);
  if (shares === undefined) return { kind: 'prediction', classes, scores, codes };
  return { kind: 'prediction', classes, codes, probabilities: estimators.length === 1 ? w.bothSides(shares) : normalisedShares(w, shares, classes.length) };
}
