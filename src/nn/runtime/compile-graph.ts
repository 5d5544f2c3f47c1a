import { encodeOnnx } from '../../formats/encode-onnx.ts';
import { OnnxGraphBuilder } from '../../formats/onnx-graph-builder.ts';
import { BLOCKED, OnnxEmitter, OPSET } from '../emit-onnx.ts';
import { Input, type Tensor, Variable } from '../tensor.ts';
import { type FlatVariables, largeName } from './flat-variables.ts';
import { createSession, type OnnxRuntime, type RuntimeSession } from './onnx-runtime.ts';
import { createThreadSession } from './thread-session.ts';
import { usefulThreads } from './useful-threads.ts';

interface Graph {
  readonly inputs: readonly Input[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly flat: FlatVariables;
  readonly threads: number;
}

/** Writes tensors as a graph whose variables arrive as FlatVariables feeds them, and opens a session for it. */
export async function compileGraph(owner: string, { thread = false, ...graph }: Graph & { thread?: boolean }): Promise<{ runtime: OnnxRuntime; session: RuntimeSession }> {
  return openSession(owner, writeGraph(graph), { thread });
}

/** A session for a written graph, in this thread or in that of all nets. */
export async function openSession(owner: string, { model, threads }: { model: Uint8Array; threads: number }, { thread = false } = {}): Promise<{ runtime: OnnxRuntime; session: RuntimeSession }> {
  return (thread ? await createThreadSession(owner, model, threads) : undefined) ?? createSession(owner, model, threads);
}

/** The graph as a file, and on how many threads it is best run. */
export function writeGraph({ inputs, outputs, flat, threads }: Graph): { model: Uint8Array; threads: number } {
  const graph = new OnnxGraphBuilder('net');
  const places = flatInput(graph, flat);
  const emitter = new OnnxEmitter(graph, (tensor) => (tensor instanceof Input ? tensor.name : places.get(tensor as Variable)!), Object.values(outputs));
  for (const input of inputs) emitter.input(input);
  for (const [name, tensor] of Object.entries(outputs)) emitter.output(name, tensor);
  const model = encodeOnnx(graph.model({ opsets: { '': OPSET, ...(emitter.isBlocked ? { [BLOCKED]: 1 } : {}) } }));
  return { model, threads: usefulThreads(Object.values(outputs), threads) };
}

/** The vector of small variables, cut up and shaped, and the large ones as inputs. */
function flatInput(graph: OnnxGraphBuilder, { variables, packed }: FlatVariables): Map<Variable, string> {
  const names = new Map<Variable, string>();
  variables.slice(packed.count).forEach((variable, i) => names.set(variable, graph.input(largeName(i), 'float', variable.shape)));
  if (packed.count === 0) return names;
  const small = variables.slice(0, packed.count);
  const wholes = (values: readonly number[]): string => graph.constant({ type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) });
  const all = graph.input('variables', 'float', [packed.length]);
  const pieces = small.map(() => graph.freshName('piece'));
  graph.node('Split', [all, wholes(small.map(({ data }) => data.length))], { outputs: pieces });
  small.forEach((variable, i) => names.set(variable, variable.shape.length === 1 ? pieces[i] : graph.node('Reshape', [pieces[i], wholes(variable.shape)])));
  return names;
}
