import { OnnxGraphBuilder } from '../formats/onnx-graph-builder.ts';
import type { OnnxElement, OnnxTensor } from '../formats/onnx-model.ts';
import { withoutUnread } from './operators/scan.ts';
import { type Shape } from './shape.ts';
import { Constant, Input, type Operation, type Tensor, type TensorType } from './tensor.ts';

/** The version of ONNX's operator set that graphs are written in. */
export const OPSET = 18;

/** ONNX Runtime's own operators on channels in blocks. They exist in no file, only in graphs for this machine. */
export const BLOCKED = 'com.microsoft.nchwc';

const ELEMENT: Readonly<Record<TensorType, OnnxElement>> = { float32: 'float', int32: 'int32', int64: 'int64', bool: 'bool' };

/** A shape as a file shows it: the batch is N. */
const fileShape = (shape: Shape): (number | string)[] => shape.map((size) => (size >= 0 ? size : size === -1 ? 'N' : `N${-size}`));

/**
 * Writes the nodes that tensors are computed with into a graph, each once, and returns the tensors' names.
 * `leaf` names what has no operation of its own: inputs and variables. Constants become part of the graph. `results` are
 * all that will be asked for.
 */
export class OnnxEmitter {
  readonly graph: OnnxGraphBuilder;
  /** Whether an operator works on channels in blocks. */
  isBlocked = false;
  readonly #names = new Map<Tensor, string>();
  readonly #constants = new Map<string, string>();
  readonly #leaf: (tensor: Tensor) => string;
  readonly #read: ReadonlySet<Tensor>;

  constructor(graph: OnnxGraphBuilder, leaf: (tensor: Tensor) => string, results: readonly Tensor[]) {
    this.graph = graph;
    this.#leaf = leaf;
    this.#read = readBy(results);
  }

  /** The name of a tensor, after everything that it needs. */
  name(tensor: Tensor): string {
    const known = this.#names.get(tensor);
    if (known !== undefined) return known;
    // A stack of its own: graphs are deeper than calls may nest.
    const stack: Tensor[] = [tensor];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (this.#names.has(top)) {
        stack.pop();
        continue;
      }
      const { operation } = top;
      if (operation === undefined) {
        this.#names.set(top, this.#leafName(top));
        continue;
      }
      const missing = needs(operation).filter((input) => !this.#names.has(input));
      if (missing.length > 0) stack.push(...missing);
      else this.#emit(operation);
    }
    return this.#names.get(tensor)!;
  }

  /** Makes a tensor an output of the graph. */
  output(name: string, tensor: Tensor): void {
    this.graph.output(name, this.name(tensor), ELEMENT[tensor.type], fileShape(tensor.shape));
  }

  /** Declares an input of the graph. */
  input({ name, shape, type }: Input): string {
    return this.graph.input(name, ELEMENT[type], fileShape(shape));
  }

  #leafName(tensor: Tensor): string {
    if (!(tensor instanceof Constant)) return this.#leaf(tensor);
    const key = `${tensor.type} ${tensor.shape.join(',')} ${tensor.data.join(',')}`;
    let name = this.#constants.get(key);
    if (name === undefined) this.#constants.set(key, (name = this.graph.constant(constantTensor(tensor))));
    return name;
  }

  #emit(operation: Operation): void {
    const { op, domain, attributes, inputs, outputs, body } = operation.body ? withoutUnread(operation, (output) => this.#read.has(output)) : operation;
    const names = inputs.map((input) => (input === null ? '' : this.#names.get(input)!));
    const results = outputs.map(() => this.graph.freshName(op));
    this.isBlocked ||= domain === BLOCKED;
    const all = body ? { ...attributes, body: { graph: this.#body(body) } } : attributes;
    this.graph.node(op, names, { domain, attributes: all, outputs: results });
    outputs.forEach((output, i) => this.#names.set(output, results[i]));
  }

  /** The body of a Scan. What it takes from outside its inputs is named as it is there. */
  #body({ inputs, outputs }: NonNullable<Operation['body']>) {
    const name = this.graph.freshName('body');
    const inner = new OnnxEmitter(new OnnxGraphBuilder(name, { prefix: `${name}_` }), this.#leaf, outputs);
    for (const input of inputs) inner.#names.set(input, inner.graph.input(inner.graph.freshName('in'), ELEMENT[input.type], fileShape(input.shape)));
    for (const outer of captured(inputs, outputs)) inner.#names.set(outer, this.#names.get(outer)!);
    const given = new Set<Tensor>(inputs);
    for (const output of outputs) {
      // A value is an output under its own name, the first time.
      const value = inner.name(output);
      inner.graph.output(given.has(output) ? inner.graph.freshName('out') : value, value, ELEMENT[output.type], fileShape(output.shape));
      given.add(output);
    }
    return inner.graph.graph();
  }
}

/** All that results rest on, and the results themselves. */
function readBy(results: readonly Tensor[]): Set<Tensor> {
  const read = new Set(results);
  // What is added on the way is visited too.
  for (const { operation } of read) if (operation) for (const input of needs(operation)) read.add(input);
  return read;
}

/** Everything that must exist before an operation: its inputs, and what its body takes from outside. */
function needs(operation: Operation): Tensor[] {
  const inputs = operation.inputs.filter((input) => input !== null);
  return operation.body ? [...inputs, ...captured(operation.body.inputs, operation.body.outputs)] : inputs;
}

/** The tensors a body refers to without computing them: those that do not depend on its inputs. */
function captured(inputs: readonly Tensor[], outputs: readonly Tensor[]): Tensor[] {
  const depends = new Map<Tensor, boolean>(inputs.map((input) => [input, true]));
  const visit = (tensor: Tensor): boolean => {
    const known = depends.get(tensor);
    if (known !== undefined) return known;
    const result = (tensor.operation?.inputs ?? []).filter((input) => input !== null).map(visit).some(Boolean);
    depends.set(tensor, result);
    return result;
  };
  outputs.forEach(visit);
  const outer = new Set<Tensor>();
  for (const [tensor, inside] of depends) {
    if (!inside) continue;
    for (const input of tensor.operation?.inputs ?? []) if (input !== null && !depends.get(input) && !(input instanceof Constant)) outer.add(input);
  }
  return [...outer];
}

function constantTensor({ shape, data, type }: Constant): OnnxTensor {
  switch (type) {
    case 'float32':
      return { type: 'float', shape, data: Float32Array.from(data) };
    case 'int32':
      return { type: 'int32', shape, data: Int32Array.from(data) };
    case 'int64':
      return { type: 'int64', shape, data: BigInt64Array.from(data, BigInt) };
    case 'bool':
      return { type: 'bool', shape, data: Uint8Array.from(data) };
  }
}
