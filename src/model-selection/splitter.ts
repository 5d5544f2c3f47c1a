import { DataError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { checkSameRows, rowCount } from '../core/rows.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';

/** Positions of rows to learn from and of rows to be judged on. */
export interface Split {
  train: Int32Array;
  test: Int32Array;
}


/** What cross-validation asks of a splitter: every Splitter keeps it, and so may your own. */
export interface CrossValidator {
  split(X: unknown, y?: Labels, groups?: Labels): Iterable<Split>;
  getNSplits(X?: unknown, y?: Labels, groups?: Labels): number;
  warnings?(y?: Labels, groups?: Labels): string[];
}

/** What a splitter works from. */
export interface SplitData {
  rows: number;
  y: Labels | undefined;
  groups: Labels | undefined;
}

/**
 * A way of cutting rows into training and test rows. Options are checked and frozen as an estimator's
 * are; nothing is learned, so one splitter serves any number of data sets, and gives the same splits each
 * time it is asked: with a seed there is no clock in it.
 *
 * Subclasses implement `splits`, lazily where they can: leave-one-out of n rows holds n² positions.
 *
 * Counterpart: scikit-learn's BaseCrossValidator; the same seed gives the same rows.
 */
export abstract class Splitter<Options extends object> implements CrossValidator {
  /** One rule per option. */
  static readonly rules: Rules<any> = {};

  readonly options: Readonly<Required<Options>>;

  constructor(options: Options = {} as Options) {
    this.options = completeOptions<Options>(new.target.name, options, new.target.rules as Rules<Options>);
    this.checkOptions();
  }

  /** The class name; it starts every error message and stands in records. */
  get owner(): string {
    return this.constructor.name;
  }

  /** How many splits there will be; some splitters must see the data to tell. */
  abstract getNSplits(X?: unknown, y?: Labels, groups?: Labels): number;

  /** All splits at once. X: anything with rows. @throws ShapeError, DataError for data that cannot be cut so. */
  split(X: unknown, y?: Labels, groups?: Labels): Split[] {
    return [...this.iterate(X, y, groups)];
  }

  /** The same splits, each made when it is asked for. */
  iterate(X: unknown, y?: Labels, groups?: Labels): Iterable<Split> {
    const data = { rows: rowCount(X), y: y, groups: groups };
    checkSameRows(this.owner, { X, y: data.y, groups: data.groups });
    return this.splits(data);
  }

  /** What a user should know before trusting the splits; empty when all is well. */
  warnings(_y?: Labels, groups?: Labels): string[] {
    return groups == null || this.usesGroups ? [] : [`${this.owner}: groups are ignored. Use a Group splitter to keep them together.`];
  }

  /** As `KFold(nSplits=5, shuffle=true, randomState=43)`. */
  toString(): string {
    return `${this.owner}(${Object.entries(this.options).map(([name, value]) => `${name}=${show(value)}`).join(', ')})`;
  }

  protected abstract splits(data: SplitData): Iterable<Split>;

  /** Whether `groups` decides the splits. */
  protected get usesGroups(): boolean {
    return false;
  }

  /** Refuses options that do not fit each other. */
  protected checkOptions(): void {}

  protected needLabels({ y }: Pick<SplitData, 'y'>): Labels {
    if (y === undefined) throw new DataError(`${this.owner}: y must be given, got undefined. Pass one label per row.`);
    return y;
  }

  protected needGroups({ groups }: Pick<SplitData, 'groups'>): Labels {
    if (groups === undefined) throw new DataError(`${this.owner}: groups must be given, got undefined. Pass one group per row.`);
    return groups;
  }
}
