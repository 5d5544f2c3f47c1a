import type { Tensor } from '../tensor.ts';
import { add, greater, mul, sub } from './arithmetic.ts';
import { fill } from './constants.ts';
import { sigmoid, tanh } from './functions.ts';
import { node, withGradient } from './node.ts';
import { cat, slice, split } from './rearrange.ts';
import { reshape, unsqueeze } from './reshape.ts';
import { scan } from './scan.ts';
import { expandLike, sum } from './sum-and-expand.ts';

/**
 * What a recurrent layer computes in one direction. `x` holds W·xₜ + b for every step and gate, [T, N, gates·H];
 * `weight` is what the last hidden state is multiplied by, [gates·H, H]. Results: every hidden state, [T, N, H].
 * The products with weights are done once for all steps, before and after; the steps only hold what depends on the
 * step before.
 */
export type Recurrence = (x: Tensor, weight: Tensor, bias: Tensor, reverse: boolean) => Tensor;

const TRANSPOSED = { int: 1 };

/** h·Wᵀ + c */
const project = (h: Tensor, weight: Tensor, c: Tensor): Tensor => node('Gemm', [h, weight, c], [h.shape[0], weight.shape[0]], { attributes: { transB: TRANSPOSED } });

/** g·W */
const projectBack = (g: Tensor, weight: Tensor): Tensor => node('Gemm', [g, weight], [g.shape[0], weight.shape[1]]);

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

/**
 * Long short-term memory: gates i, f, g, o; c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c).
 * Source: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997; the gates' order is PyTorch's.
 */
export const lstm: Recurrence = (x, weight, bias, reverse) => {
  const size = weight.shape[1];
  const none = noState(x, size);
  const gates = (projected: Tensor): Tensor[] => {
    const [i, f, g, o] = split(projected, [size, size, size, size], 1);
    return [sigmoid(i), sigmoid(f), tanh(g), sigmoid(o)];
  };
  const biased = add(x, bias);
  const { sequences } = scan(
    [none, none],
    [biased],
    ([h, c], [xt]) => {
      const [i, f, g, o] = gates(project(h, weight, xt));
      const cell = add(mul(f, c), mul(i, g));
      const hidden = mul(o, tanh(cell));
      return { states: [hidden, cell], outputs: [hidden, cell, i, f, g, o] };
    },
    { reverse },
  );
  const [hiddens, cells, ...activations] = sequences;
  return withGradient(hiddens, [x, weight, bias], (gradient) => {
    const { sequences: [gateGradients] } = scan(
      [none, none],
      [gradient, ...activations, cells, before(cells, none, reverse)],
      ([dh, dc], [gt, i, f, g, o, c, earlier]) => {
        const hidden = add(dh, gt);
        const squashed = tanh(c);
        const cell = add(dc, mul(mul(hidden, o), sub(1, mul(squashed, squashed))));
        const gatesBack = cat(
          [mul(mul(cell, g), mul(i, sub(1, i))), mul(mul(cell, earlier), mul(f, sub(1, f))), mul(mul(cell, i), sub(1, mul(g, g))), mul(mul(hidden, squashed), mul(o, sub(1, o)))],
          1,
        );
        return { states: [projectBack(gatesBack, weight), mul(cell, f)], outputs: [gatesBack] };
      },
      { reverse: !reverse },
    );
    return [gateGradients, weightGradient(gateGradients, before(hiddens, none, reverse), weight), sum(gateGradients, [0, 1])];
  });
};

/**
 * Gated recurrent unit: gates r, z and candidate n = tanh(xₙ + σ(r)·(Wₙ·h + bₙ)); h ← (1 − σ(z))·n + σ(z)·h.
 * Source: Cho et al., EMNLP 2014; the candidate's form is PyTorch's.
 */
export const gru: Recurrence = (x, weight, bias, reverse) => {
  const size = weight.shape[1];
  const none = noState(x, size);
  const { sequences } = scan(
    [none],
    [x],
    ([h], [xt]) => {
      const [xr, xz, xn] = split(xt, [size, size, size], 1);
      const [hr, hz, hn] = split(project(h, weight, bias), [size, size, size], 1);
      const r = sigmoid(add(xr, hr));
      const z = sigmoid(add(xz, hz));
      const n = tanh(add(xn, mul(r, hn)));
      const hidden = add(n, mul(z, sub(h, n)));
      return { states: [hidden], outputs: [hidden, r, z, n, hn] };
    },
    { reverse },
  );
  const [hiddens, ...activations] = sequences;
  return withGradient(hiddens, [x, weight, bias], (gradient) => {
    const earlier = before(hiddens, none, reverse);
    const { sequences: [inputGradients, stateGradients] } = scan(
      [none],
      [gradient, ...activations, earlier],
      ([dh], [gt, r, z, n, hn, h]) => {
        const hidden = add(dh, gt);
        const candidate = mul(mul(hidden, sub(1, z)), sub(1, mul(n, n)));
        const update = mul(mul(hidden, sub(h, n)), mul(z, sub(1, z)));
        const reset = mul(mul(candidate, hn), mul(r, sub(1, r)));
        const fromState = cat([reset, update, mul(candidate, r)], 1);
        return { states: [add(mul(hidden, z), projectBack(fromState, weight))], outputs: [cat([reset, update, candidate], 1), fromState] };
      },
      { reverse: !reverse },
    );
    return [inputGradients, weightGradient(stateGradients, earlier, weight), sum(stateGradients, [0, 1])];
  });
};

/** The simple recurrence h ← f(x + W·h + b). Source: Elman, Cognitive Science 14(2), 1990. */
export function simpleRecurrence(nonlinearity: 'tanh' | 'relu'): Recurrence {
  return (x, weight, bias, reverse) => {
    const none = noState(x, weight.shape[1]);
    const biased = add(x, bias);
    const { sequences: [hiddens] } = scan(
      [none],
      [biased],
      ([h], [xt]) => {
        const sums = project(h, weight, xt);
        const hidden = nonlinearity === 'tanh' ? tanh(sums) : node('Relu', [sums], sums.shape);
        return { states: [hidden], outputs: [hidden] };
      },
      { reverse },
    );
    return withGradient(hiddens, [x, weight, bias], (gradient) => {
      const { sequences: [sumGradients] } = scan(
        [none],
        [gradient, hiddens],
        ([dh], [gt, h]) => {
          const hidden = add(dh, gt);
          const back = nonlinearity === 'tanh' ? mul(hidden, sub(1, mul(h, h))) : mul(hidden, greater(h, 0));
          return { states: [projectBack(back, weight)], outputs: [back] };
        },
        { reverse: !reverse },
      );
      return [sumGradients, weightGradient(sumGradients, before(hiddens, none, reverse), weight), sum(sumGradients, [0, 1])];
    });
  };
}
