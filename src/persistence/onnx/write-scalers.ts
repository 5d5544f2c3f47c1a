import type { OutlierClipper } from '../../preprocessing/outlier-clipper.ts';
import type { Binarizer } from '../../preprocessing/binarizer.ts';
import type { KBinsDiscretizer } from '../../preprocessing/k-bins-discretizer.ts';
import type { MaxAbsScaler } from '../../preprocessing/max-abs-scaler.ts';
import type { MinMaxScaler } from '../../preprocessing/min-max-scaler.ts';
import type { Normalizer } from '../../preprocessing/normalizer.ts';
import type { PolynomialFeatures } from '../../preprocessing/polynomial-features.ts';
import type { PowerTransformer } from '../../preprocessing/power-transformer.ts';
import type { RobustScaler } from '../../preprocessing/robust-scaler.ts';
import type { StandardScaler } from '../../preprocessing/standard-scaler.ts';
import type { Flow, MatrixFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { writeNorm } from './write-vectorizer.ts';

export function writeStandardScaler(w: OnnxWriter, { options, fitted }: StandardScaler, X: Flow): MatrixFlow {
  return shiftAndScale(w, X, options.withMean ? fitted.mean : null, fitted.scale);
}

export function writeRobustScaler(w: OnnxWriter, { fitted }: RobustScaler, X: Flow): MatrixFlow {
  return shiftAndScale(w, X, fitted.center, fitted.scale);
}

function shiftAndScale(w: OnnxWriter, X: Flow, shift: Float64Array | null, scale: Float64Array | null): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const shifted = shift ? w.sub(name, w.doubles(shift)) : name;
  return w.matrix(scale ? w.div(shifted, w.doubles(scale)) : shifted, cols);
}

export function writeMinMaxScaler(w: OnnxWriter, { options, fitted }: MinMaxScaler, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const scaled = w.add(w.mul(name, w.doubles(fitted.scale)), w.doubles(fitted.min));
  const [low, high] = options.featureRange;
  return w.matrix(options.clip ? between(w, scaled, w.double(low), w.double(high)) : scaled, cols);
}

export function writeMaxAbsScaler(w: OnnxWriter, { options, fitted }: MaxAbsScaler, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const scaled = w.div(name, w.doubles(fitted.scale));
  return w.matrix(options.clip ? between(w, scaled, w.double(-1), w.double(1)) : scaled, cols);
}

export function writeOutlierClipper(w: OnnxWriter, { fitted }: OutlierClipper, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  return w.matrix(between(w, name, w.doubles(fitted.lower), w.doubles(fitted.upper)), cols);
}

/** Numbers outside of two limits become the limits; NaN stays. */
function between(w: OnnxWriter, name: string, lower: string, upper: string): string {
  const raised = w.op('Where', [w.op('Less', [name, lower]), lower, name]);
  return w.op('Where', [w.op('Greater', [raised, upper]), upper, raised]);
}

export function writeNormalizer(w: OnnxWriter, { options }: Normalizer, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  return w.matrix(writeNorm(w, name, options.norm), cols);
}

export function writeBinarizer(w: OnnxWriter, { options }: Binarizer, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  return w.matrix(w.cast(w.op('Greater', [name, w.double(options.threshold)]), 'double'), cols);
}

/** Each product is a product of columns, the columns taken out side by side. */
export function writePolynomialFeatures(w: OnnxWriter, { fitted }: PolynomialFeatures, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const { powers } = fitted;
  const factors = Array.from({ length: powers.rows }, (_, c) => Array.from(powers.row(c)).flatMap((power, j) => new Array<number>(power).fill(j)));
  const most = Math.max(...factors.map((columns) => columns.length));
  if (most === 0) return w.matrix(w.repeat(new Float64Array(powers.rows).fill(1), name), powers.rows);
  // A column of ones behind the others takes the place of factors that are not there.
  const withOnes = w.concat([name, w.repeat([1], name)]);
  const nth = (n: number): string => w.columns(withOnes, factors.map((columns) => columns[n] ?? cols));
  return w.matrix(Array.from({ length: most }, (_, n) => nth(n)).reduce((product, one) => w.mul(product, one)), powers.rows);
}

/** How many inner edges a value reaches is its bin. */
export function writeKBinsDiscretizer(w: OnnxWriter, { options, fitted }: KBinsDiscretizer, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const bins = Array.from({ length: cols }, (_, j) => {
    const inner = fitted.binEdges[j].slice(1, -1);
    const column = w.columns(name, [j]);
    if (inner.length === 0) return w.mul(column, w.double(0));
    return w.rowSums(w.cast(w.op('GreaterOrEqual', [column, w.doubles(inner, [1, inner.length])]), 'double'));
  });
  if (options.encode === 'ordinal') return w.matrix(w.concat(bins), cols);
  const ones = bins.map((bin, j) => w.cast(w.op('Equal', [bin, w.doubles(Array.from({ length: fitted.nBins[j] }, (_, k) => k), [1, fitted.nBins[j]])]), 'double'));
  return w.matrix(w.concat(ones), fitted.nBins.reduce((a, b) => a + b, 0));
}

/** Powers as power-functions.ts; expm1 and log1p are written with exp and log, which costs a few of the last digits near 0. */
export function writePowerTransformer(w: OnnxWriter, { options, fitted }: PowerTransformer, X: Flow): MatrixFlow {
  const { name, cols } = w.matrixOf(X);
  const { lambdas, mean, scale } = fitted;
  const columns = Array.from(lambdas, (lambda, j) => {
    const x = w.columns(name, [j]);
    if (options.method === 'boxCox') return power(w, x, lambda);
    const isUp = w.op('GreaterOrEqual', [x, w.double(0)]);
    const size = w.add(w.op('Abs', [x]), w.double(1));
    return w.op('Where', [isUp, power(w, size, lambda), w.op('Neg', [power(w, size, 2 - lambda)])]);
  });
  return shiftAndScale(w, w.matrix(w.concat(columns), cols), mean, scale);
}

/** (x^λ − 1) / λ, and ln x for λ = 0. */
function power(w: OnnxWriter, x: string, lambda: number): string {
  const log = w.op('Log', [x]);
  if (Math.abs(lambda) < Number.EPSILON) return log;
  return w.div(w.sub(w.op('Exp', [w.mul(log, w.double(lambda))]), w.double(1)), w.double(lambda));
}
