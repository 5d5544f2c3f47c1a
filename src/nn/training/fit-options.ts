import type { WriteStream } from 'node:tty';
import { OptionError } from '../../core/errors.ts';
import { completeOptions, custom, flag, integer, optional, positive, seed, type Rules } from '../../core/rules.ts';
import type { SampleArray } from '../data/array-dataset.ts';
import { DataLoader } from '../data/data-loader.ts';
import type { Dataset, IterableDataset } from '../data/dataset.ts';
import type { Loss } from '../losses/loss.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import type { InputSpec } from '../trace-net.ts';
import { Schedule } from '../schedules/schedule.ts';
import type { EarlyStoppingOptions } from './early-stopping.ts';
import type { EpochRecord } from './history.ts';
import type { TrainingMetric } from './metrics.ts';

/** Where samples come from: a loader, a data set, or arrays by name with a row a sample. */
export type DataSource = DataLoader | Dataset | IterableDataset | Readonly<Record<string, SampleArray>>;

/** What `nn.fit` is told. */
export interface FitOptions {
  /** Training samples: the inputs by name, `target`, and `weight` where sampleWeight is set. */
  data: DataSource;
  /** What one sample of each input looks like, in the order of forward's arguments: `{ x: { shape: [1, 28, 28] } }`. */
  inputs: Readonly<Record<string, InputSpec>>;
  /** What is made small: nn.crossEntropy(), nn.mse(), … */
  loss: Loss;
  /** How: new nn.Adam({ lr: 1e-3 }), … */
  optimizer: Optimizer<any>;
  /** Samples that are not learned from; or which share of the training samples to take for it, drawn by chance. Default null: none. */
  validation?: DataSource | number | null;
  /** How often all samples are gone through, counted from the first start of a training that goes on. Default 10. */
  epochs?: number;
  /** Samples in a batch, where data is no loader. Default 32. */
  batchSize?: number;
  /** How the learning rate changes. Default null: it does not. */
  schedule?: Schedule<any> | null;
  /** Functions of what the net says of the validation samples, by name: `{ accuracy: nn.accuracy }`. Default none. */
  metrics?: Readonly<Record<string, TrainingMetric>>;
  /** When to end before the last epoch. Default null: never. */
  earlyStopping?: EarlyStoppingOptions | null;
  /** File that each epoch's state is written to. Default null: none. */
  checkpoint?: string | null;
  /** Whether to go on from the checkpoint, if there is one. Default false: start anew. */
  resume?: boolean;
  /** Whether samples have a `weight`, which their loss is multiplied by. Default false. */
  sampleWeight?: boolean;
  /** Gradients are scaled down to this norm. Default null: not at all. */
  clipGradNorm?: number | null;
  /** Each component of the gradients is cut to ± this. Default null: not at all. */
  clipGradValue?: number | null;
  /** Seed of order, dropout, random transforms and the validation's samples; weights are drawn when the net is made. Default null: 0. */
  randomState?: number | null;
  /** Threads of one operation. Default 1, which is fastest for small nets and gives the same sums everywhere. */
  threads?: number;
  /** Whether the net computes in a thread of its own, so that the event loop stays free; within a worker thread it never does. Default true. */
  thread?: boolean;
  /** Whether a bar (or lines, where there is no terminal) shows how it goes; or the stream to write to. Default true: standard error. */
  progress?: boolean | WriteStream;
  /** Called after each epoch. Default null. */
  onEpoch?: ((record: EpochRecord) => void) | null;
  /** Stops the training with the signal's reason. Default null. */
  signal?: AbortSignal | null;
}

export type CompleteFitOptions = Readonly<Required<FitOptions>>;

const isObject = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v);
const isFunction = (v: unknown): boolean => typeof v === 'function';
const isShare = (v: unknown): boolean => typeof v === 'number' && v > 0 && v < 1;
const isLoss = (v: unknown): boolean => isObject(v) && isFunction((v as Partial<Loss>).rows);

const rules: Rules<FitOptions> = {
  data: custom<unknown>(undefined, 'a DataLoader, a data set or arrays by name', isObject, 0),
  inputs: custom<unknown>(undefined, 'an object of name → { shape, type }', isObject, 0),
  loss: custom<unknown>(undefined, 'a loss such as nn.crossEntropy()', isLoss, 0),
  optimizer: custom<unknown>(undefined, 'an optimiser such as new nn.Adam()', (v) => v instanceof Optimizer, 0),
  validation: custom<unknown>(null, 'a DataLoader, a data set, arrays by name, a share in (0, 1), or null', (v) => v === null || isShare(v) || isObject(v), 2),
  epochs: integer(10, { min: 1 }),
  batchSize: integer(32, { min: 1 }),
  schedule: custom<unknown>(null, 'a schedule such as new nn.StepLR(), or null', (v) => v === null || v instanceof Schedule, 0),
  metrics: custom({}, 'an object of name → function', (v) => isObject(v) && Object.values(v as object).every(isFunction), 0),
  earlyStopping: custom<unknown>(null, 'an object of patience, monitor, better, minDelta, restoreBest, or null', (v) => v === null || isObject(v), 0),
  checkpoint: custom<string | null>(null, 'the path of a file, or null', (v) => v === null || (typeof v === 'string' && v !== ''), 0),
  resume: flag(false),
  sampleWeight: flag(false),
  clipGradNorm: optional(positive(1)),
  clipGradValue: optional(positive(1)),
  randomState: seed(),
  threads: integer(1, { min: 1 }),
  thread: flag(true),
  progress: custom<unknown>(true, 'true, false or a stream', (v) => typeof v === 'boolean' || isFunction((v as WriteStream | null)?.write), 0),
  onEpoch: custom<unknown>(null, 'a function, or null', (v) => v === null || isFunction(v), 0),
  signal: custom<unknown>(null, 'an AbortSignal, or null', (v) => v === null || v instanceof AbortSignal, 0),
};

/** @throws OptionError for what is missing, unknown or wrong */
export function completeFitOptions(owner: string, given: FitOptions): CompleteFitOptions {
  const complete = completeOptions<FitOptions>(owner, given, rules);
  for (const name of ['data', 'inputs', 'loss', 'optimizer'] as const) {
    if (complete[name] === undefined) throw new OptionError(`${owner}: ${name} must be given. It is ${rules[name].expected}.`);
  }
  if (complete.resume && complete.checkpoint === null) throw new OptionError(`${owner}: checkpoint must be given with resume: true. It is ${rules.checkpoint.expected}.`);
  return complete as CompleteFitOptions;
}
