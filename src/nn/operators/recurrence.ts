import type { Tensor } from '../tensor.ts';
import { add, greater, mul, sub } from './arithmetic.ts';
import { fill } from './constants.ts';
import { sigmoid, tanh } from './functions.ts';
import { linear } from './linear.ts';
import { node, withGradient } from './node.ts';
import { product } from './product.ts';
import { cat, select, slice, split, transpose } from './rearrange.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { scan } from './scan.ts';
import { expandLike, sum } from './sum-and-expand.ts';

/** The weights of one direction of a layer: [gates·H, size of x] and [gates·H, H], with a bias [gates·H] each. */
export interface Cell {
  readonly weightIh: Tensor;
  readonly weightHh: Tensor;
  readonly biasIh: Tensor;
  readonly biasHh: Tensor;
}

/** What a recurrent layer computes in one direction from x, [T, N, size]: every hidden state, [T, N, H], and that after the last step, [N, H]. */
export type Recurrence = (x: Tensor, cell: Cell, reverse: boolean) => { readonly all: Tensor; readonly last: Tensor };

/** What a recurrence computes whose products with x are done once for all steps: `x` holds W·xₜ + b, [T, N, gates·H]. */
type Steps = (x: Tensor, weight: Tensor, bias: Tensor, reverse: boolean) => Tensor;

/** All products with weights that do not depend on the step before come before and after the steps. */
function projected(steps: Steps): Recurrence {
  return (x, { weightIh, weightHh, biasIh, biasHh }, reverse) => {
    const all = steps(linear(x, weightIh, biasIh), weightHh, biasHh, reverse);
    return { all, last: select(all, 0, reverse ? 0 : -1) };
  };
}

const TRANSPOSED = { int: 1 };

/** Zeros [N, H] for the state before the first step. */
const noState = (x: Tensor, size: number): Tensor => expandLike(fill(0), slice(reshape(slice(x, 0, 0, 1), x.shape.slice(1)), 1, 0, size));

/** The state before each step. */
function before(states: Tensor, none: Tensor, reverse: boolean): Tensor {
  const length = states.shape[0];
  const first = unsqueeze(none, 0);
  if (length === 1) return first;
  return reverse ? cat([slice(states, 0, 1, length), first], 0) : cat([first, slice(states, 0, 0, length - 1)], 0);
}

/** Σₜ gₜᵀ·hₜ₋₁ */
function weightGradient(g: Tensor, earlier: Tensor, weight: Tensor): Tensor {
  const rows = (x: Tensor): Tensor => reshape(x, [x.shape[0] * x.shape[1], x.shape[2]]);
  return node('Gemm', [rows(g), rows(earlier)], weight.shape, { attributes: { transA: TRANSPOSED } });
}

/** Steps whose parts are stacked along the last dimension: what does not depend on the step before, for all at once. */
const beside = (...parts: Tensor[]): Tensor => cat(parts, 2);

/** σ' by σ's value. */
const slopeOfSigmoid = (s: Tensor): Tensor => mul(s, sub(1, s));

/** tanh' by tanh's value. */
const slopeOfTanh = (t: Tensor): Tensor => sub(1, mul(t, t));

/**
 * Gated recurrent unit: gates r, z and candidate n = tanh(xₙ + σ(r)·(Wₙ·h + bₙ)); h ← (1 − σ(z))·n + σ(z)·h.
 * Source: Cho et al., EMNLP 2014; the candidate's form is PyTorch's.
 */
export const gru: Recurrence = projected((x, weight, bias, reverse) => {
  const size = weight.shape[1];
  const none = noState(x, size);
  const turned = transpose(weight, 0, 1);
  const { sequences: [hiddens, ...activations] } = scan(
    [none],
    [x],
    ([h], [xt]) => {
      const [xr, xz, xn] = split(xt, [size, size, size], 1);
      const [hr, hz, hn] = split(product(h, turned, bias), [size, size, size], 1);
      const r = sigmoid(add(xr, hr));
      const z = sigmoid(add(xz, hz));
      const n = tanh(add(xn, mul(r, hn)));
      const hidden = add(n, mul(z, sub(h, n)));
      return { states: [hidden], outputs: [hidden, r, z, n, hn] };
    },
    { reverse },
  );
  return withGradient(hiddens, [x, weight, bias], (gradient) => {
    const [r, z, n, hn] = activations;
    const earlier = before(hiddens, none, reverse);
    // The gradients of all sums are the hidden state's times factors that are known beforehand.
    const candidate = mul(sub(1, z), slopeOfTanh(n));
    const update = mul(sub(earlier, n), slopeOfSigmoid(z));
    const reset = mul(mul(candidate, hn), slopeOfSigmoid(r));
    const { sequences: [hiddenGradients, stateGradients] } = scan(
      [none],
      [gradient, beside(reset, update, mul(candidate, r)), z],
      ([dh], [gt, factors, zt]) => {
        const hidden = add(dh, gt);
        const sums = mul(cat([hidden, hidden, hidden], 1), factors);
        const kept = product(sums, weight, mul(hidden, zt));
        return { states: [kept], outputs: [hidden, sums] };
      },
      { reverse: !reverse },
    );
    const inputGradients = mul(beside(hiddenGradients, hiddenGradients, hiddenGradients), beside(reset, update, candidate));
    return [inputGradients, weightGradient(stateGradients, earlier, weight), sum(stateGradients, [0, 1])];
  });
});

/** The simple recurrence h ← f(x + W·h + b). Source: Elman, Cognitive Science 14(2), 1990. */
export function simpleRecurrence(nonlinearity: 'tanh' | 'relu'): Recurrence {
  return projected((x, weight, bias, reverse) => {
    const none = noState(x, weight.shape[1]);
    const turned = transpose(weight, 0, 1);
    const { sequences: [hiddens] } = scan(
      [none],
      [add(x, bias)],
      ([h], [xt]) => {
        const sums = product(h, turned, xt);
        const hidden = nonlinearity === 'tanh' ? tanh(sums) : node('Relu', [sums], sums.shape);
        return { states: [hidden], outputs: [hidden] };
      },
      { reverse },
    );
    return withGradient(hiddens, [x, weight, bias], (gradient) => {
      const { sequences: [sumGradients] } = scan(
        [none],
        [gradient, nonlinearity === 'tanh' ? slopeOfTanh(hiddens) : greater(hiddens, 0)],
        ([dh], [gt, slope]) => {
          const sums = mul(add(dh, gt), slope);
          return { states: [product(sums, weight)], outputs: [sums] };
        },
        { reverse: !reverse },
      );
      return [sumGradients, weightGradient(sumGradients, before(hiddens, none, reverse), weight), sum(sumGradients, [0, 1])];
    });
  });
}
