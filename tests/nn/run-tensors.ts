import { Input, type Tensor } from '../../src/nn/tensor.ts';
import { compileGraph } from '../../src/nn/runtime/compile-graph.ts';
import { FlatVariables } from '../../src/nn/runtime/flat-variables.ts';
import { netVariables } from '../../src/nn/runtime/net-variables.ts';
import type { RuntimeData } from '../../src/nn/runtime/onnx-runtime.ts';

export interface Values {
  readonly data: number[];
  readonly shape: readonly number[];
}

/** Computes tensors of a graph for given inputs. */
export async function runTensors(
  inputs: readonly Input[],
  values: readonly { readonly data: RuntimeData; readonly shape: readonly number[] }[],
  outputs: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Values>> {
  const flat = new FlatVariables(netVariables(() => inputs[0], Object.values(outputs)));
  const { runtime, session } = await compileGraph('runTensors', { inputs, outputs, flat, threads: 1 });
  const feeds = Object.fromEntries(inputs.map(({ name, type }, i) => [name, new runtime.Tensor(type, values[i].data, values[i].shape)]));
  const results = await session.run({ ...feeds, ...flat.feeds(runtime) });
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data, dims }]) => [name, { data: Array.from(data as Float32Array), shape: dims }]));
}
