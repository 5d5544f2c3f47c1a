import type { BernoulliNB } from '../../bayes/bernoulli-nb.ts';
import type { ComplementNB } from '../../bayes/complement-nb.ts';
import type { GaussianNB } from '../../bayes/gaussian-nb.ts';
import type { MultinomialNB } from '../../bayes/multinomial-nb.ts';
import type { Label } from '../../core/labels.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { linearScores } from './write-linear.ts';

/** Takes the place of −∞, which times a count of 0 would be no number: impossible, but finite. */
const IMPOSSIBLE = -1e250;

export function writeMultinomialNB(w: OnnxWriter, { fitted }: MultinomialNB, X: Flow): PredictionFlow {
  return fromJoint(w, fitted.classes, linearScores(w, X, finite(fitted.featureLogProb), fitted.classLogPrior));
}

export function writeComplementNB(w: OnnxWriter, { fitted }: ComplementNB, X: Flow): PredictionFlow {
  const { featureLogProb, classLogPrior, classes } = fitted;
  return fromJoint(w, classes, linearScores(w, X, finite(featureLogProb), classes.length === 1 ? classLogPrior : new Float64Array(classes.length)));
}

export function writeBernoulliNB(w: OnnxWriter, { fitted, options }: BernoulliNB, X: Flow): PredictionFlow {
  const { featureLogProb, classLogPrior, classes } = fitted;
  const bias = classLogPrior.slice();
  const weights = new DenseMatrix(featureLogProb.rows, featureLogProb.cols);
  for (let k = 0; k < weights.rows; k++) {
    featureLogProb.row(k).forEach((present, j) => {
      const absent = Math.log1p(-Math.exp(present));
      weights.row(k)[j] = present - absent;
      bias[k] += absent;
    });
  }
  const matrix = w.matrixOf(X);
  const marks = options.binarize === null ? matrix : w.matrix(w.cast(w.op('Greater', [matrix.name, w.double(options.binarize)]), 'double'), matrix.cols);
  return fromJoint(w, classes, linearScores(w, marks, finite(weights), bias));
}

/** Squared distances from each class's means, in units of its variances. */
export function writeGaussianNB(w: OnnxWriter, { fitted }: GaussianNB, X: Flow): PredictionFlow {
  const { theta, var: variance, classPrior, classes } = fitted;
  const { name, cols } = w.matrixOf(X);
  const shape = [1, classes.length, cols];
  const gaps = w.sub(w.reshape(name, [-1, 1, cols]), w.doubles(theta.data, shape));
  const distances = w.op('ReduceSum', [w.div(w.mul(gaps, gaps), w.doubles(variance.data, shape)), w.ints([2])], { keepdims: { int: 0 } });
  const constants = Array.from(classPrior, (prior, k) => Math.log(prior) - 0.5 * variance.row(k).reduce((sum, v) => sum + Math.log(2 * Math.PI * v), 0));
  return fromJoint(w, classes, w.sub(w.doubles(constants, [1, classes.length]), w.mul(distances, w.double(0.5))));
}

function fromJoint(w: OnnxWriter, classes: readonly Label[], joint: string): PredictionFlow {
  return w.probable(classes, w.op('Softmax', [joint], { axis: { int: 1 } }));
}

const finite = (weights: DenseMatrix): DenseMatrix => new DenseMatrix(weights.rows, weights.cols, weights.data.map((value) => (value === -Infinity ? IMPOSSIBLE : value)));
