import type { OnnxAttribute } from '../../formats/onnx-model.ts';
import { everyIndex, type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError, takesGradients } from '../trace.ts';
import { blockedConvolution, isBlocked, turnedKernel } from './blocked-convolution.ts';
import { columnConvolution } from './column-convolution.ts';
import { wholes } from './constants.ts';
import type { ConvolutionSettings } from './convolution-settings.ts';
import { node, withGradient } from './node.ts';
import { padZeros, permute, slice, transpose } from './rearrange.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum-and-expand.ts';

const ints = (values: readonly number[]) => ({ ints: values });

/** How many places a window takes along one dimension; below 1 where it does not fit. */
export const windowCount = (size: number, kernel: number, stride: number, padding: number, dilation: number): number => Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;

/**
 * Convolution (cross-correlation, as everywhere in deep learning) over one or two spatial dimensions.
 * x: [N, C, …], weight: [M, C/groups, …kernel], bias: [M] or none; result: [N, M, …places].
 *
 * Gradients: for x a transposed convolution, or one with the kernel turned; for the weight a product of the output's
 * gradient with what each kernel element saw of x, or, in groups, a convolution with batch and channels exchanged.
 * Counterpart: torch.nn.functional.conv1d and conv2d.
 */
export function convolution(x: Tensor, weight: Tensor, bias: Tensor | undefined, settings: ConvolutionSettings): Tensor {
  const { stride, padding, dilation, groups } = settings;
  const [channels, perGroup] = weight.shape;
  const kernel = weight.shape.slice(2);
  if (x.shape.length !== weight.shape.length || x.shape[1] !== perGroup * groups) {
    throw shapeError('convolution', `x must be [N, ${perGroup * groups}${kernel.map(() => ', size').join('')}], got ${showShape(x.shape)}.`);
  }
  const places = kernel.map((k, i) => windowCount(x.shape[i + 2], k, stride[i], padding[i], dilation[i]));
  if (places.some((count) => count < 1)) throw shapeError('convolution', `the kernel ${showShape(kernel)} must fit into x with its padding, got ${showShape(x.shape)}.`);
  const attributes = { kernel_shape: ints(kernel), strides: ints(stride), pads: ints([...padding, ...padding]), dilations: ints(dilation), group: { int: groups } };
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const shape = [x.shape[0], channels, ...places];
  const columns = groups === 1 && sizeOf(weight.shape) <= sizeOf(places) ? columnConvolution(x, weight, bias, shape, settings) : undefined;
  const output = isBlocked(perGroup, channels, kernel, groups)
    ? blockedConvolution(x, weight, bias, shape, attributes)
    : columns && takesGradients()
      ? columns.output
      : node('Conv', inputs, shape, { attributes });
  return withGradient(output, inputs, (g) => [
    inputGradient(g, weight, x.shape, settings, attributes),
    ...(columns?.gradients(g) ?? [groups === 1 ? weightGradient(g, x, weight.shape, settings) : groupedWeightGradient(g, x, weight.shape, settings), ...(bias ? [channelSums(g)] : [])]),
  ]);
}

/**
 * What `convolution` with the same weight and settings makes of its result's gradient: each number of x spreads the
 * kernel over the places that it would have been made from. x: [N, C, …], weight: [C, M/groups, …kernel]; result:
 * [N, M, …places], (size − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1 along each dimension.
 * Counterpart: torch.nn.functional.conv_transpose1d and 2d.
 */
export function transposedConvolution(x: Tensor, weight: Tensor, bias: Tensor | undefined, settings: ConvolutionSettings, outputPadding: readonly number[]): Tensor {
  const { stride, padding, dilation, groups } = settings;
  const [channels, perGroup, ...kernel] = weight.shape;
  if (x.shape.length !== weight.shape.length || x.shape[1] !== channels) throw shapeError('convTranspose', `x must be [N, ${channels}${kernel.map(() => ', size').join('')}], got ${showShape(x.shape)}.`);
  const places = kernel.map((k, i) => (x.shape[i + 2] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (k - 1) + outputPadding[i] + 1);
  if (places.some((count) => count < 1)) throw shapeError('convTranspose', `x with its padding taken off must leave something, got ${showShape(x.shape)}.`);
  const attributes = { kernel_shape: ints(kernel), strides: ints(stride), pads: ints([...padding, ...padding]), dilations: ints(dilation), group: { int: groups }, output_padding: ints(outputPadding) };
  const inputs = bias ? [x, weight, bias] : [x, weight];
  return node('ConvTranspose', inputs, [x.shape[0], perGroup * groups, ...places], {
    attributes,
    // The roles of x and of the gradient are those of the convolution's gradient and input.
    gradient: (g) => [
      convolution(g, weight, undefined, settings),
      groups === 1 ? weightGradient(x, g, weight.shape, settings) : groupedWeightGradient(x, g, weight.shape, settings),
      ...(bias ? [channelSums(g)] : []),
    ],
  });
}

/** Sums over everything but the channels; in two steps, for the inner one is then over memory that lies together. */
export const channelSums = (x: Tensor): Tensor => sum(sum(x, x.shape.map((_, i) => i).slice(2)), 0);

function inputGradient(g: Tensor, weight: Tensor, shape: Shape, { stride, padding, dilation, groups }: ConvolutionSettings, attributes: Readonly<Record<string, OnnxAttribute>>): Tensor {
  const [channels, perGroup, ...kernel] = weight.shape;
  // Windows one step apart: a convolution with the kernel turned, over as much margin as lets it reach every place.
  const margin = kernel.map((size, i) => dilation[i] * (size - 1) - padding[i]);
  if (stride.every((step) => step === 1) && margin.every((size) => size >= 0) && isBlocked(channels, perGroup, kernel, groups)) {
    return blockedConvolution(g, turnedKernel(weight), undefined, shape, { ...attributes, pads: ints([...margin, ...margin]) });
  }
  // What the last window left over at the far end.
  const rest = stride.map((s, i) => shape[i + 2] - ((g.shape[i + 2] - 1) * s - 2 * padding[i] + dilation[i] * (weight.shape[i + 2] - 1) + 1));
  return node('ConvTranspose', [g, weight], shape, { attributes: { ...attributes, output_padding: ints(rest) } });
}

/**
 * gᵀ·columns, where columns holds for each kernel element what it saw of x. The batch comes last: what an element saw at a
 * place is then one piece of memory.
 */
function weightGradient(g: Tensor, x: Tensor, shape: Shape, settings: ConvolutionSettings): Tensor {
  const [channels, inChannels, ...kernel] = shape;
  const places = g.shape.slice(2);
  const patch = sizeOf(kernel) * inChannels;
  const columns = piecesSeen(kernel, x, places, settings);
  const rows = reshape(batchLast(g), [channels, sizeOf(places) * g.shape[0]]);
  const transposed = { attributes: { transB: { int: 1 } } };
  // The factor with fewer rows comes second: it is the one that the product packs anew.
  if (patch <= channels) return reshape(node('Gemm', [rows, columns], [channels, patch], transposed), shape);
  // In three dimensions: the runtime would exchange the factors of a product that is turned in two.
  const product = reshape(node('Gemm', [columns, rows], [patch, channels], transposed), [inChannels, sizeOf(kernel), channels]);
  return reshape(permute(product, [2, 0, 1]), shape);
}

/** [N, …] as […, N]. */
function batchLast(x: Tensor): Tensor {
  const [rows, ...rest] = x.shape;
  return reshape(transpose(reshape(x, [rows, sizeOf(rest)]), 0, 1), [...rest, rows]);
}

/** What each element of the kernel saw of each channel, [channels·elements, places·N]. */
function piecesSeen(kernel: Shape, x: Tensor, places: Shape, { stride, padding, dilation }: ConvolutionSettings): Tensor {
  const [batch, channels, ...spatial] = x.shape;
  const size = sizeOf(spatial);
  const numbers = everyIndex(kernel).flatMap((element) =>
    everyIndex(places).map((place) => {
      const at = place.map((p, i) => p * stride[i] + element[i] * dilation[i] - padding[i]);
      // Beyond the margin there is a piece of zeros.
      return at.some((p, i) => p < 0 || p >= spatial[i]) ? size : at.reduce((number, p, i) => number * spatial[i] + p, 0);
    }),
  );
  const pieces = reshape(batchLast(x), [channels, size, batch]);
  const seen = node('Gather', [numbers.includes(size) ? padZeros(pieces, 1, 0, 1) : pieces, wholes(numbers)], [channels, numbers.length, batch], { attributes: { axis: { int: 1 } } });
  return reshape(seen, [channels * sizeOf(kernel), sizeOf(places) * batch]);
}

/** A convolution of x with the output's gradient, channels in the batch's place and the batch in the channels'. */
function groupedWeightGradient(g: Tensor, x: Tensor, shape: Shape, { stride, padding, dilation, groups }: ConvolutionSettings): Tensor {
  const [channels, perGroup, ...kernel] = shape;
  const spatial = x.shape.slice(2);
  const rank = spatial.length;
  const apart = reshape(x, [x.shape[0], groups, perGroup, ...spatial]);
  const exchanged = reshape(permute(apart, [2, 1, 0, ...spatial.map((_, i) => i + 3)]), [perGroup, groups * x.shape[0], ...spatial]);
  const kernels = permute(g, [1, 0, ...spatial.map((_, i) => i + 2)]);
  const full = spatial.map((size, i) => windowCount(size, g.shape[i + 2], dilation[i], padding[i], stride[i]));
  const result = node('Conv', [exchanged, kernels], [perGroup, channels, ...full], {
    attributes: { kernel_shape: ints(g.shape.slice(2)), strides: ints(dilation), dilations: ints(stride), pads: ints([...padding, ...padding]), group: { int: groups } },
  });
  const cropped = kernel.reduce((part, size, i) => slice(part, i + 2, 0, size), result);
  return permute(cropped, [1, 0, ...Array.from({ length: rank }, (_, i) => i + 2)]);
}
