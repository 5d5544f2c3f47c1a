import { DataError, ShapeError } from '../../core/errors.ts';
import { show, showList } from '../../core/show.ts';
import { type Shape, showShape, sizeOf, withBatch } from '../shape.ts';
import type { TensorType } from '../tensor.ts';
import type { RangeCheck, Trace } from '../trace.ts';
import type { OnnxRuntime, RuntimeTensor } from './onnx-runtime.ts';

/** Rows of numbers by the names of inputs, row-major; a net's target and sample weights under `target` and `weight`. */
export type Batch = Readonly<Record<string, Float32Array | Int32Array>>;

/** One array of a batch: the batch comes first. */
export interface BatchArray {
  readonly name: string;
  readonly shape: Shape;
  readonly type: TensorType;
}

/**
 * Tensors of a batch for the graph's inputs, and how many rows it has.
 * @throws as rowsOf
 */
export function feedBatch(owner: string, runtime: OnnxRuntime, inputs: readonly BatchArray[], batch: Batch): { feeds: Record<string, RuntimeTensor>; rows: number } {
  const rows = rowsOf(owner, inputs, batch);
  return { feeds: tensorsOf(runtime, inputs, batch), rows };
}

/** Tensors of a batch that fits. */
export function tensorsOf(runtime: OnnxRuntime, inputs: readonly BatchArray[], batch: Batch): Record<string, RuntimeTensor> {
  return Object.fromEntries(inputs.map(({ name, shape, type }) => [name, new runtime.Tensor(type, batch[name], withBatch(shape, batch[name].length / Math.abs(sizeOf(shape))))]));
}

/**
 * How many rows a batch has.
 * @throws ShapeError for a missing input, one too many, a wrong kind of array, or lengths that do not fit each other;
 *   DataError for an empty batch.
 */
export function rowsOf(owner: string, inputs: readonly BatchArray[], batch: Batch): number {
  const names = Object.keys(batch);
  const unknown = names.filter((name) => !inputs.some((input) => input.name === name));
  if (unknown.length > 0) throw new ShapeError(`${owner}: the batch has ${showList(unknown)}, which this net does not take. It takes ${showList(inputs.map(({ name }) => name))}.`);
  let rows: number | undefined;
  for (const { name, shape, type } of inputs) {
    const values = batch[name];
    const fits = type === 'float32' ? values instanceof Float32Array : values instanceof Int32Array;
    if (!fits) throw new ShapeError(`${owner}: ${name} must be ${type === 'float32' ? 'a Float32Array' : 'an Int32Array'} of shape ${showShape(shape)}, got ${show(values)}.`);
    const size = Math.abs(sizeOf(shape));
    if (values.length % size !== 0) throw new ShapeError(`${owner}: ${name} must have shape ${showShape(shape)}, ${size} numbers a row, got ${values.length} numbers.`);
    rows ??= values.length / size;
    if (values.length !== rows * size) throw new ShapeError(`${owner}: ${name} must have ${rows} rows as ${inputs[0].name} has, got ${values.length / size}.`);
  }
  if (!rows) throw new DataError(`${owner}: a batch must have at least one row.`);
  return rows;
}

/** What layers ask of the batch beyond its shape. @throws DataError naming layer and row. */
export function checkBatch({ refusesSingleRow, ranges }: Trace, batch: Batch, rows: number): void {
  if (rows === 1 && refusesSingleRow.length > 0) {
    throw new DataError(`${refusesSingleRow[0]}: a batch must have more than one row in training, for one row has no spread. Drop the last batch or change the batch size.`);
  }
  for (const range of ranges) checkIds(range, batch, rows);
}

/** @throws DataError naming the layer, the row and the id that it has no row for */
export function checkIds({ input, places, end, owner }: RangeCheck, batch: Batch, rows: number): void {
  const ids = batch[input];
  const size = ids.length / rows;
  const count = places?.length ?? size;
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < count; j++) {
      const id = ids[row * size + (places === undefined ? j : places[j])];
      // A fraction is cut off when it becomes a whole number.
      if (id > -1 && id < end) continue;
      const place = places === undefined ? '' : ` in column ${places[j]}`;
      throw new DataError(`${owner}: ids must be in 0…${end - 1}, row ${row} of ${input} has ${id}${place}. ${id < 0 ? 'Number them from 0' : 'Make numEmbeddings larger than the largest id'}.`);
    }
  }
}
