import { OptionError, ShapeError } from '../../core/errors.ts';
import type { RandomState } from '../../core/random-state.ts';
import type { Dataset, Sample } from './dataset.ts';

/**
 * Some samples of a data set, in the given order.
 *
 * Counterpart: torch.utils.data.Subset.
 */
export class Subset implements Dataset {
  readonly indices: Int32Array;
  readonly #dataset: Dataset;
  readonly batch?: Required<Dataset>['batch'];

  /** @throws ShapeError for a number that the data set does not have */
  constructor(dataset: Dataset, indices: ArrayLike<number>) {
    this.#dataset = dataset;
    this.indices = Int32Array.from(indices);
    const wrong = this.indices.find((i) => !(i >= 0 && i < dataset.length));
    if (wrong !== undefined) throw new ShapeError(`Subset: indices must be in [0, ${dataset.length - 1}], got ${wrong}.`);
    if (dataset.batch !== undefined) this.batch = (some, ...how) => (dataset as Required<Dataset>).batch(some.map((i) => this.indices[i]), ...how);
  }

  get length(): number {
    return this.indices.length;
  }

  isFinite(name: string): boolean {
    return this.#dataset.isFinite?.(name) ?? false;
  }

  at(index: number, random: RandomState): Sample | Promise<Sample> {
    return this.#dataset.at(this.indices[index], random);
  }
}

/**
 * Deals a data set's samples to parts by chance.
 *
 * Counterpart: torch.utils.data.random_split.
 * @param lengths samples per part; together all of them
 * @throws OptionError for lengths that do not sum to the data set's
 */
export function randomSplit(dataset: Dataset, lengths: readonly number[], random: RandomState): Subset[] {
  const sum = lengths.reduce((a, b) => a + b, 0);
  if (sum !== dataset.length) throw new OptionError(`randomSplit: lengths must sum to the ${dataset.length} samples there are, got ${lengths.join(' + ')} = ${sum}.`);
  const order = random.permutation(dataset.length);
  let start = 0;
  return lengths.map((length) => new Subset(dataset, order.subarray(start, (start += length))));
}
