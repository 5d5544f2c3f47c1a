import { DataError, ShapeError } from '../core/errors.ts';
import { labelCodes, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';

/** What LabelEncoder has learned. */
export interface LabelEncoderFitted {
  /** The distinct labels, ascending; label classes[c] has code c. */
  classes: readonly Label[];
}

/**
 * Numbers labels 0 … k − 1 in ascending order: text by code point, numbers by value, false before true.
 *
 * y: one label per row, all strings, all numbers or all booleans. The result is an Int32Array, one code per row.
 * Classifiers number their labels themselves; this is for those who need the codes.
 *
 * `fitted`: classes.
 *
 * Counterpart: scikit-learn's LabelEncoder. Missing labels (NaN) are refused; there they are a class of their own.
 *
 * @example
 * const encoder = await new LabelEncoder().fit(['ham', 'spam', 'ham']);
 * await encoder.transform(['spam', 'ham']); // Int32Array [1, 0]
 */
export class LabelEncoder extends Transformer<object, LabelEncoderFitted, Labels, Int32Array> {
  /** @throws DataError for missing labels or mixed types. */
  async fit(y: Labels): Promise<this> {
    return this.restore({ classes: uniqueLabels(this.owner, checkLabels(this.owner, y)) });
  }

  /** @throws DataError naming the labels that fit did not see. */
  async transform(y: Labels): Promise<Int32Array> {
    const { classes } = this.fitted;
    return labelCodes(this.owner, checkLabels(this.owner, y), classes);
  }

  /** Labels of codes. @throws DataError naming the row of a code that is no whole number in 0 … k − 1. */
  async inverseTransform(codes: ArrayLike<number>): Promise<Label[]> {
    const { classes } = this.fitted;
    return Array.from(codes, (code, i) => {
      if (!Number.isInteger(code) || code < 0 || code >= classes.length) {
        throw new DataError(`${this.owner}: codes must be whole numbers in 0 … ${classes.length - 1}, row ${i} has ${show(code)}.`);
      }
      return classes[code];
    });
  }

  /** Names are for columns of X; codes are one column, `y`. */
  override featureNamesOut(): string[] {
    void this.fitted;
    return ['y'];
  }
}

/** @throws ShapeError unless y is a list. */
function checkLabels(owner: string, y: Labels): Labels {
  if (y == null || typeof y === 'string' || typeof y.length !== 'number') {
    throw new ShapeError(`${owner}: y must be a list of labels, got ${show(y)}.`);
  }
  return y;
}
