import type { Tensor } from '../tensor.ts';
import { add, mul, sub } from './arithmetic.ts';
import { fill } from './constants.ts';
import { sigmoid, tanh } from './functions.ts';
import { matmul } from './linear.ts';
import { withGradient } from './node.ts';
import { product } from './product.ts';
import { cat, permute, select, slice, split, transpose } from './rearrange.ts';
import type { Recurrence } from './recurrence.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { scan } from './scan.ts';
import { expandLike, sum } from './sum-and-expand.ts';

/**
 * Long short-term memory: gates i, f, g, o; c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c).
 *
 * Inside, the batch comes last: gates are then whole blocks of memory, cut and joined at no cost, and a step's products
 * are small enough to stay in the processor's first caches. So a step multiplies W·[x; h] as one; on the way back a step
 * does what the one before it waits for, and the gradients of weights and inputs are products over all steps at once.
 *
 * Source: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997; the gates' order is PyTorch's.
 */
export const lstm: Recurrence = (x, { weightIh, weightHh, biasIh, biasHh }, reverse) => {
  const [, size] = weightHh.shape;
  const features = weightIh.shape[1];
  const sequence = permute(x, [0, 2, 1]);
  const weight = cat([weightIh, weightHh], 1);
  const gates = bySlope(weight, size);
  const biases = bySlope(unsqueeze(add(biasIh, biasHh), 1), size);
  const none = noState(sequence, size);

  const { states: [hidden], sequences: [inputs, kept, added, i, f, g, o, squashed] } = scan(
    [none, none],
    [sequence],
    ([h, c], [xt]) => {
      const input = cat([xt, h], 0);
      const [it, ft, ot] = split(sigmoid(product(gates.sigmoid, input, biases.sigmoid)), [size, size, size], 0);
      const gt = tanh(product(gates.tanh, input, biases.tanh));
      const [keptNow, addedNow] = [mul(ft, c), mul(it, gt)];
      const cell = add(keptNow, addedNow);
      const out = tanh(cell);
      const next = mul(ot, out);
      return { states: [next, cell], outputs: [input, keptNow, addedNow, it, ft, gt, ot, out] };
    },
    { reverse },
  );
  const hiddens = mul(o, squashed);

  /** From the gradients of all hidden states, of the last one, or of both. */
  const back = (all: Tensor | undefined, last: Tensor | undefined): Tensor[] => {
    // A gate's gradient is the cell's or, for o, the hidden state's, times a factor that is known beforehand.
    const factors = cat([mul(added, sub(1, i)), mul(kept, sub(1, f)), sub(i, mul(added, g)), mul(hiddens, sub(1, o))], 1);
    const slope = sub(o, mul(hiddens, squashed));
    const [inputWeights, stateWeights] = split(transpose(weight, 0, 1), [features, size], 0);
    const { sequences: [gateGradients] } = scan(
      [last ? transpose(last, 0, 1) : none, none],
      [factors, slope, f, ...(all ? [permute(all, [0, 2, 1])] : [])],
      ([dh, dc], [factor, slopeNow, forget, gt]) => {
        const dHidden = gt ? add(dh, gt) : dh;
        const dCell = add(dc, mul(dHidden, slopeNow));
        const dGates = mul(cat([dCell, dCell, dCell, dHidden], 0), factor);
        return { states: [product(stateWeights, dGates), mul(dCell, forget)], outputs: [dGates] };
      },
      { reverse: !reverse },
    );
    const [steps, , rows] = inputs.shape;
    const gradients = reshape(permute(gateGradients, [1, 0, 2]), [4 * size, steps * rows]);
    const seen = reshape(permute(inputs, [0, 2, 1]), [steps * rows, features + size]);
    const [dWeightIh, dWeightHh] = split(product(gradients, seen), [features, size], 1);
    const dBias = sum(gradients, 1);
    const dx = permute(matmul(inputWeights, gateGradients), [0, 2, 1]);
    return [dx, dWeightIh, dWeightHh, dBias, dBias];
  };

  const parts = [x, weightIh, weightHh, biasIh, biasHh];
  return {
    all: withGradient(permute(hiddens, [0, 2, 1]), parts, (gradient) => back(gradient, undefined)),
    last: withGradient(transpose(hidden, 0, 1), parts, (gradient) => back(undefined, gradient)),
  };
};

/** Rows of the gates i, f and o, which go through σ, and of g, which goes through tanh. */
function bySlope(rows: Tensor, size: number): { sigmoid: Tensor; tanh: Tensor } {
  const [inAndForget, candidate, out] = split(rows, [2 * size, size, size], 0);
  return { sigmoid: cat([inAndForget, out], 0), tanh: candidate };
}

/** Zeros [H, N] for the state before the first step, by way of a sequence [T, size, N]. */
function noState(sequence: Tensor, size: number): Tensor {
  const first = select(sequence, 0, 0);
  const enough = cat(new Array<Tensor>(Math.ceil(size / first.shape[0])).fill(first), 0);
  return expandLike(fill(0), slice(enough, 0, 0, size));
}
