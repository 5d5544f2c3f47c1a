import { ModelError } from '../../core/errors.ts';
import { OnnxGraphBuilder } from '../../formats/onnx-graph-builder.ts';
import type { OnnxAttribute, OnnxElement, OnnxGraph } from '../../formats/onnx-model.ts';
import type { ColumnFlow, Flow, MatrixFlow, PredictionFlow, TableFlow } from './flow.ts';

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** Operator sets that the graphs use, and their versions. */
export const OPSETS = { '': 20, 'ai.onnx.ml': 5, 'com.microsoft': 1 } as const;

/**
 * A graph being written, with words for what stages do. Numbers are doubles throughout, so that they come out as the
 * pipeline's own.
 */
export class OnnxWriter {
  readonly builder: OnnxGraphBuilder;
  /** Stages from the outermost to the one being written; they name it in messages. */
  readonly place: string[] = [];
  readonly #constants = new Map<string, string>();

  readonly #prefix: string;

  /** @param prefix begins every name that is made: names must be distinct over a graph and the bodies of its loops */
  constructor(name: string, prefix = '') {
    this.builder = new OnnxGraphBuilder(name);
    this.#prefix = prefix;
  }

  /** A graph to be the body of a loop. */
  body(name: string): OnnxWriter {
    const body = new OnnxWriter(name, `${this.fresh(name)}.`);
    body.place.push(...this.place);
    return body;
  }

  /** A name that nothing has yet. */
  fresh(stem: string): string {
    return this.builder.freshName(`${this.#prefix}${stem}`);
  }

  /** @throws ModelError that names the stage */
  refuse(problem: string): never {
    const where = this.place.length === 0 ? '' : `step "${this.place.join('.')}": `;
    throw new ModelError(`exportOnnx: ${where}${problem}`);
  }

  op(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.builder.node(op, inputs, { attributes, outputs: [this.fresh(op)] });
  }

  /** An operator of classical models. */
  ml(op: string, inputs: readonly string[], attributes: Attributes): string {
    return this.builder.node(op, inputs, { attributes, domain: 'ai.onnx.ml', outputs: [this.fresh(op)] });
  }

  /** N strings → N × most tokens: what a pattern of RE2 finds, or single characters. Short rows are filled up with ''. */
  tokens(texts: string, found: { pattern: string } | 'characters'): string {
    const how: Attributes = found === 'characters' ? { separators: { strings: [''] } } : { tokenexp: { string: found.pattern } };
    const attributes = { mark: { int: 0 }, mincharnum: { int: 1 }, pad_value: { string: '' }, ...how };
    return this.builder.node('Tokenizer', [texts], { attributes, domain: 'com.microsoft', outputs: [this.fresh('Tokenizer')] });
  }

  doubles(values: ArrayLike<number>, shape: readonly number[] = [values.length]): string {
    return this.#constant('double', shape, Float64Array.from(values));
  }

  ints(values: ArrayLike<number>, shape: readonly number[] = [values.length]): string {
    return this.#constant('int64', shape, BigInt64Array.from(Array.from(values, BigInt)));
  }

  texts(values: readonly string[], shape: readonly number[] = [values.length]): string {
    return this.builder.constant({ type: 'string', shape, data: values }, this.fresh('texts'));
  }

  bools(values: readonly boolean[], shape: readonly number[] = [values.length]): string {
    return this.builder.constant({ type: 'bool', shape, data: Uint8Array.from(values, Number) }, this.fresh('bools'));
  }

  /** One double for all rows and columns. */
  double(value: number): string {
    return this.doubles([value], []);
  }

  int(value: number): string {
    return this.ints([value], []);
  }

  add = (a: string, b: string): string => this.op('Add', [a, b]);
  sub = (a: string, b: string): string => this.op('Sub', [a, b]);
  mul = (a: string, b: string): string => this.op('Mul', [a, b]);
  div = (a: string, b: string): string => this.op('Div', [a, b]);

  cast(value: string, type: OnnxElement): string {
    return this.op('Cast', [value], { to: { int: ELEMENT_CODES[type] } });
  }

  /** Side by side. */
  concat(values: readonly string[], axis = 1): string {
    return values.length === 1 ? values[0] : this.op('Concat', values, { axis: { int: axis } });
  }

  reshape(value: string, shape: readonly number[]): string {
    return this.op('Reshape', [value, this.ints(shape)]);
  }

  /** Columns of a matrix. */
  columns(value: string, cols: ArrayLike<number>): string {
    return this.op('Gather', [value, this.ints(cols)], { axis: { int: 1 } });
  }

  /** Over axis 1, which stays as one column. */
  rowSums(value: string): string {
    return this.op('ReduceSum', [value, this.ints([1])]);
  }

  /** The first of the largest in each row: N whole numbers. */
  argmax(value: string): string {
    return this.op('ArgMax', [value], { axis: { int: 1 }, keepdims: { int: 0 } });
  }

  /** Number of rows, as a list of one number. */
  rowCount(value: string): string {
    return this.op('Shape', [value], { start: { int: 0 }, end: { int: 1 } });
  }

  /** The same row of numbers for every row of a value. */
  repeat(row: ArrayLike<number>, like: string): string {
    const shape = this.concat([this.rowCount(like), this.ints([row.length])], 0);
    return this.op('Expand', [this.doubles(row, [1, row.length]), shape]);
  }

  matrix = (name: string, cols: number): MatrixFlow => ({ kind: 'matrix', name, cols });

  /** A flow as a matrix: columns of numbers side by side. */
  matrixOf(flow: Flow): MatrixFlow {
    if (flow.kind === 'matrix') return flow;
    if (flow.kind === 'prediction' && flow.transformed) return flow.transformed();
    if (flow.kind !== 'table') return this.refuse(`a matrix must come in, got ${flow.kind === 'texts' ? 'texts' : 'predictions'}.`);
    const text = flow.columns.find(({ type }) => type === 'text');
    if (text) return this.refuse(`column ${JSON.stringify(text.title)} must hold numbers, it holds text. Put an encoder before it.`);
    return this.matrix(this.concat(flow.columns.map(({ name }) => name)), flow.columns.length);
  }

  /** A flow as columns; those of a matrix are called x0, x1, …. */
  tableOf(flow: Flow): TableFlow {
    if (flow.kind === 'table') return flow;
    if (flow.kind === 'prediction' && flow.transformed) return this.tableOf(flow.transformed());
    if (flow.kind !== 'matrix') return this.refuse(`a table must come in, got ${flow.kind === 'texts' ? 'texts' : 'predictions'}.`);
    const columns = Array.from({ length: flow.cols }, (_, j): ColumnFlow => ({ title: `x${j}`, type: 'number', name: this.columns(flow.name, [j]) }));
    return { kind: 'table', columns };
  }

  /** Probabilities and the class of the largest. */
  probable(classes: PredictionFlow['classes'], probabilities: string): PredictionFlow {
    return { kind: 'prediction', classes, probabilities, codes: this.argmax(probabilities) };
  }

  /** One column of probabilities of the second of two classes, as two. */
  bothSides(second: string): string {
    return this.concat([this.sub(this.double(1), second), second]);
  }

  /** N numbers out of N × 1. */
  flat(value: string): string {
    return this.reshape(value, [-1]);
  }

  subgraph(): OnnxGraph {
    return this.builder.graph();
  }

  /** Small constants are written once. */
  #constant(type: 'double' | 'int64', shape: readonly number[], data: Float64Array | BigInt64Array): string {
    if (data.length > 8) return this.builder.constant({ type, shape, data }, this.fresh(type));
    const key = `${type} ${shape.join()} ${Array.from(data as ArrayLike<number | bigint>, (value) => (Object.is(value, -0) ? '-0' : String(value))).join()}`;
    let name = this.#constants.get(key);
    if (name === undefined) this.#constants.set(key, (name = this.builder.constant({ type, shape, data }, this.fresh(type))));
    return name;
  }
}

const ELEMENT_CODES: Readonly<Record<OnnxElement, number>> = {
  float: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, string: 8, bool: 9, double: 11, uint32: 12, uint64: 13,
};
