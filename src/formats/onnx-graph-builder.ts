import { OptionError } from '../core/errors.ts';
import type { OnnxAttribute, OnnxElement, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.ts';

/** What a node may be told beyond its inputs. */
export interface NodeOptions {
  attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** Operator set. Default '', ONNX's own; 'ai.onnx.ml' for the classical models. */
  domain?: string;
  /** Names of the outputs. Default: one name made from the operator's. */
  outputs?: readonly string[];
}

/**
 * Builds an ONNX graph node by node. Values are known by their names, which `input`, `constant` and `node` return;
 * names that are not given are made (`Gemm_3`).
 *
 * @example
 * const graph = new OnnxGraphBuilder('linear');
 * const x = graph.input('X', 'float', ['N', 4]);
 * const w = graph.constant({ type: 'float', shape: [4, 3], data: weights });
 * graph.output('scores', graph.node('MatMul', [x, w]), 'float', ['N', 3]);
 * const bytes = encodeOnnx(graph.model({ opsets: { '': 18 } }));
 */
export class OnnxGraphBuilder {
  readonly #name: string;
  readonly #prefix: string;
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: Record<string, OnnxTensor> = {};
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs: OnnxValue[] = [];
  readonly #taken = new Set<string>();
  #made = 0;

  /** `prefix` begins every made name: the body of a Scan or Loop must not use a name of the graph around it. */
  constructor(name: string, { prefix = '' }: { prefix?: string } = {}) {
    this.#name = name;
    this.#prefix = prefix;
  }

  /** An input of the graph. A dimension is a size, or a name for one that may vary ('N'). */
  input(name: string, type: OnnxElement, shape?: OnnxValue['shape']): string {
    this.#take(name);
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** A tensor that is part of the model. */
  constant(tensor: OnnxTensor, name = this.freshName('constant')): string {
    this.#take(name);
    this.#initializers[name] = tensor;
    return name;
  }

  /** Applies an operator and returns the name of its first output; further ones are named in the options. */
  node(op: string, inputs: readonly string[], { attributes = {}, domain = '', outputs = [this.freshName(op)] }: NodeOptions = {}): string {
    for (const name of outputs) if (name !== '') this.#take(name);
    this.#nodes.push({ op, domain, name: '', inputs, outputs, attributes });
    return outputs[0];
  }

  /** Declares a value as an output of the graph, under the name that users will see. */
  output(name: string, value: string, type: OnnxElement, shape?: OnnxValue['shape']): void {
    if (name !== value) this.node('Identity', [value], { outputs: [name] });
    this.#outputs.push({ name, type, shape });
  }

  /** A name that nothing has yet. */
  freshName(stem: string): string {
    let name: string;
    do name = `${this.#prefix}${stem}_${++this.#made}`;
    while (this.#taken.has(name));
    return name;
  }

  /** The graph alone, as the body of a Scan, Loop or If. */
  graph(): OnnxGraph {
    return { name: this.#name, nodes: this.#nodes, initializers: this.#initializers, inputs: this.#inputs, outputs: this.#outputs };
  }

  /** The whole model. `opsets` gives the version of each domain that nodes use; `metadata` are free notes. */
  model({ opsets, metadata = {}, irVersion = 8 }: { opsets: Readonly<Record<string, number>>; metadata?: Readonly<Record<string, string>>; irVersion?: number }): OnnxModel {
    for (const { op, domain } of this.#nodes) {
      if (!Object.hasOwn(opsets, domain)) throw new OptionError(`OnnxGraphBuilder: opsets must give a version for domain ${JSON.stringify(domain)}, which ${op} belongs to.`);
    }
    return { irVersion, producer: 'refit', opsets, graph: this.graph(), metadata };
  }

  #take(name: string): void {
    if (this.#taken.has(name)) throw new OptionError(`OnnxGraphBuilder: every value must have a name of its own, ${JSON.stringify(name)} is taken.`);
    this.#taken.add(name);
  }
}
