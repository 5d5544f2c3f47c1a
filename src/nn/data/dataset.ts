import type { RandomState } from '../../core/random-state.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import type { Image } from './image.ts';
import type { NdArray } from './nd-array.ts';

/** One value of a sample: a number, a list of numbers, an array with a shape, or an image that is not transformed yet. */
export type SampleValue = number | boolean | ArrayLike<number> | NdArray | Image;

/** What a net learns from at a time, by name: its inputs, and `target`. */
export type Sample = Readonly<Record<string, SampleValue>>;

/**
 * Samples that can be asked for by number: your own data set is an object with these two.
 *
 * Counterpart: torch.utils.data.Dataset, `__len__` and `__getitem__`; samples have names instead of places.
 *
 * @example
 * const squares: Dataset = { length: 100, at: (i) => ({ x: [i / 100], target: (i / 100) ** 2 }) };
 */
export interface Dataset {
  readonly length: number;
  /**
   * @param random for a transform that depends on chance: it is the same for the same sample of the same epoch,
   * whatever the order in which samples are asked for
   */
  at(index: number, random: RandomState): Sample | Promise<Sample>;
  /**
   * Many samples at once, where that is cheaper than one by one.
   * @param spare an earlier batch that nobody needs any more: its arrays may be written into and given back, those that fit
   * @param shared whether new arrays had better lie in memory that other threads see too
   */
  batch?(indices: Int32Array, spare?: Batch, shared?: boolean): Batch;
  /** Whether an array is known to hold finite numbers only, so that its batches need not be looked through; a training asks once. */
  isFinite?(name: string): boolean;
}

/**
 * Samples that come one after the other: from a stream, a generator, a simulation.
 *
 * Counterpart: torch.utils.data.IterableDataset.
 *
 * @example
 * const dice: IterableDataset = { *samples(epoch) { for (let i = 0; i < 100; i++) yield { x: [i], target: epoch }; } };
 */
export interface IterableDataset {
  samples(epoch: number): Iterable<Sample> | AsyncIterable<Sample>;
}

export function isIterableDataset(dataset: Dataset | IterableDataset): dataset is IterableDataset {
  return typeof (dataset as IterableDataset).samples === 'function';
}
