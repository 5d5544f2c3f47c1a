import { broadcastShapes, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { currentThreads, shapeError } from '../trace.ts';
import { wholes } from './constants.ts';
import { node, withGradient } from './node.ts';
import { isSteady, product } from './product.ts';
import { transpose } from './rearrange.ts';
import { reshape } from './reshape.ts';
import { sum, sumTo } from './sum-and-expand.ts';

/**
 * x·Wᵀ + b for the last dimension of x. x: [N, …, in], weight: [out, in], bias: [out] or none; result: [N, …, out].
 * Counterpart: torch.nn.functional.linear.
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [out, features] = weight.shape;
  if (weight.shape.length !== 2 || x.shape.length === 0 || x.shape.at(-1) !== features) {
    throw shapeError('linear', `x must have ${features} values in its last dimension, got ${showShape(x.shape)}.`);
  }
  const lead = x.shape.slice(0, -1);
  const rows = reshape(x, [sizeOf(lead), features]);
  return reshape(gemm(rows, weight, bias), [...lead, out]);
}

/** x·Wᵀ + b for rows of numbers. */
function gemm(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return withGradient(product(x, weight, bias, { transB: true }), bias ? [x, weight, bias] : [x, weight], (g) => [product(g, weight), weightGradient(g, x, weight), ...(bias ? [sum(g, 0)] : [])]);
}

/**
 * gᵀ·x. ONNX Runtime multiplies a factor faster that lies as it is needed than one it has to turn as it goes, so the
 * narrower of the two is turned beforehand. It would undo that but for the Reshape, which changes nothing.
 *
 * How many terms there are, only the batch shows: the form is chosen for many. Of up to 64 columns, blocks of terms would be
 * longer on one thread too, so that all must do without; see product. A single row is added up from all terms alike.
 */
function weightGradient(g: Tensor, x: Tensor, weight: Tensor): Tensor {
  const [out, features] = weight.shape;
  if (features < out || (out > 1 && (features <= 64 || !isSteady(features, Infinity, currentThreads())))) return node('Gemm', [g, x], weight.shape, { attributes: { transA: { int: 1 } } });
  const turned = node('Reshape', [transpose(g, 0, 1), wholes([out, -1])], [out, g.shape[0]]);
  return node('Gemm', [turned, x], weight.shape);
}

/**
 * The matrix product of the last two dimensions; those before are stretched to each other. a: […, m, k], b: […, k, n].
 * Counterpart: torch.matmul for tensors of two dimensions and more.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const lead = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (a.shape.length < 2 || b.shape.length < 2 || a.shape.at(-1) !== b.shape.at(-2) || lead === undefined) {
    throw shapeError('matmul', `factors must be […, m, k] and […, k, n], got ${showShape(a.shape)} and ${showShape(b.shape)}.`);
  }
  // A weight for all rows alike: one product of tall matrices instead of one per row of the batch.
  if (a.shape.length > 2 && b.shape.length === 2) {
    const rows = matmul(reshape(a, [sizeOf(a.shape.slice(0, -1)), a.shape.at(-1)!]), b);
    return reshape(rows, [...a.shape.slice(0, -1), b.shape[1]]);
  }
  const gradient = (g: Tensor): Tensor[] => [sumTo(matmul(g, transpose(b, -1, -2)), a.shape), sumTo(matmul(transpose(a, -1, -2), g), b.shape)];
  if (lead.length === 0 && a.shape[1] >= 0 && a.operation?.op !== 'Transpose') return withGradient(product(a, b), [a, b], gradient);
  return node('MatMul', [a, b], [...lead, a.shape.at(-2)!, b.shape.at(-1)!], { gradient });
}
