import { completeOptions, integer, number, type Rules } from '../../core/rules.ts';
import { constant } from '../init.ts';
import { add, greater, mul, sub } from '../operators/arithmetic.ts';
import { reshape } from '../operators/reshape.ts';
import { showShape } from '../shape.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { Module } from './module.ts';

export interface PReLUOptions {
  /** One slope for all, or one per channel: dimension 1. Default 1. */
  numParameters?: number;
  /** The slope to begin with. Default 0.25. */
  init?: number;
}

const rules: Rules<PReLUOptions> = { numParameters: integer(1, { min: 1 }), init: number(0.25) };

/**
 * x where positive, else weight·x, with a slope that is learned.
 * Counterpart: torch.nn.PReLU. Source: He, Zhang, Ren, Sun, ICCV 2015.
 */
export class PReLU extends Module {
  readonly weight: Parameter;
  readonly init: number;

  constructor(options: PReLUOptions = {}) {
    super();
    const { numParameters, init } = completeOptions<PReLUOptions>('PReLU', options, rules);
    this.init = init;
    this.weight = new Parameter([numParameters], init);
  }

  override forward(x: Tensor): Tensor {
    const [slopes] = this.weight.shape;
    if (slopes > 1 && x.shape[1] !== slopes) throw shapeError('prelu', `x must be [N, ${slopes}, …], got ${showShape(x.shape)}.`);
    const slope = slopes === 1 ? this.weight : reshape(this.weight, [slopes, ...x.shape.slice(2).map(() => 1)]);
    const above = greater(x, 0);
    return mul(x, add(above, mul(slope, sub(1, above))));
  }

  override resetParameters(): void {
    constant(this.weight, this.init);
  }
}
