import type { Takes } from '../core/estimator.ts';
import { DataError } from '../core/errors.ts';
import { choice, custom, flag, type Rule, type Rules } from '../core/rules.ts';
import { showList } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { columnNames, type CellsLike, type ColumnsSeen } from '../table/cells.ts';
import { checkWidth, readAny, widthOf, type AnyColumns, type MissingValues } from './any-columns.ts';
import { columnsWithMissing, missingMask } from './missing-mask.ts';

export interface MissingIndicatorOptions {
  /** What stands for a missing value besides null. Default NaN. */
  missingValues?: MissingValues;
  /** Columns that had missing values in fit ('missingOnly'), or all of them. Default 'missingOnly'. */
  features?: 'missingOnly' | 'all';
  /** Whether the result is sparse; 'auto': if X is. Default 'auto'. */
  sparse?: boolean | 'auto';
  /** Whether missing values in a column that had none in fit are an error (with 'missingOnly'). Default true. */
  errorOnNew?: boolean;
}

/** What MissingIndicator has learned. */
export interface MissingIndicatorFitted extends ColumnsSeen {
  /** Columns of X that have a column in the result. */
  features: Int32Array;
}

/** The `missingValues` option, NaN by default. */
export const missingValuesRule = (): Rule<MissingValues> =>
  custom<MissingValues>(Number.NaN, 'a number, NaN, text or null', (v) => v === null || ['number', 'string'].includes(typeof v));

/**
 * 1 where a value is missing, else 0: one column per column of X that had missing values in fit.
 *
 * X: a Table, a Matrix, or rows of values. `fitted`: features, nFeaturesIn, featureNamesIn.
 * @throws DataError for missing values in a column that had none in fit, unless `errorOnNew: false`
 *
 * Counterpart: scikit-learn's MissingIndicator (ones and zeros instead of booleans).
 *
 * @example
 * const indicator = await new MissingIndicator().fit([[1, NaN], [2, 3]]);
 * (await indicator.transform([[5, NaN]])).toArray(); // [[1]]
 */
export class MissingIndicator extends Transformer<MissingIndicatorOptions, MissingIndicatorFitted, CellsLike | MatrixLike, Matrix> {
  static override readonly rules: Rules<MissingIndicatorOptions> = {
    missingValues: missingValuesRule(),
    features: choice('missingOnly', ['missingOnly', 'all']),
    sparse: choice<boolean | 'auto'>('auto', ['auto', true, false]),
    errorOnNew: flag(true),
  };

  static override readonly takes: Takes = 'any';

  async fit(X: CellsLike | MatrixLike): Promise<this> {
    const read = readAny(this.owner, X, this.options.missingValues);
    const width = widthOf(read);
    const features = this.options.features === 'all' ? Int32Array.from({ length: width }, (_, j) => j) : columnsWithMissing(read);
    return this.restore({ features, nFeaturesIn: width, featureNamesIn: read.names });
  }

  async transform(X: CellsLike | MatrixLike): Promise<Matrix> {
    const { fitted } = this;
    const read: AnyColumns = readAny(this.owner, X, this.options.missingValues, { seen: fitted, minRows: 0 });
    checkWidth(this.owner, read, fitted);
    if (this.options.features === 'missingOnly' && this.options.errorOnNew) {
      const fresh = columnsWithMissing(read).filter((j) => !fitted.features.includes(j));
      if (fresh.length > 0) {
        const names = columnNames(this.owner, fitted);
        throw new DataError(`${this.owner}: only columns with missing values in fit may have them, got ${showList(Array.from(fresh, (j) => names[j]))} too. Set errorOnNew: false.`);
      }
    }
    const mask = missingMask(read, fitted.features);
    if (this.options.sparse === 'auto' || this.options.sparse === (mask.kind === 'csr')) return mask;
    return mask.kind === 'csr' ? mask.toDense() : CsrMatrix.fromDense(mask);
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = columnNames(this.owner, this.fitted, inputNames);
    return Array.from(this.fitted.features, (j) => `missingindicator_${names[j]}`);
  }
}
