import { DataError, ShapeError } from '../../core/errors.ts';
import type { RandomState } from '../../core/random-state.ts';
import { completeOptions, integer, positive, type Rules } from '../../core/rules.ts';
import { show } from '../../core/show.ts';
import type { Dataset, Sample, SampleValue } from './dataset.ts';
import { isImage } from './image.ts';
import { isNdArray } from './nd-array.ts';

export interface MixupDatasetOptions {
  /** How many classes there are. */
  classes: number;
  /** How far samples are mixed: the share of the one is drawn from Beta(alpha, alpha). Near 0 hardly, 1 evenly. Default 0.2. */
  alpha?: number;
}

const rules: Rules<MixupDatasetOptions> = { classes: integer(undefined as never, { min: 2 }), alpha: positive(0.2) };

/**
 * Each sample mixed with another that is drawn by chance: λ·x + (1 − λ)·x′, and targets likewise, as probabilities of
 * classes. It keeps nets from being sure of what they have not seen. Train with
 * `nn.crossEntropy({ targets: 'probabilities' })`; every array but `target` must hold numbers, not ids.
 *
 * Counterpart: timm's Mixup, or torchvision's v2.MixUp, which draw one λ for a whole batch.
 * Source: Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018.
 * @throws OptionError; DataError for targets that are no class; ShapeError for samples of unlike shapes
 *
 * @example
 * const mixed = new nn.MixupDataset(new nn.ArrayDataset({ x, target }), { classes: 10 });
 */
export class MixupDataset implements Dataset {
  readonly #dataset: Dataset;
  readonly #options: Readonly<Required<MixupDatasetOptions>>;

  constructor(dataset: Dataset, options: MixupDatasetOptions) {
    this.#options = completeOptions<MixupDatasetOptions>('MixupDataset', { ...options, classes: options.classes ?? Number.NaN }, rules);
    this.#dataset = dataset;
  }

  get length(): number {
    return this.#dataset.length;
  }

  async at(index: number, random: RandomState): Promise<Sample> {
    const share = drawShare(random, this.#options.alpha);
    const other = random.randint(this.length);
    const [a, b] = [await this.#dataset.at(index, random), await this.#dataset.at(other, random)];
    const mixed = Object.keys(a).filter((name) => name !== 'target').map((name) => [name, mix(name, numbersOf(name, a[name]), numbersOf(name, b[name]), share)]);
    return { ...Object.fromEntries(mixed), target: mix('target', this.#oneHot(a.target), this.#oneHot(b.target), share) };
  }

  #oneHot(target: SampleValue): ArrayLike<number> {
    const { classes } = this.#options;
    const label = typeof target === 'number' ? target : numbersOf('target', target)[0];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) throw new DataError(`MixupDataset: target must be a class number in 0…${classes - 1}, got ${show(label)}.`);
    return Float32Array.from({ length: classes }, (_, k) => Number(k === label));
  }
}

/** From Beta(alpha, alpha). */
function drawShare(random: RandomState, alpha: number): number {
  const [a, b] = [random.gamma(alpha), random.gamma(alpha)];
  // Both may be too small for a number.
  return a + b > 0 ? a / (a + b) : 1;
}

function numbersOf(name: string, value: SampleValue): ArrayLike<number> {
  if (typeof value === 'number' || typeof value === 'boolean') return [Number(value)];
  if (isImage(value)) throw new DataError(`MixupDataset: ${name} must be numbers, got an image. Give the data set transform: transforms.toTensor().`);
  return isNdArray(value) ? value.data : value;
}

function mix(name: string, a: ArrayLike<number>, b: ArrayLike<number>, share: number): Float32Array {
  if (a.length !== b.length) throw new ShapeError(`MixupDataset: ${name} must be of one length in all samples, got ${a.length} and ${b.length} values. Pad, crop or resize.`);
  return Float32Array.from(a, (value, i) => share * value + (1 - share) * b[i]);
}
