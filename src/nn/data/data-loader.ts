import { DataError, OptionError } from '../../core/errors.ts';
import { RandomState } from '../../core/random-state.ts';
import { completeOptions, flag, integer, seed, type Rules } from '../../core/rules.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import { collate } from './collate.ts';
import { isIterableDataset, type Dataset, type IterableDataset, type Sample } from './dataset.ts';

export interface DataLoaderOptions {
  /** Samples in a batch. Default 1, as PyTorch's. */
  batchSize?: number;
  /** Whether samples come in a new order in each epoch. Default false. */
  shuffle?: boolean;
  /** Seed of the order and of random transforms. Default null: 0. */
  randomState?: number | null;
  /** Whether a last batch that is not full is left out. Default false. */
  dropLast?: boolean;
  /** Batches that are prepared ahead, all at the same time, while the net works on another. Default 0: none. */
  workers?: number;
}

const rules: Rules<DataLoaderOptions> = {
  batchSize: integer(1, { min: 1 }),
  shuffle: flag(false),
  randomState: seed(),
  dropLast: flag(false),
  workers: integer(0, { min: 0 }),
};

/**
 * Batches of a data set, one epoch after the other.
 *
 * The order of epoch e is a permutation drawn from (randomState, e), and a random transform of sample i draws from
 * (randomState, e, i): every epoch can be made again by its number, whatever came before and however many workers there
 * are. `workers` prepare batches ahead of their use: JavaScript's functions cannot go to other threads, but reading and
 * decoding files happens in Node's own threads, so that several batches at once use several cores.
 *
 * Counterpart: torch.utils.data.DataLoader. The order is numpy's permutation, not PyTorch's.
 * @throws OptionError for shuffling samples that come one after the other
 *
 * @example
 * const loader = new DataLoader(data, { batchSize: 64, shuffle: true, randomState: 7 });
 * for await (const { x, target } of loader) {} // one epoch; the next loop is the next epoch
 */
export class DataLoader implements AsyncIterable<Batch> {
  readonly dataset: Dataset | IterableDataset;
  readonly options: Readonly<Required<DataLoaderOptions>>;
  #epoch = 0;

  constructor(dataset: Dataset | IterableDataset, options: DataLoaderOptions = {}) {
    this.dataset = dataset;
    this.options = completeOptions<DataLoaderOptions>('DataLoader', options, rules);
    if (isIterableDataset(dataset) && this.options.shuffle) {
      throw new OptionError('DataLoader: shuffle must be false for samples that come one after the other, got true. Shuffle where they are made.');
    }
  }

  /** Batches of an epoch; undefined where the data set does not know its length. */
  get length(): number | undefined {
    if (isIterableDataset(this.dataset)) return undefined;
    const { batchSize, dropLast } = this.options;
    return dropLast ? Math.floor(this.dataset.length / batchSize) : Math.ceil(this.dataset.length / batchSize);
  }

  /** The next epoch: the first loop over the loader is epoch 0. */
  [Symbol.asyncIterator](): AsyncIterator<Batch> {
    return this.epoch(this.#epoch++);
  }

  /**
   * The batches of one epoch.
   * @param options reuse: whether a batch is over when the one after the next is asked for, so that its memory serves again. Default false.
   * shared: whether batches had better lie in memory that other threads see too. Default false
   * @throws DataError when there is no batch in it
   */
  async *epoch(epoch: number, { reuse = false, shared = false } = {}): AsyncGenerator<Batch> {
    let empty = true;
    for await (const batch of isIterableDataset(this.dataset) ? this.#streamed(this.dataset, epoch) : this.#indexed(this.dataset, epoch, { reuse, shared })) {
      empty = false;
      yield batch;
    }
    if (empty) throw new DataError(`DataLoader: an epoch must have at least one batch, got none.${this.options.dropLast ? ' Lower batchSize, or set dropLast: false.' : ' Look at the data set: it is empty.'}`);
  }

  async *#indexed(dataset: Dataset, epoch: number, { reuse, shared }: { reuse: boolean; shared: boolean }): AsyncGenerator<Batch> {
    const { batchSize, shuffle, workers } = this.options;
    const order = shuffle ? new RandomState([this.options.randomState ?? 0, epoch]).permutation(dataset.length) : Int32Array.from({ length: dataset.length }, (_, i) => i);
    const count = this.length as number;
    const begun: Promise<Batch>[] = [];
    const over: Batch[] = [];
    let before: Batch | undefined;
    for (let next = 0, k = 0; k < count; k++) {
      for (; next < count && next <= k + workers; next++) {
        const batch = this.#make(dataset, order.subarray(next * batchSize, (next + 1) * batchSize), epoch, { spare: over.pop(), shared });
        // Its error is met when its turn comes, or not at all when the loop is left before.
        batch.catch(() => {});
        begun.push(batch);
      }
      const batch = await (begun.shift() as Promise<Batch>);
      yield batch;
      if (reuse && before !== undefined) over.push(before);
      before = batch;
    }
  }

  async #make(dataset: Dataset, indices: Int32Array, epoch: number, { spare, shared }: { spare: Batch | undefined; shared: boolean }): Promise<Batch> {
    if (dataset.batch !== undefined) return dataset.batch(indices, spare, shared);
    return collate(await Promise.all(Array.from(indices, (i) => dataset.at(i, new RandomState([this.options.randomState ?? 0, epoch, i])))));
  }

  async *#streamed(dataset: IterableDataset, epoch: number): AsyncGenerator<Batch> {
    let samples: Sample[] = [];
    for await (const sample of dataset.samples(epoch)) {
      samples.push(sample);
      if (samples.length < this.options.batchSize) continue;
      yield collate(samples);
      samples = [];
    }
    if (samples.length > 0 && !this.options.dropLast) yield collate(samples);
  }
}
