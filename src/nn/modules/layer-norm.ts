import { completeOptions, flag, number, type Rules } from '../../core/rules.ts';
import { ones, zeros } from '../init.ts';
import { constant } from '../operators/constants.ts';
import { layerNorm } from '../operators/normalisation.ts';
import { sameShape, type Shape, showShape, sizeOf } from '../shape.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Whether a scale and a shift are learned. Default true. */
  affine?: boolean;
}

const rules: Rules<LayerNormOptions> = { eps: number(1e-5, { min: 0 }), affine: flag(true) };

/**
 * Brings the last dimensions of each row to mean 0 and variance 1, then scales and shifts by weight and bias of their shape.
 * Counterpart: torch.nn.LayerNorm. Source: Ba, Kiros, Hinton, "Layer Normalization", 2016.
 */
export class LayerNorm extends Module {
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly normalizedShape: Shape;
  readonly eps: number;

  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    super();
    const { eps, affine } = completeOptions<LayerNormOptions>('LayerNorm', options, rules);
    this.normalizedShape = [normalizedShape].flat();
    for (const size of this.normalizedShape) sizeOption('LayerNorm', 'normalizedShape', size);
    this.eps = eps;
    this.weight = affine ? new Parameter(this.normalizedShape, 1) : undefined;
    this.bias = affine ? new Parameter(this.normalizedShape) : undefined;
  }

  override forward(x: Tensor): Tensor {
    const shape = this.normalizedShape;
    if (x.shape.length <= shape.length || !sameShape(x.shape.slice(-shape.length), shape)) throw shapeError('layerNorm', `x must end in dimensions ${showShape(shape)}, got ${showShape(x.shape)}.`);
    const filled = (value: number): Tensor => constant(shape, new Array<number>(sizeOf(shape)).fill(value));
    return layerNorm(x, this.weight ?? filled(1), this.bias ?? filled(0), this.eps);
  }

  override resetParameters(): void {
    if (this.weight) ones(this.weight);
    if (this.bias) zeros(this.bias);
  }
}
