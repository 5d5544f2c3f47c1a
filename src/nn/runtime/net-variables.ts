import { Module } from '../modules/module.ts';
import { Tensor, Variable } from '../tensor.ts';
import type { Net } from '../trace-net.ts';

/** The variables that tensors depend on: parameters, then running statistics, in the net's order; those of no module as they are met. */
export function netVariables(net: Net, results: readonly Tensor[]): Variable[] {
  const met = new Set<Tensor>();
  const stack = [...results].reverse();
  while (stack.length > 0) {
    const tensor = stack.pop()!;
    if (met.has(tensor)) continue;
    met.add(tensor);
    const { operation } = tensor;
    if (operation === undefined) continue;
    // A body's own inputs are leaves that are no variables.
    for (const input of [...operation.inputs, ...(operation.body?.outputs ?? [])].reverse()) if (input !== null) stack.push(input);
  }
  const used = [...met].filter((tensor) => tensor instanceof Variable);
  const listed: Variable[] = net instanceof Module ? [...net.namedParameters(), ...net.namedBuffers()].map(([, variable]) => variable).filter((variable) => met.has(variable)) : [];
  return [...listed, ...used.filter((variable) => !listed.includes(variable))];
}
