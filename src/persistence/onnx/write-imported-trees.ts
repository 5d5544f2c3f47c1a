import type { ImportedTrees } from '../import/imported-trees.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { writeTreeSums } from './write-trees.ts';

/** Sums of leaves and their link, as imported-trees.ts; sums of single precision are written as doubles. */
export function writeImportedTrees(w: OnnxWriter, { fitted }: ImportedTrees, X: Flow): PredictionFlow {
  const { trees, outputs, base, link, slope, isAverage, isSingle, classes } = fitted;
  const { name } = w.matrixOf(X);
  const matrix = isSingle ? w.cast(w.cast(name, 'float'), 'double') : name;
  const sums = w.add(writeTreeSums(w, matrix, trees, outputs, { target: (t) => t % outputs, value: (t, n) => trees[t].value[n] }), w.doubles(base, [1, outputs]));
  const raw = isAverage ? w.div(sums, w.double(trees.length / outputs)) : sums;
  const linked = {
    identity: () => raw,
    sigmoid: () => w.op('Sigmoid', [w.mul(raw, w.double(slope))]),
    sigmoids: () => w.op('Sigmoid', [w.mul(raw, w.double(slope))]),
    softmax: () => w.op('Softmax', [raw], { axis: { int: 1 } }),
    exp: () => w.op('Exp', [raw]),
    signedSquare: () => w.mul(raw, w.op('Abs', [raw])),
  }[link]();
  if (classes === null) return { kind: 'prediction', classes: null, values: w.flat(linked) };
  return { ...w.probable(classes, outputs === 1 ? w.bothSides(linked) : linked), scores: raw };
}
