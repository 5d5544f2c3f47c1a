import type { Tensor } from '../tensor.ts';
import { add, div, greater, mul, neg, sub } from './arithmetic.ts';
import { fill } from './constants.ts';
import { node, withGradient } from './node.ts';

/** eˣ. */
export function exp(x: Tensor): Tensor {
  const y: Tensor = node('Exp', [x], x.shape, { gradient: (g) => [mul(g, y)] });
  return y;
}

/** The natural logarithm. */
export const log = (x: Tensor): Tensor => node('Log', [x], x.shape, { gradient: (g) => [div(g, x)] });

/** The square root. */
export function sqrt(x: Tensor): Tensor {
  const y: Tensor = node('Sqrt', [x], x.shape, { gradient: (g) => [div(mul(g, 0.5), y)] });
  return y;
}

/** |x|; its gradient at 0 is 0. */
export const abs = (x: Tensor): Tensor => node('Abs', [x], x.shape, { gradient: (g) => [mul(g, node('Sign', [x], x.shape))] });

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(x: Tensor): Tensor {
  const y: Tensor = node('Sigmoid', [x], x.shape, { gradient: (g) => [mul(g, mul(y, sub(1, y)))] });
  return y;
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  const y: Tensor = node('Tanh', [x], x.shape, { gradient: (g) => [mul(g, sub(1, mul(y, y)))] });
  return y;
}

/** log(1 + eˣ). Counterpart: torch.nn.functional.softplus. */
export const softplus = (x: Tensor): Tensor => node('Softplus', [x], x.shape, { gradient: (g) => [mul(g, sigmoid(x))] });

/** max(x, 0); its gradient at 0 is 0. */
export function relu(x: Tensor): Tensor {
  // A sigmoid so steep that it is 1 for every positive number: the mask in one pass, without booleans in between.
  const y: Tensor = node('Relu', [x], x.shape, {
    gradient: (g) => [mul(g, node('HardSigmoid', [y], x.shape, { attributes: { alpha: { float: 3e38 }, beta: { float: 0 } } }))],
  });
  return y;
}

/** x where positive, else slope·x. Counterpart: torch.nn.functional.leaky_relu. */
export const leakyRelu = (x: Tensor, negativeSlope = 0.01): Tensor =>
  node('LeakyRelu', [x], x.shape, {
    attributes: { alpha: { float: negativeSlope } },
    gradient: (g) => [mul(g, add(mul(greater(x, 0), 1 - negativeSlope), negativeSlope))],
  });

/** x where positive, else α(eˣ − 1). Counterpart: torch.nn.functional.elu. */
export function elu(x: Tensor, alpha = 1): Tensor {
  const y: Tensor = node('Elu', [x], x.shape, {
    attributes: { alpha: { float: alpha } },
    gradient: (g) => {
      const positive = greater(x, 0);
      return [mul(g, add(positive, mul(sub(1, positive), add(y, alpha))))];
    },
  });
  return y;
}

/** x·Φ(x), with the normal distribution's Φ. Counterpart: torch.nn.functional.gelu. */
export function gelu(x: Tensor): Tensor {
  const share = mul(add(node('Erf', [mul(x, Math.SQRT1_2)], x.shape), 1), 0.5);
  const density = (): Tensor => mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return withGradient(mul(x, share), [x], (g) => [mul(g, add(share, mul(x, density())))]);
}

/** x·sigmoid(x). Counterpart: torch.nn.functional.silu. */
export function silu(x: Tensor): Tensor {
  const share = sigmoid(x);
  return withGradient(mul(x, share), [x], (g) => [mul(g, mul(share, add(mul(x, sub(1, share)), 1)))]);
}

/** x·tanh(log(1 + eˣ)). Counterpart: torch.nn.functional.mish. Source: Misra, BMVC 2020. */
export const mish = (x: Tensor): Tensor => mul(x, tanh(softplus(x)));

/** ELU whose slope and α keep mean 0 and variance 1 from layer to layer. Counterpart: torch.nn.functional.selu. Source: Klambauer et al., NeurIPS 2017. */
export const selu = (x: Tensor): Tensor => mul(elu(x, 1.6732632423543772), 1.0507009873554805);

/** A sigmoid of straight lines: x/6 + 1/2 kept between 0 and 1. Counterpart: torch.nn.functional.hardsigmoid. */
export const hardsigmoid = (x: Tensor): Tensor => clamp(add(mul(x, 1 / 6), 0.5), 0, 1);

/** x·hardsigmoid(x). Counterpart: torch.nn.functional.hardswish. Source: Howard et al., "Searching for MobileNetV3", ICCV 2019. */
export const hardswish = (x: Tensor): Tensor => mul(x, hardsigmoid(x));

/** log(sigmoid(x)). Counterpart: torch.nn.functional.logsigmoid. */
export const logSigmoid = (x: Tensor): Tensor => neg(softplus(neg(x)));

/** x kept between two numbers; no gradient beyond them. Counterpart: torch.clamp. */
export const clamp = (x: Tensor, min: number, max: number): Tensor =>
  node('Clip', [x, fill(min), fill(max)], x.shape, {
    gradient: (g) => [mul(g, mul(atLeast(x, min), atLeast(neg(x), -max))), undefined, undefined],
  });

/** 1 where x ≥ limit: at a limit itself PyTorch lets the gradient through. */
const atLeast = (x: Tensor, limit: number): Tensor => sub(1, greater(limit, x));
