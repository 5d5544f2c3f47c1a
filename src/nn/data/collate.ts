import { DataError, ShapeError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import type { Sample, SampleValue } from './dataset.ts';
import { isImage } from './image.ts';
import { isNdArray } from './nd-array.ts';

/**
 * Puts samples side by side, the batch first. Numbers become Float32Arrays, but Int32Arrays stay integers.
 * @throws ShapeError, DataError naming the sample's place in the batch and the value: names and lengths must be those of the first sample
 */
export function collate(samples: readonly Sample[]): Batch {
  const [first] = samples;
  const batch: Record<string, Float32Array | Int32Array> = {};
  for (const name of Object.keys(first)) {
    const values = samples.map((sample, i) => valuesOf(sample[name], name, i));
    const size = values[0].length;
    const integers = values.every((one) => one instanceof Int32Array);
    const joined = integers ? new Int32Array(samples.length * size) : new Float32Array(samples.length * size);
    for (const [i, one] of values.entries()) {
      if (one.length !== size) {
        throw new ShapeError(`DataLoader: ${name} must be of one length in a batch, sample 0 has ${size} values and sample ${i} has ${one.length}. Pad, crop or resize.`);
      }
      joined.set(one, i * size);
    }
    batch[name] = joined;
  }
  for (const [i, sample] of samples.entries()) {
    const odd = Object.keys(sample).find((name) => !Object.hasOwn(first, name));
    if (odd !== undefined) throw new DataError(`DataLoader: every sample must have the same names, sample ${i} has ${show(odd)} and sample 0 has not.`);
  }
  return batch;
}

function valuesOf(value: SampleValue | undefined, name: string, i: number): ArrayLike<number> {
  if (typeof value === 'number') return [value];
  if (typeof value === 'boolean') return [Number(value)];
  if (isImage(value)) throw new DataError(`DataLoader: ${name} must be numbers, sample ${i} has an image. Give the data set transform: transforms.toTensor().`);
  if (isNdArray(value)) return value.data;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return value as ArrayLike<number>;
  throw new DataError(`DataLoader: ${name} must be numbers, sample ${i} has ${show(value)}. Return { ${name}: …, target: … } from at(index).`);
}
