import { encodeLabels, type Label } from '../../core/labels.ts';
import { DataError } from '../../core/errors.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import type { Table } from '../../table/table.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import { ArrayDataset } from './array-dataset.ts';
import type { Dataset, Sample } from './dataset.ts';

export interface TableDatasetOptions {
  /** Column to predict. */
  target: string;
  /** Columns of numbers, dates or booleans that become `x`. Default: all others. */
  features?: readonly string[];
  /** Whether numbers of the target are measured rather than class names; text and booleans are always classes. Default true. */
  measured?: boolean;
}

/**
 * A table's rows as samples: the features as `x`, the target as `target`.
 *
 * A target of text or booleans becomes numbers of `classes`, which are ascending.
 *
 * @throws DataError for a column that holds text or has gaps
 * @example
 * const data = new TableDataset(await readCsv('houses.csv'), { target: 'price', features: ['area', 'rooms'] });
 */
export class TableDataset implements Dataset {
  readonly features: readonly string[];
  /** The target's distinct labels, ascending; null for a measured target. */
  readonly classes: readonly Label[] | null;
  readonly #arrays: ArrayDataset;

  constructor(table: Table, { target, features = table.names.filter((name) => name !== target), measured = true }: TableDatasetOptions) {
    if (features.length === 0) throw new DataError('TableDataset: features must name at least one column, got none.');
    const columns = features.map((name) => complete(name, table.numbers(name)));
    const x = new DenseMatrix(table.rows, features.length);
    for (const [j, column] of columns.entries()) for (let i = 0; i < table.rows; i++) x.data[i * features.length + j] = column[i];
    this.features = features;
    if (table.kind(target) === 'number' && measured) {
      this.classes = null;
      this.#arrays = new ArrayDataset({ x, target: complete(target, table.numbers(target)) });
    } else {
      const { classes, codes } = encodeLabels('TableDataset', table.column(target).toArray() as Label[]);
      this.classes = classes;
      this.#arrays = new ArrayDataset({ x, target: codes });
    }
  }

  get length(): number {
    return this.#arrays.length;
  }

  at(index: number): Sample {
    return this.#arrays.at(index);
  }

  batch(indices: Int32Array, spare?: Batch, shared?: boolean): Batch {
    return this.#arrays.batch(indices, spare, shared);
  }
}

function complete(name: string, values: Float64Array): Float64Array {
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw new DataError(`TableDataset: column ${name} must have a number in every row, row ${row} has ${values[row]}. Impute missing values first.`);
  return values;
}
