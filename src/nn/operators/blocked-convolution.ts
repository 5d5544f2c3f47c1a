import type { OnnxAttribute } from '../../formats/onnx-model.ts';
import { BLOCKED } from '../emit-onnx.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { currentBlock } from '../trace.ts';
import { wholes } from './constants.ts';
import { node } from './node.ts';
import { permute } from './rearrange.ts';
import { reshape } from './reshape.ts';

/**
 * ONNX Runtime's fastest convolution wants channels in blocks, as many as the processor multiplies at once, with the
 * blocks' images one after another. It chooses it by itself only where weights are constants, which they are not while
 * they are trained; so training names these operators itself. They take half the time of the plain ones.
 *
 * Whether it exists for a convolution: over two dimensions, of a kernel of several places (for one, turning the images
 * costs more than is won), channels that fill blocks.
 */
export function isBlocked(channelsIn: number, channelsOut: number, kernel: Shape, groups: number): boolean {
  const block = currentBlock();
  return block > 1 && groups === 1 && kernel.length === 2 && sizeOf(kernel) > 1 && channelsIn % block === 0 && channelsOut % block === 0;
}

/** A convolution of the same meaning as the operator Conv; `shape` is the result's. */
export function blockedConvolution(x: Tensor, weight: Tensor, bias: Tensor | undefined, shape: Shape, attributes: Readonly<Record<string, OnnxAttribute>>): Tensor {
  const weights = inBlocks(weight, currentBlock());
  const images = node('ReorderInput', [x], x.shape, { domain: BLOCKED, attributes: { channels_last: { int: 0 } } });
  const result = node('Conv', bias ? [images, weights, bias] : [images, weights], shape, { domain: BLOCKED, attributes });
  return node('ReorderOutput', [result], shape, { domain: BLOCKED, attributes: { channels_last: { int: 0 }, channels: { int: shape[1] } } });
}

/** [out, in, …kernel] as [out blocks, in blocks, …kernel, in, out], under the shape that it has. Whole blocks are moved where that is possible: single numbers take ten times as long. */
function inBlocks(weight: Tensor, block: number): Tensor {
  const [out, channels, ...kernel] = weight.shape;
  const places = sizeOf(kernel);
  const outLast = permute(reshape(weight, [out / block, block, channels * places]), [0, 2, 1]);
  const inside = permute(reshape(outLast, [out / block, channels / block, block, places, block]), [0, 1, 3, 2, 4]);
  return reshape(inside, weight.shape);
}

/** The kernel that a convolution's gradient goes back with: [in, out, …kernel], back to front. */
export function turnedKernel(weight: Tensor): Tensor {
  const [out, channels, ...kernel] = weight.shape;
  const places = sizeOf(kernel);
  const placesFirst = permute(reshape(weight, [out, channels, places]), [0, 2, 1]);
  const reversed = node('Gather', [placesFirst, wholes(Array.from({ length: places }, (_, i) => places - 1 - i))], placesFirst.shape, { attributes: { axis: { int: 1 } } });
  return reshape(permute(reversed, [2, 0, 1]), [channels, out, ...kernel]);
}
