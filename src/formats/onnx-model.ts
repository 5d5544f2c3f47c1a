/** Kinds of elements a tensor may have, in ONNX's words ('float' has 32 bits). */
export type OnnxElement = 'float' | 'double' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint64' | 'uint32' | 'uint16' | 'uint8' | 'bool' | 'string';

/** The array that holds elements of a kind; booleans are bytes 0 and 1. */
export type OnnxData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | readonly string[];

/** A constant: weights, thresholds, class names. `data` is row-major; a shape of [] is a single number. */
export interface OnnxTensor {
  readonly type: OnnxElement;
  readonly shape: readonly number[];
  readonly data: OnnxData;
}

/** An attribute's value, under the name of its kind, since a number alone does not say whether it is whole by nature. */
export type OnnxAttribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly string: string }
  | { readonly tensor: OnnxTensor }
  | { readonly graph: OnnxGraph }
  | { readonly floats: ArrayLike<number> }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly string[] };

/** One application of an operator. An input of '' is an optional one that is left out. */
export interface OnnxNode {
  readonly op: string;
  /** '' for ONNX's own operators, 'ai.onnx.ml' for the classical models. */
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output: a dimension is a size, a name for one that varies ('N'), or null where nothing is known. */
export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxElement;
  /** Left out where not even the number of dimensions is known. */
  readonly shape?: readonly (number | string | null)[];
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which every node comes after those it depends on. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: Readonly<Record<string, OnnxTensor>>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  /** Version of each operator set the graph uses, by domain. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly graph: OnnxGraph;
  /** Free notes, kept as they are: class names, the library's version. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Numbers of the element kinds in the file, and the arrays that hold them. */
export const ELEMENTS: Readonly<Record<OnnxElement, { readonly code: number; readonly array?: new (buffer: ArrayBuffer) => Exclude<OnnxData, readonly string[]> }>> = {
  float: { code: 1, array: Float32Array },
  uint8: { code: 2, array: Uint8Array },
  int8: { code: 3, array: Int8Array },
  uint16: { code: 4, array: Uint16Array },
  int16: { code: 5, array: Int16Array },
  int32: { code: 6, array: Int32Array },
  int64: { code: 7, array: BigInt64Array },
  string: { code: 8 },
  bool: { code: 9, array: Uint8Array },
  double: { code: 11, array: Float64Array },
  uint32: { code: 12, array: Uint32Array },
  uint64: { code: 13, array: BigUint64Array },
};

/** How many elements a shape holds. */
export const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
