import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows, rowCount } from '../core/rows.ts';
import { takeTrainingRows, type Resampler, type TrainingRows } from '../core/training-rows.ts';
import { Transformer } from '../core/transformer.ts';

/** What every row dropper has learned besides its own. */
export interface RowsKept {
  /** Positions of the training rows that were kept. */
  keptRows: Int32Array;
  /** How many were dropped, in a sentence. */
  notes: string[];
}

/**
 * A stage that drops training rows and no others: within a pipeline's fit, the stages after it learn from the rows it
 * keeps; transform and predict pass every row through, so that each test row gets a prediction.
 *
 * A subclass is `learn` and `keeps`.
 */
export abstract class RowDropper<Options extends object, Learned extends object, In> extends Transformer<Options, Learned & RowsKept, In, In> implements Resampler {
  /** Checks X and learns from it. */
  protected abstract learn(X: In, y: ArrayLike<any> | undefined): Learned;

  /** Whether each training row is kept. */
  protected abstract keeps(X: In, y: ArrayLike<any> | undefined, learned: Learned): (row: number) => boolean;

  /** @throws DataError when no row would be left. */
  async fit(X: In, y?: ArrayLike<any>): Promise<this> {
    if (y != null) checkSameRows(this.owner, { X, y });
    const learned = this.learn(X, y);
    const keep = this.keeps(X, y, learned);
    const rows = rowCount(X);
    const keptRows = Int32Array.from({ length: rows }, (_, i) => i).filter(keep);
    if (keptRows.length === 0) throw new DataError(`${this.owner}: at least one of ${rows} rows must be kept, got none. Loosen the options.`);
    const dropped = rows - keptRows.length;
    const notes = dropped === 0 ? [] : [`${this.owner}: ${dropped} of ${rows} training rows ${dropped === 1 ? 'is' : 'are'} dropped.`];
    return this.restore({ ...learned, keptRows, notes });
  }

  /** X as it is. */
  async transform(X: In): Promise<In> {
    void this.fitted;
    return X;
  }

  /** Fits, and returns the rows that are kept, with their targets and weights. */
  async fitResample(X: In, y?: ArrayLike<any>, { sampleWeight }: FitOptions = {}): Promise<TrainingRows<In>> {
    await this.fit(X, y);
    return takeTrainingRows({ X, y, sampleWeight }, this.fitted.keptRows);
  }
}
