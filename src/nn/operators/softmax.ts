import { axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { mul, sub } from './arithmetic.ts';
import { exp } from './functions.ts';
import { node } from './node.ts';
import { sum } from './sum-and-expand.ts';

function place(operator: string, x: Tensor, axis: number): number {
  const found = axisOf(x.shape, axis);
  if (found === undefined) throw shapeError(operator, `x must have a dimension ${axis}, got ${showShape(x.shape)}.`);
  return found;
}

/** eˣ / Σ eˣ along a dimension, the last by default. Counterpart: torch.softmax. */
export function softmax(x: Tensor, axis = -1): Tensor {
  const along = place('softmax', x, axis);
  const y: Tensor = node('Softmax', [x], x.shape, {
    attributes: { axis: { int: along } },
    gradient: (g) => {
      const weighted = mul(g, y);
      return [sub(weighted, mul(y, sum(weighted, along, { keepDims: true })))];
    },
  });
  return y;
}

/** The logarithm of softmax, computed without leaving the range of numbers. Counterpart: torch.log_softmax. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const along = place('logSoftmax', x, axis);
  const y: Tensor = node('LogSoftmax', [x], x.shape, {
    attributes: { axis: { int: along } },
    gradient: (g) => [sub(g, mul(exp(y), sum(g, along, { keepDims: true })))],
  });
  return y;
}
