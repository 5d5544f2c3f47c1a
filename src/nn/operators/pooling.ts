import { type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError, takesGradients } from '../trace.ts';
import { mul } from './arithmetic.ts';
import { constant, fill } from './constants.ts';
import { windowCount } from './convolution.ts';
import { relu } from './functions.ts';
import { matmul } from './linear.ts';
import { node, nodes, withGradient } from './node.ts';
import { reshape } from './reshape.ts';
import { expandLike } from './sum-and-expand.ts';
import { largestAlong, spreadAlong } from './windows.ts';

export interface PoolingSettings {
  /** Size of the window, one per spatial dimension. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

const ints = (values: readonly number[]) => ({ ints: values });

function pooledShape(operator: string, x: Tensor, { kernel, stride, padding }: PoolingSettings): number[] {
  if (x.shape.length !== kernel.length + 2) throw shapeError(operator, `x must be [N, channels${kernel.map(() => ', size').join('')}], got ${showShape(x.shape)}.`);
  const places = kernel.map((k, i) => windowCount(x.shape[i + 2], k, stride[i], padding[i], 1));
  if (places.some((count) => count < 1)) throw shapeError(operator, `the window ${showShape(kernel)} must fit into x with its padding, got ${showShape(x.shape)}.`);
  return [x.shape[0], x.shape[1], ...places];
}

const attributesOf = ({ kernel, stride, padding }: PoolingSettings) => ({ kernel_shape: ints(kernel), strides: ints(stride), pads: ints([...padding, ...padding]) });

/** Windows that touch but do not overlap, without padding. */
const tiles = ({ kernel, stride, padding }: PoolingSettings): boolean => kernel.every((k, i) => k === stride[i] && padding[i] === 0);

/** The largest value of each window; of equal ones the first gets the gradient. Counterpart: torch.nn.functional.max_pool1d and 2d. */
export function maxPool(x: Tensor, settings: PoolingSettings): Tensor {
  const shape = pooledShape('maxPool', x, settings);
  // Of what is above zero, the largest is the same whether the rest was set to zero before or after; after, there is less of it.
  const unlimited = x.operation?.op === 'Relu' ? x.operation.inputs[0] : null;
  if (unlimited) return relu(maxPool(unlimited, settings));
  if (!tiles(settings)) return overlappingMaxPool(x, shape, settings);
  // Row by row from the last dimension on: the first of equal ones is then the same as in reading order.
  let largest = x;
  const steps = spatialAxes(settings).reverse().map((axis) => {
    const step = largestAlong(largest, axis, settings.kernel[axis - 2]);
    largest = step.result;
    return step;
  });
  // The way back needs all in between, so that a graph that has one takes the result from there too.
  const output = takesGradients() ? largest : node('MaxPool', [x], shape, { attributes: attributesOf(settings) });
  return withGradient(output, [x], (g) => [steps.reduceRight((part, { back }) => back(part), g)]);
}

const spatialAxes = ({ kernel }: PoolingSettings): number[] => kernel.map((_, i) => i + 2);

function overlappingMaxPool(x: Tensor, shape: Shape, settings: PoolingSettings): Tensor {
  const [output, places] = nodes('MaxPool', [x], [shape, shape], { attributes: attributesOf(settings), types: ['float32', 'int64'] });
  return withGradient(output, [x], (g) => {
    const flat = (tensor: Tensor): Tensor => reshape(tensor, [sizeOf(tensor.shape)]);
    const none = flat(expandLike(fill(0), x));
    return [reshape(node('ScatterElements', [none, flat(places), flat(g)], none.shape, { attributes: { axis: { int: 0 }, reduction: { string: 'add' } } }), x.shape)];
  });
}

/** The mean of each window; padding counts as zeros. Counterpart: torch.nn.functional.avg_pool1d and 2d. */
export function avgPool(x: Tensor, settings: PoolingSettings): Tensor {
  const shape = pooledShape('avgPool', x, settings);
  const { kernel, stride, padding } = settings;
  const size = sizeOf(kernel);
  const output = node('AveragePool', [x], shape, { attributes: { ...attributesOf(settings), count_include_pad: { int: 1 } } });
  return withGradient(output, [x], (g) => {
    if (tiles(settings)) return [spatialAxes(settings).reduce((part, axis) => spreadAlong(part, axis, kernel[axis - 2], x.shape[axis]), mul(g, 1 / size))];
    const share = constant([x.shape[1], 1, ...kernel], new Array<number>(x.shape[1] * size).fill(1 / size));
    const rest = kernel.map((k, i) => x.shape[i + 2] - ((shape[i + 2] - 1) * stride[i] - 2 * padding[i] + k));
    return [node('ConvTranspose', [g, share], x.shape, { attributes: { ...attributesOf(settings), group: { int: x.shape[1] }, output_padding: ints(rest) } })];
  });
}

/** Means of windows so laid that so many places come out. Counterpart: torch.nn.functional.adaptive_avg_pool1d and 2d. */
export function adaptiveAvgPool(x: Tensor, places: readonly number[]): Tensor {
  const sizes = x.shape.slice(2);
  if (sizes.length !== places.length) throw shapeError('adaptiveAvgPool', `x must be [N, channels${places.map(() => ', size').join('')}], got ${showShape(x.shape)}.`);
  if (sizes.every((size, i) => size % places[i] === 0)) {
    const kernel = sizes.map((size, i) => size / places[i]);
    return avgPool(x, { kernel, stride: kernel, padding: kernel.map(() => 0) });
  }
  // Window i reaches from ⌊i·size/places⌋ to ⌈(i + 1)·size/places⌉: windows differ in size, so it is a product with their shares.
  const last = matmul(x, shares(sizes.at(-1)!, places.at(-1)!, true));
  return sizes.length === 1 ? last : matmul(shares(sizes[0], places[0], false), last);
}

function shares(size: number, places: number, transposed: boolean): Tensor {
  const data = new Array<number>(size * places).fill(0);
  for (let i = 0; i < places; i++) {
    const start = Math.floor((i * size) / places);
    const end = Math.ceil(((i + 1) * size) / places);
    for (let j = start; j < end; j++) data[transposed ? j * places + i : i * size + j] = 1 / (end - start);
  }
  return constant(transposed ? [size, places] : [places, size], data);
}
