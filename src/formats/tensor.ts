/** How the numbers of a tensor are stored; the names are those of the safetensors format. */
export type TensorType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL';

export type TensorData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Numbers with a shape, row-major. */
export interface Tensor {
  type: TensorType;
  /** Length along each axis; [] for a single number. */
  shape: readonly number[];
  /** As many as the shape's product. 'F16' and 'BF16' as their bits in a Uint16Array, 'BOOL' as 0 and 1 in a Uint8Array. */
  data: TensorData;
}

interface TensorClass {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TensorData;
}

/** The array that holds a type's numbers. */
export const TENSOR_CLASSES: Readonly<Record<TensorType, TensorClass>> = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/** The type that stores an array as it is; undefined for an array of another class. */
export function tensorTypeOf(data: ArrayBufferView): TensorType | undefined {
  // By name: an array may come from another realm, as a test runner's.
  const name = data.constructor.name;
  return (Object.keys(TENSOR_CLASSES) as TensorType[]).find((type) => TENSOR_CLASSES[type].name === name && type !== 'F16' && type !== 'BF16');
}
