import { add } from './operators/arithmetic.ts';
import { fill } from './operators/constants.ts';
import type { Derivation, Tensor } from './tensor.ts';

/**
 * The gradients of a single number with respect to tensors, as tensors of the same graph: reverse-mode automatic
 * differentiation, one rule per operator, from the result backwards. undefined for what the result does not depend on.
 *
 * Source: Griewank and Walther, "Evaluating Derivatives", 2nd ed., §3.2.
 */
export function differentiate(result: Tensor, variables: readonly Tensor[]): (Tensor | undefined)[] {
  const gradients = new Map<Tensor, Tensor>([[result, fill(1)]]);
  for (const derivation of derivationsOf(result)) {
    const outputs = derivation.outputs.map((output) => gradients.get(output));
    if (outputs.every((gradient) => gradient === undefined)) continue;
    const inputs = derivation.rule(outputs);
    derivation.inputs.forEach((input, i) => {
      const gradient = inputs[i];
      if (gradient === undefined) return;
      const before = gradients.get(input);
      gradients.set(input, before === undefined ? gradient : add(before, gradient));
    });
  }
  return variables.map((variable) => gradients.get(variable));
}

/** Every derivation the result rests on, each before those of its inputs. */
function derivationsOf(result: Tensor): Derivation[] {
  const order: Derivation[] = [];
  const seen = new Set<Derivation>();
  // A stack of its own: a net unrolled over many steps is deeper than calls may nest.
  const stack: { derivation: Derivation; next: number }[] = [];
  const open = (tensor: Tensor): void => {
    const { derivation } = tensor;
    if (derivation === undefined || seen.has(derivation)) return;
    seen.add(derivation);
    stack.push({ derivation, next: 0 });
  };
  open(result);
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    if (top.next < top.derivation.inputs.length) open(top.derivation.inputs[top.next++]);
    else order.push(stack.pop()!.derivation);
  }
  return order.reverse();
}
