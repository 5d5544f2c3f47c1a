import { DataError } from '../../core/errors.ts';
import type { Label } from '../../core/labels.ts';
import type { RandomState } from '../../core/random-state.ts';
import type { Dataset, Sample, SampleValue } from './dataset.ts';
import type { Image } from './image.ts';
import { readImage } from './decode-image.ts';

/** From a decoded image to what the net takes; see transforms. */
export type ImageTransform = (image: Image, random: RandomState) => SampleValue;

export interface ImageDatasetOptions {
  /** What becomes of each image when it is asked for. Default: the image as it is. */
  transform?: ImageTransform;
}

/** Image files with labels: an image is read, decoded and transformed each time it is asked for. */
export abstract class ImageDataset implements Dataset {
  /** Where the images are. */
  readonly files: readonly string[];
  /** Per image, the number of its class. */
  readonly targets: Int32Array;
  /** The distinct labels, ascending. */
  readonly classes: readonly Label[];
  readonly #transform: ImageTransform;

  constructor(files: readonly string[], targets: Int32Array, classes: readonly Label[], { transform = (image) => image }: ImageDatasetOptions) {
    this.files = files;
    this.targets = targets;
    this.classes = classes;
    this.#transform = transform;
  }

  get length(): number {
    return this.files.length;
  }

  /** @throws ParseError for a file that is missing or damaged */
  async at(index: number, random: RandomState): Promise<Sample> {
    if (!(index >= 0 && index < this.length)) throw new DataError(`${this.constructor.name}: index must be in [0, ${this.length - 1}], got ${index}.`);
    return { x: this.#transform(await readImage(this.files[index]), random), target: this.targets[index] };
  }
}
