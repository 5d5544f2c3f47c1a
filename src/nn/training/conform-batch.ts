import { allFinite } from '../../core/all-finite.ts';
import { DataError, ShapeError } from '../../core/errors.ts';
import { showList } from '../../core/show.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import { sizeOf } from '../shape.ts';
import type { InputSpecs } from '../trace-net.ts';

/**
 * A batch as a compiled net takes it: the arrays it asks for, of the right class and length, finite.
 *
 * @param place words for messages: 'epoch 2, batch 7'
 * @param isFinite of which arrays it is known that they hold finite numbers
 * @throws DataError for a name that is missing, NaN, infinity, or a fraction where whole numbers are needed; ShapeError for a length
 * @returns the arrays, and how many samples there are
 */
export function conformBatch(owner: string, batch: Batch, specs: InputSpecs, place: string, isFinite: (name: string) => boolean = () => false): { batch: Batch; rows: number } {
  const conforming: Record<string, Float32Array | Int32Array> = {};
  const missing = Object.keys(specs).find((name) => batch[name] === undefined);
  if (missing !== undefined) throw new DataError(`${owner}: a sample must have ${missing}, ${place} has ${showList(Object.keys(batch))}. Return { ${Object.keys(specs).join(', ')} } from the data set.`);
  const rows = rowsOf(batch, specs);
  for (const [name, { shape, type = 'float32' }] of Object.entries(specs)) {
    const values = batch[name];
    const size = sizeOf(shape);
    if (values.length !== rows * size || !Number.isInteger(rows)) {
      const shown = size === 1 ? 'one number' : shape.length === 1 ? `${size} numbers` : `${shape.join(' × ')} = ${size} numbers`;
      throw new ShapeError(`${owner}: ${name} must have ${shown} per sample, ${place} has ${values.length} numbers${Number.isInteger(rows) ? ` for ${rows} samples` : ''}. Correct inputs, or reshape in the data set.`);
    }
    if (!isFinite(name)) checkFinite(owner, name, values, size, place);
    conforming[name] = type === 'int32' ? integers(owner, name, values, size, place) : values instanceof Float32Array ? values : Float32Array.from(values);
  }
  return { batch: conforming, rows };
}

/** How many samples a batch has: what the first array says that can be true of all, so that the others are told of. */
function rowsOf(batch: Batch, specs: InputSpecs): number {
  const said = Object.entries(specs).map(([name, { shape }]) => batch[name].length / sizeOf(shape));
  if (said.every((rows) => rows === said[0])) return said[0];
  const lengths = Object.keys(specs).map((name) => batch[name].length);
  return said.find((rows) => Number.isInteger(rows) && lengths.every((length) => length % rows === 0)) ?? said[0];
}

function checkFinite(owner: string, name: string, values: Float32Array | Int32Array, size: number, place: string): void {
  if (values instanceof Int32Array || allFinite(values)) return;
  for (let p = 0; p < values.length; p++) {
    if (Number.isFinite(values[p])) continue;
    const remedy = Number.isNaN(values[p]) ? 'Impute missing values first' : 'Scale or clip it first';
    throw new DataError(`${owner}: ${name} must hold finite numbers, sample ${Math.floor(p / size)} of ${place} has ${values[p]}. ${remedy}.`);
  }
}

function integers(owner: string, name: string, values: Float32Array | Int32Array, size: number, place: string): Int32Array {
  if (values instanceof Int32Array) return values;
  const whole = Int32Array.from(values);
  const p = whole.findIndex((value, i) => value !== values[i]);
  if (p >= 0) throw new DataError(`${owner}: ${name} must hold whole numbers, sample ${Math.floor(p / size)} of ${place} has ${values[p]}. Use the numbers of classes or tokens.`);
  return whole;
}
