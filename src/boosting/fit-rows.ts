import { DataError } from '../core/errors.ts';
import { trainTestSplit } from '../model-selection/train-test-split.ts';
import { blockReader, type ColumnPlan } from './block-reader.ts';
import type { Features } from './features.ts';
import type { LabelledRows } from './fit-trees.ts';
import type { HistGradientBoostingOptions } from './hist-gradient-boosting-options.ts';

/** Rows of X with their targets as numbers. */
export interface Labelled {
  features: Features;
  y: Float64Array;
  weights: Float64Array | undefined;
}

/** Rows to learn from, and rows to watch. */
export interface FitRows {
  train: LabelledRows;
  /** Undefined where there is no early stopping, or it watches the training rows. */
  validation: LabelledRows | undefined;
  /** Whether early stopping is on. */
  stops: boolean;
}

export interface FitRowsTask {
  owner: string;
  options: Readonly<Required<Pick<HistGradientBoostingOptions, 'earlyStopping' | 'validationFraction'>>>;
  train: Labelled;
  /** Rows that were given for early stopping. */
  validation: Labelled | undefined;
  /** Whether a share set aside keeps the shares of y. */
  stratify: boolean;
}

/** Rows beyond which early stopping is on by itself. */
const MANY_ROWS = 10_000;

/** Decides on early stopping, and sets rows aside for it where none were given. @throws DataError for too few rows, and weights of zero */
export function fitRows({ owner, options, train, validation, stratify }: FitRowsTask, plan: readonly ColumnPlan[], seed: number): FitRows {
  const { earlyStopping, validationFraction } = options;
  const read = ({ features, y, weights }: Labelled): LabelledRows => ({ read: blockReader(owner, features, plan), rows: null, y, weights });
  const stops = validation !== undefined || earlyStopping === true || (earlyStopping === 'auto' && train.features.rows > MANY_ROWS);
  const all = read(train);
  const [own, watched] = stops && validation === undefined && validationFraction !== null ? setAside(owner, all, validationFraction, stratify, seed) : [all, validation && read(validation)];
  if (own.weights?.every((w) => w === 0)) throw new DataError(`${owner}: sampleWeight must not be zero in every training row.`);
  return { train: own, validation: watched, stops };
}

function setAside(owner: string, all: LabelledRows, share: number, stratify: boolean, seed: number): [LabelledRows, LabelledRows] {
  const { y, weights, read } = all;
  const numbers = Int32Array.from({ length: y.length }, (_, i) => i);
  let parts: [Int32Array, Int32Array];
  try {
    parts = trainTestSplit(numbers, { testSize: share, randomState: seed, stratify: stratify ? y : null }) as [Int32Array, Int32Array];
  } catch (error) {
    throw new DataError(`${owner}: ${share} of ${y.length} rows cannot be set aside for early stopping. Set earlyStopping: false, or give validation rows.`, { cause: error });
  }
  const part = (rows: Int32Array): LabelledRows => ({
    read,
    rows,
    y: Float64Array.from(rows, (i) => y[i]),
    weights: weights && Float64Array.from(rows, (i) => weights[i]),
  });
  return [part(parts[0]), part(parts[1])];
}
