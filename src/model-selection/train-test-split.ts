import { OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows, rowCount, takeRows, type RowSet } from '../core/rows.ts';
import { completeOptions, custom, flag, seed, type Rules } from '../core/rules.ts';
import { shuffleSizes, sizeRule, type Size } from './shuffle-sizes.ts';
import { randomSplit } from './shuffle-split.ts';
import type { Split } from './splitter.ts';
import { stratifiedRandomSplits } from './stratified-shuffle-split.ts';

export interface TrainTestSplitOptions {
  /** Rows to test on: a share in (0, 1) or a whole number. Default null: what trainSize leaves, or a quarter. */
  testSize?: Size;
  /** Rows to train on: a share in (0, 1) or a whole number. Default null: what testSize leaves. */
  trainSize?: Size;
  /** Seed of the shuffling; null is seed 0. Default null. */
  randomState?: number | null;
  /** Whether rows are drawn at random; otherwise the last rows test. Default true. */
  shuffle?: boolean;
  /** Labels whose shares both sides keep, one per row. Default null. */
  stratify?: Labels | null;
}

/** Anything that can be cut by rows: a list, a typed array, a Matrix, a Table, a Column. */
export type RowsLike = RowSet | readonly unknown[] | (ArrayBufferView & ArrayLike<number>);

type Part<A> = A extends readonly (infer Row)[] ? Row[] : A;

/** One training and one test part per array, each of its array's type. */
export type TrainTestParts<Arrays extends readonly unknown[]> = number extends Arrays['length']
  ? Part<Arrays[number]>[]
  : Arrays extends readonly [infer First, ...infer Rest]
    ? [train: Part<First>, test: Part<First>, ...TrainTestParts<Rest>]
    : [];

const rules: Rules<TrainTestSplitOptions> = {
  testSize: sizeRule(),
  trainSize: sizeRule(),
  randomState: seed(),
  shuffle: flag(true),
  stratify: custom<Labels | null>(null, 'one label per row, or null', (v) => typeof v === 'object', 'y'),
};

/**
 * Cuts arrays of the same number of rows into training and test rows: one pair per array, in turn, of the
 * array's own type. The same seed gives scikit-learn's rows in scikit-learn's order.
 *
 * @throws ShapeError, DataError, OptionError for arrays of different lengths, sizes that leave a side empty, or
 *   labels that cannot be stratified by
 * Counterpart: scikit-learn's train_test_split.
 *
 * @example
 * const [Xtrain, Xtest, ytrain, ytest] = trainTestSplit(X, y, { testSize: 0.25, randomState: 43, stratify: y });
 */
export function trainTestSplit<Arrays extends readonly RowsLike[]>(...arrays: Arrays): TrainTestParts<Arrays>;
export function trainTestSplit<Arrays extends readonly RowsLike[]>(...args: [...arrays: Arrays, options: TrainTestSplitOptions]): TrainTestParts<Arrays>;
export function trainTestSplit(...args: readonly unknown[]): unknown[] {
  const last = args[args.length - 1];
  const arrays = isRows(last) ? args : args.slice(0, -1);
  const options = completeOptions<TrainTestSplitOptions>('trainTestSplit', isRows(last) ? {} : ((last ?? {}) as object), rules);
  if (arrays.length === 0) throw new OptionError('trainTestSplit: at least one array must be given, got none.');
  const stratify = options.stratify ?? undefined;
  checkSameRows('trainTestSplit', {
    ...Object.fromEntries(arrays.map((array, i) => [`array ${i + 1}`, array])),
    stratify,
  });
  const { train, test } = splitRows(rowCount(arrays[0]), options, stratify);
  return arrays.flatMap((array) => [takeRows(array, train), takeRows(array, test)]);
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value) || typeof (value as RowSet | undefined)?.take === 'function';
}

function splitRows(rows: number, options: Required<TrainTestSplitOptions>, stratify: Labels | undefined): Split {
  const sizes = shuffleSizes('trainTestSplit', rows, options.testSize, options.trainSize, 0.25);
  if (!options.shuffle) {
    if (stratify) throw new OptionError('trainTestSplit: stratify must be left out with shuffle: false, got both. Shuffle to stratify.');
    const order = Int32Array.from({ length: sizes.train + sizes.test }, (_, i) => i);
    return { train: order.subarray(0, sizes.train), test: order.subarray(sizes.train) };
  }
  const random = new RandomState(options.randomState);
  if (!stratify) return randomSplit(rows, sizes, random);
  const [split] = stratifiedRandomSplits('trainTestSplit', stratify, sizes, 1, random);
  return split;
}
