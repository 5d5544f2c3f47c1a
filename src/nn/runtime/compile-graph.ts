import { encodeOnnx } from '../../formats/encode-onnx.ts';
import { OnnxGraphBuilder } from '../../formats/onnx-graph-builder.ts';
import { BLOCKED, OnnxEmitter, OPSET } from '../emit-onnx.ts';
import { Input, type Tensor, Variable } from '../tensor.ts';
import { type FlatVariables, largeName } from './flat-variables.ts';
import { createSession, type OnnxRuntime, type RuntimeSession } from './onnx-runtime.ts';
import { createThreadSession } from './thread-session.ts';
import { usefulThreads } from './useful-threads.ts';

/** Writes tensors as a graph whose variables arrive as FlatVariables feeds them, and opens a session for it. */
export async function compileGraph(
  owner: string,
  { inputs, outputs, flat, threads, thread = false }: { inputs: readonly Input[]; outputs: Readonly<Record<string, Tensor>>; flat: FlatVariables; threads: number; thread?: boolean },
): Promise<{ runtime: OnnxRuntime; session: RuntimeSession }> {
  const graph = new OnnxGraphBuilder('net');
  const places = flatInput(graph, flat);
  const emitter = new OnnxEmitter(graph, (tensor) => (tensor instanceof Input ? tensor.name : places.get(tensor as Variable)!));
  for (const input of inputs) emitter.input(input);
  for (const [name, tensor] of Object.entries(outputs)) emitter.output(name, tensor);
  const model = encodeOnnx(graph.model({ opsets: { '': OPSET, ...(emitter.isBlocked ? { [BLOCKED]: 1 } : {}) } }));
  const useful = usefulThreads(Object.values(outputs), threads);
  return (thread ? await createThreadSession(owner, model, useful) : undefined) ?? createSession(owner, model, useful);
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
