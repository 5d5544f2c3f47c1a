import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { Transformer } from '../core/transformer.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnNames, readCells, type Cells, type CellsLike, type ColumnsSeen } from '../table/cells.ts';

/**
 * A transformer over columns of any type. Takes care of reading X, so that a subclass is two methods:
 * `learn` (columns → what is learned) and `apply` (columns → result).
 *
 * X: a Table (columns are found by name, whatever their order), a dense Matrix, or rows of values.
 */
export abstract class CellsTransformer<Options extends object, Learned extends object, Out = Matrix> extends Transformer<
  Options,
  Learned & ColumnsSeen,
  CellsLike,
  Out
> {
  static override readonly takes: Takes = 'table';

  protected abstract learn(X: Cells, y: ArrayLike<unknown> | undefined, sampleWeight: Float64Array | undefined): Learned;

  /** Never writes into X. */
  protected abstract apply(X: Cells, fitted: Learned & ColumnsSeen): Out;

  async fit(X: CellsLike, y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<this> {
    const cells = readCells(this.owner, X);
    if (y != null) checkSameRows(this.owner, { X: { rows: cells.rows, take: () => undefined }, y });
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, cells.rows);
    return this.restore({ ...this.learn(cells, y, sampleWeight), ...seenIn(cells) });
  }

  async transform(X: CellsLike): Promise<Out> {
    return this.apply(this.checkSeen(X), this.fitted);
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    return columnNames(this.owner, this.fitted, inputNames);
  }

  /** X as the columns that fit saw. */
  protected checkSeen(X: CellsLike): Cells {
    return readCells(this.owner, X, { seen: this.fitted, minRows: 0 });
  }
}

/** What `fitted` says of the columns of X. */
function seenIn(cells: Cells): ColumnsSeen {
  return { nFeaturesIn: cells.width, featureNamesIn: cells.names };
}
