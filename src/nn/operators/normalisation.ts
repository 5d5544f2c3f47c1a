import { type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, mul, neg, sub } from './arithmetic.ts';
import { constant, fill } from './constants.ts';
import { channelSums } from './convolution.ts';
import { sqrt } from './functions.ts';
import { matmul } from './linear.ts';
import { node, nodes, withGradient } from './node.ts';
import { transpose } from './rearrange.ts';
import { reshape } from './reshape.ts';
import { countAlong, mean as meanOf, sum } from './sum-and-expand.ts';

/** (x − mean) / √(variance + eps) · scale + shift, channel by channel: dimension 1. */
const normalise = (x: Tensor, scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor, eps: number): Tensor =>
  node('BatchNormalization', [x, scale, shift, mean, variance], x.shape, { attributes: { epsilon: { float: eps } } });

/** A number per channel, laid out so that it stretches over x. */
const perChannel = (values: Tensor, x: Tensor): Tensor => reshape(values, [values.shape[0], ...x.shape.slice(2).map(() => 1)]);

const filled = (shape: Shape, value: number): Tensor => constant(shape, new Array<number>(sizeOf(shape)).fill(value));

/** How many numbers of a batch each channel has. */
function countPerChannel(x: Tensor): Tensor {
  const { fixed, batch } = countAlong(x, [0, ...x.shape.map((_, i) => i).slice(2)]);
  return batch === undefined ? fill(fixed) : mul(batch, fixed);
}

/** Σ a·b over everything but the channels: of images, one product of rows with columns each, without all a·b in between. */
function channelProducts(a: Tensor, b: Tensor): Tensor {
  const [batch, channels, ...spatial] = a.shape;
  if (spatial.length === 0) return sum(mul(a, b), 0);
  const rows = (x: Tensor): Tensor => reshape(x, [batch, channels, 1, sizeOf(spatial)]);
  return reshape(sum(matmul(rows(a), transpose(rows(b), -1, -2)), 0), [channels]);
}

/** What batch normalisation found in a batch: no gradient goes through it. */
export interface BatchStatistics {
  readonly mean: Tensor;
  /** Σ (x − mean)² / (count − 1) */
  readonly unbiasedVariance: Tensor;
}

/**
 * Batch normalisation with the batch's own mean and variance. x: [N, C, …]; scale and shift: [C].
 * Source: Ioffe and Szegedy, ICML 2015.
 */
export function batchNorm(x: Tensor, scale: Tensor, shift: Tensor, eps: number): { output: Tensor; statistics: BatchStatistics } {
  const count = countPerChannel(x);
  const mean = div(channelSums(x), count);
  const centred = sub(x, perChannel(mean, x));
  const squares = channelProducts(centred, centred);
  const variance = div(squares, count);
  const output = normalise(x, scale, shift, mean, variance, eps);
  withGradient(output, [x, scale, shift], (g) => {
    const spread = sqrt(add(variance, eps));
    const shiftGradient = channelSums(g);
    const scaleGradient = div(channelProducts(g, centred), spread);
    const slope = div(scale, spread);
    const share = neg(div(slope, count));
    // slope · (g − (Σg + standard·Σ(g·standard)) / count)
    const rest = normalise(x, mul(share, scaleGradient), mul(share, shiftGradient), mean, variance, eps);
    return [add(mul(g, perChannel(slope, x)), rest), scaleGradient, shiftGradient];
  });
  return { output, statistics: { mean, unbiasedVariance: div(squares, sub(count, 1)) } };
}

/** Batch normalisation with a given mean and variance per channel, which are constants to the gradient. */
export function fixedNorm(x: Tensor, scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor, eps: number): Tensor {
  return withGradient(normalise(x, scale, shift, mean, variance, eps), [x, scale, shift], (g) => {
    const { shape } = mean;
    const standard = normalise(x, filled(shape, 1), filled(shape, 0), mean, variance, eps);
    return [mul(g, perChannel(div(scale, sqrt(add(variance, eps))), x)), channelSums(mul(g, standard)), channelSums(g)];
  });
}

/**
 * Each row's last dimensions brought to mean 0 and variance 1, then scaled and shifted. scale and shift have the shape
 * of those dimensions. Source: Ba, Kiros, Hinton, "Layer Normalization", 2016.
 */
export function layerNorm(x: Tensor, scale: Tensor, shift: Tensor, eps: number): Tensor {
  const axis = x.shape.length - scale.shape.length;
  const axes = scale.shape.map((_, i) => axis + i);
  const rows = x.shape.map((size, i) => (i < axis ? size : 1));
  const [output, mean, inverse] = nodes('LayerNormalization', [x, scale, shift], [x.shape, rows, rows], { attributes: { axis: { int: axis }, epsilon: { float: eps } } });
  return withGradient(output, [x, scale, shift], (g) => {
    const lead = x.shape.map((_, i) => i).slice(0, axis);
    const standard = mul(sub(x, mean), inverse);
    const scaled = mul(g, scale);
    const inner = sub(sub(scaled, meanOf(scaled, axes, { keepDims: true })), mul(standard, meanOf(mul(scaled, standard), axes, { keepDims: true })));
    return [mul(inner, inverse), sum(mul(g, standard), lead), sum(g, lead)];
  });
}
