import { everyIndex, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { fill } from './constants.ts';
import type { ConvolutionSettings } from './convolution-settings.ts';
import { matmul } from './linear.ts';
import { cat, padZeros, permute, slice, split, transpose } from './rearrange.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { expandLike, sum } from './sum-and-expand.ts';

/** A convolution as products, and from its gradient those of weight and, where there is one, bias. */
export interface ColumnConvolution {
  readonly output: Tensor;
  readonly gradients: (g: Tensor) => Tensor[];
}

/**
 * A convolution whose weights are few beside an image's places. For each image, what the kernel's elements saw of it is
 * put one below the other, above a row of ones where there is a bias: the result is a product with that, and so are the
 * gradients of weight and bias together.
 */
export function columnConvolution(x: Tensor, weight: Tensor, bias: Tensor | undefined, shape: Shape, settings: ConvolutionSettings): ColumnConvolution {
  const [channels, inChannels, ...kernel] = weight.shape;
  const [batch, , ...places] = shape;
  const order = [0, ...kernel.map((_, i) => i + 2), 1];
  const seen = slicesSeen(kernel, x, places, settings);
  const ones = bias ? [expandLike(fill(1), slice(seen[0], 1, 0, 1))] : [];
  const count = sizeOf(kernel) * inChannels;
  const columns = reshape(cat([...seen, ...ones], 1), [batch, count + ones.length, sizeOf(places)]);
  const rows = reshape(permute(weight, order), [channels, count]);
  return {
    output: reshape(matmul(bias ? cat([rows, unsqueeze(bias, 1)], 1) : rows, columns), shape),
    gradients: (g) => {
      const product = sum(matmul(columns, transpose(reshape(g, [batch, channels, sizeOf(places)]), 1, 2)), 0);
      const [weights, ...biases] = split(product, [count, ...ones.map(() => 1)], 0);
      const back = [kernel.length + 1, kernel.length, ...kernel.map((_, i) => i)];
      return [permute(reshape(weights, [...kernel, inChannels, channels]), back), ...biases.map((sums) => reshape(sums, [channels]))];
    },
  };
}

/** What each element of the kernel saw of x. */
function slicesSeen(kernel: Shape, x: Tensor, places: Shape, { stride, padding, dilation }: ConvolutionSettings): Tensor[] {
  const padded = padding.reduce((part, zeros, i) => padZeros(part, i + 2, zeros, zeros), x);
  return everyIndex(kernel).map((index) =>
    index.reduce((part, at, i) => {
      const start = at * dilation[i];
      return slice(part, i + 2, start, start + (places[i] - 1) * stride[i] + 1, stride[i]);
    }, padded),
  );
}
