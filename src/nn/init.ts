import { OptionError, ShapeError } from '../core/errors.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { QrFactors } from '../matrix/qr.ts';
import { showShape } from './shape.ts';
import type { Parameter } from './tensor.ts';
import { weightGenerator } from './weight-generator.ts';

/** What comes after a layer, for the factor that keeps the spread of values from layer to layer. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

/** The recommended factor of a nonlinearity. Counterpart: torch.nn.init.calculate_gain. */
export function calculateGain(nonlinearity: Nonlinearity, negativeSlope = 0.01): number {
  switch (nonlinearity) {
    case 'linear':
    case 'sigmoid':
      return 1;
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.SQRT2;
    case 'leakyRelu':
      return Math.sqrt(2 / (1 + negativeSlope ** 2));
    case 'selu':
      return 3 / 4;
    default:
      throw new OptionError(`calculateGain: nonlinearity must be one of linear, sigmoid, tanh, relu, leakyRelu, selu, got ${String(nonlinearity)}.`);
  }
}

/** Inputs and outputs of one unit: the second and first dimension, times the size of a convolution's kernel. */
function fans(owner: string, { shape }: Parameter): { fanIn: number; fanOut: number } {
  if (shape.length < 2) throw new ShapeError(`${owner}: the parameter must have two dimensions or more, got ${showShape(shape)}.`);
  const field = shape.slice(2).reduce((product, size) => product * size, 1);
  return { fanIn: shape[1] * field, fanOut: shape[0] * field };
}

/** Evenly from [low, high). */
export function uniform<P extends Parameter>(parameter: P, { low = 0, high = 1 }: { low?: number; high?: number } = {}): P {
  parameter.data.set(weightGenerator().uniform(low, high, parameter.data.length));
  return parameter;
}

/** From the normal distribution. */
export function normal<P extends Parameter>(parameter: P, { mean = 0, std = 1 }: { mean?: number; std?: number } = {}): P {
  parameter.data.set(weightGenerator().normal(mean, std, parameter.data.length));
  return parameter;
}

/** One number everywhere. */
export function constant<P extends Parameter>(parameter: P, value: number): P {
  parameter.data.fill(value);
  return parameter;
}

export const zeros = <P extends Parameter>(parameter: P): P => constant(parameter, 0);

export const ones = <P extends Parameter>(parameter: P): P => constant(parameter, 1);

/** Evenly from ±gain·√(6 / (fan in + fan out)). Source: Glorot and Bengio, AISTATS 2010. */
export function xavierUniform<P extends Parameter>(parameter: P, { gain = 1 }: { gain?: number } = {}): P {
  const { fanIn, fanOut } = fans('xavierUniform', parameter);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return uniform(parameter, { low: -bound, high: bound });
}

/** Normal with standard deviation gain·√(2 / (fan in + fan out)). Source: Glorot and Bengio, AISTATS 2010. */
export function xavierNormal<P extends Parameter>(parameter: P, { gain = 1 }: { gain?: number } = {}): P {
  const { fanIn, fanOut } = fans('xavierNormal', parameter);
  return normal(parameter, { std: gain * Math.sqrt(2 / (fanIn + fanOut)) });
}

export interface KaimingOptions {
  /** Which of the fans keeps its spread: 'fanIn' forwards, 'fanOut' backwards. Default 'fanIn'. */
  mode?: 'fanIn' | 'fanOut';
  /** Default 'leakyRelu'. */
  nonlinearity?: Nonlinearity;
  /** Slope of a leaky ReLU. Default 0, as in PyTorch: that of a ReLU. */
  negativeSlope?: number;
}

/** Evenly from ±gain·√(3 / fan). Source: He, Zhang, Ren, Sun, ICCV 2015. */
export function kaimingUniform<P extends Parameter>(parameter: P, options: KaimingOptions = {}): P {
  const bound = Math.sqrt(3) * kaimingStd('kaimingUniform', parameter, options);
  return uniform(parameter, { low: -bound, high: bound });
}

/** Normal with standard deviation gain / √fan. Source: He, Zhang, Ren, Sun, ICCV 2015. */
export function kaimingNormal<P extends Parameter>(parameter: P, options: KaimingOptions = {}): P {
  return normal(parameter, { std: kaimingStd('kaimingNormal', parameter, options) });
}

function kaimingStd(owner: string, parameter: Parameter, { mode = 'fanIn', nonlinearity = 'leakyRelu', negativeSlope = 0 }: KaimingOptions): number {
  const { fanIn, fanOut } = fans(owner, parameter);
  return calculateGain(nonlinearity, negativeSlope) / Math.sqrt(mode === 'fanIn' ? fanIn : fanOut);
}

/** Rows (or columns, where there are fewer) that are orthogonal and of length gain. Source: Saxe, McClelland, Ganguli, ICLR 2014. */
export function orthogonal<P extends Parameter>(parameter: P, { gain = 1 }: { gain?: number } = {}): P {
  if (parameter.shape.length < 2) fans('orthogonal', parameter);
  const rows = parameter.shape[0];
  const cols = parameter.data.length / rows;
  const [tall, wide] = [Math.max(rows, cols), Math.min(rows, cols)];
  const qr = new QrFactors(new DenseMatrix(tall, wide, weightGenerator().standardNormal(tall * wide)));
  const [basis, R] = [qr.q(), qr.r()];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const [long, short] = rows >= cols ? [i, j] : [j, i];
      // With a positive diagonal of R the factor is unique, and evenly distributed among all.
      parameter.data[i * cols + j] = gain * Math.sign(R.at(short, short)) * basis.at(long, short);
    }
  }
  return parameter;
}
