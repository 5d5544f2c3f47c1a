import type { RandomState } from '../../core/random-state.ts';
import type { Dataset, Sample } from './dataset.ts';

/**
 * A data set whose samples pass through a function: augmentation of images that are in memory, for instance.
 *
 * @example
 * const flip = transforms.randomHorizontalFlip();
 * const augmented = new MappedDataset(data, ({ x, target }, random) => ({ x: flip({ shape: [1, 28, 28], data: x }, random), target }));
 */
export class MappedDataset implements Dataset {
  readonly #dataset: Dataset;
  readonly #map: (sample: Sample, random: RandomState) => Sample | Promise<Sample>;

  constructor(dataset: Dataset, map: (sample: Sample, random: RandomState) => Sample | Promise<Sample>) {
    this.#dataset = dataset;
    this.#map = map;
  }

  get length(): number {
    return this.#dataset.length;
  }

  async at(index: number, random: RandomState): Promise<Sample> {
    return this.#map(await this.#dataset.at(index, random), random);
  }
}
