import { OptionError } from '../../core/errors.ts';
import { RandomState } from '../../core/random-state.ts';
import { ArrayDataset, type SampleArray } from '../data/array-dataset.ts';
import { DataLoader } from '../data/data-loader.ts';
import { isIterableDataset, type Dataset, type IterableDataset } from '../data/dataset.ts';
import { randomSplit } from '../data/subset.ts';
import type { CompleteFitOptions, DataSource } from './fit-options.ts';

export interface TrainingData {
  train: DataLoader;
  validation: DataLoader | null;
}

/** Keeps the draw of the validation apart from those of the epochs. */
const SPLIT = 0x5b117;

/** Loaders of what is learned from and what is not. @throws OptionError for a share of samples whose number is not known, or of too few */
export function trainingData(owner: string, { data, validation, batchSize, randomState }: CompleteFitOptions): TrainingData {
  const shuffled = (dataset: Dataset | IterableDataset): DataLoader => new DataLoader(dataset, { batchSize, shuffle: !isIterableDataset(dataset), randomState });
  const ordered = (dataset: Dataset | IterableDataset): DataLoader => new DataLoader(dataset, { batchSize, randomState });
  if (typeof validation !== 'number') {
    return {
      train: data instanceof DataLoader ? data : shuffled(datasetOf(data)),
      validation: validation === null ? null : validation instanceof DataLoader ? validation : ordered(datasetOf(validation)),
    };
  }
  const loader = data instanceof DataLoader ? data : null;
  const dataset = loader?.dataset ?? datasetOf(data as Exclude<DataSource, DataLoader>);
  if (isIterableDataset(dataset)) throw new OptionError(`${owner}: validation must be a data set where samples come one after the other, got the share ${validation}.`);
  const held = Math.ceil(validation * dataset.length);
  if (held >= dataset.length) throw new OptionError(`${owner}: validation must leave samples to learn from, got the share ${validation} of ${dataset.length}. Lower it, or add samples.`);
  const [train, rest] = randomSplit(dataset, [dataset.length - held, held], new RandomState([randomState ?? 0, SPLIT]));
  return {
    train: loader === null ? shuffled(train) : new DataLoader(train, loader.options),
    validation: loader === null ? ordered(rest) : new DataLoader(rest, { ...loader.options, shuffle: false, dropLast: false }),
  };
}

function datasetOf(source: Exclude<DataSource, DataLoader>): Dataset | IterableDataset {
  const { at, samples } = source as Partial<Dataset & IterableDataset>;
  if (typeof at === 'function' || typeof samples === 'function') return source as Dataset | IterableDataset;
  return new ArrayDataset(source as Readonly<Record<string, SampleArray>>);
}
