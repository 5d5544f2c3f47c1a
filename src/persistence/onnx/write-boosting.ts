import type { BoostedTrees } from '../../boosting/boosted-trees.ts';
import type { GradientBoostingFitted } from '../../boosting/fit-gradient-boosting.ts';
import type { GradientBoostingClassifier } from '../../boosting/gradient-boosting-classifier.ts';
import type { GradientBoostingRegressor } from '../../boosting/gradient-boosting-regressor.ts';
import type { HistGradientBoostingFitted } from '../../boosting/fit-boosting.ts';
import type { HistGradientBoostingClassifier } from '../../boosting/hist-gradient-boosting-classifier.ts';
import type { HistGradientBoostingRegressor } from '../../boosting/hist-gradient-boosting-regressor.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { positions } from './write-encoders.ts';
import { type TreeShape, writeTreeSums } from './write-trees.ts';

export function writeBoostingClassifier(w: OnnxWriter, { fitted }: HistGradientBoostingClassifier, X: Flow): PredictionFlow {
  const raw = rawPredictions(w, fitted, X);
  const probabilities = fitted.nTreesPerIteration === 1 ? w.bothSides(w.op('Sigmoid', [raw])) : w.op('Softmax', [raw], { axis: { int: 1 } });
  return { ...w.probable(fitted.classes, probabilities), scores: raw };
}

export function writeBoostingRegressor(w: OnnxWriter, { fitted, options }: HistGradientBoostingRegressor, X: Flow): PredictionFlow {
  const raw = w.flat(rawPredictions(w, fitted, X));
  const hasLogLink = options.loss === 'poisson' || options.loss === 'gamma';
  return { kind: 'prediction', classes: null, values: hasLogLink ? w.op('Exp', [raw]) : raw };
}

export function writeStagesClassifier(w: OnnxWriter, { fitted, options }: GradientBoostingClassifier, X: Flow): PredictionFlow {
  const raw = rawOfStages(w, fitted, options.learningRate, X);
  const logOdds = options.loss === 'exponential' ? w.add(raw, raw) : raw;
  const probabilities = fitted.nTreesPerIteration === 1 ? w.bothSides(w.op('Sigmoid', [logOdds])) : w.op('Softmax', [raw], { axis: { int: 1 } });
  return { ...w.probable(fitted.classes, probabilities), scores: raw };
}

export const writeStagesRegressor = (w: OnnxWriter, { fitted, options }: GradientBoostingRegressor, X: Flow): PredictionFlow => ({
  kind: 'prediction',
  classes: null,
  values: w.flat(rawOfStages(w, fitted, options.learningRate, X)),
});

/** The same for whole trees, which compare numbers rounded to single precision. */
function rawOfStages(w: OnnxWriter, { trees, baseline, nTreesPerIteration: outputs }: GradientBoostingFitted, learningRate: number, X: Flow): string {
  if (baseline === null) return w.refuse("init must be null or 'zero' to be written as ONNX, it is a model.");
  const rounded = w.cast(w.cast(w.matrixOf(X).name, 'float'), 'double');
  const sums = writeTreeSums(w, rounded, trees, outputs, { target: (t) => t % outputs, value: (t, n) => learningRate * trees[t].value[n] });
  return w.add(sums, w.doubles(baseline, [1, outputs]));
}

/** The baseline and what the leaves add: N × outputs. */
function rawPredictions(w: OnnxWriter, { trees, baseline, nTreesPerIteration: outputs, categories }: HistGradientBoostingFitted, X: Flow): string {
  const columns = w.tableOf(X).columns.map((column, j) => {
    const known = categories[j];
    if (known === null) return column.type === 'number' ? column.name : w.refuse(`column ${JSON.stringify(column.title)} must hold numbers, it holds text.`);
    const code = w.cast(positions(w, column, known), 'double');
    // What was not seen in fit goes where missing values go.
    return w.op('Where', [w.op('Less', [code, w.double(0)]), w.double(Number.NaN), code]);
  });
  const each = Array.from({ length: trees.starts.length - 1 }, (_, t) => treeAt(trees, t));
  if (each.length === 0) return w.repeat(baseline, columns[0]);
  const matrix = X.kind === 'matrix' && categories.every((one) => one === null) ? X.name : w.concat(columns);
  const sums = writeTreeSums(w, matrix, each, outputs, { target: (t) => t % outputs, value: (t, n) => each[t].value[n] });
  return w.add(sums, w.doubles(baseline, [1, outputs]));
}

/** One tree of many; its categories are numbers of their positions. */
function treeAt(trees: BoostedTrees, t: number): TreeShape & Pick<TreeNodes, 'value'> {
  const [from, to] = [trees.starts[t], trees.starts[t + 1]];
  return {
    left: trees.left.subarray(from, to),
    right: trees.right.subarray(from, to),
    feature: trees.feature.subarray(from, to),
    threshold: trees.threshold.subarray(from, to),
    missingGoesLeft: trees.missingGoesLeft.subarray(from, to),
    value: trees.value.subarray(from, to),
    categories: { set: trees.set.subarray(from, to), bits: trees.bits },
  };
}
