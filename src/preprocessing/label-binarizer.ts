import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { labelCodes, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { flag, integer, type Rules } from '../core/rules.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';

export interface LabelBinarizerOptions {
  /** Value for "not this class", below posLabel. Default 0. */
  negLabel?: number;
  /** Value for "this class". Default 1. */
  posLabel?: number;
  /** Whether to return a CsrMatrix; needs negLabel 0. Default false. */
  sparseOutput?: boolean;
}

/** What LabelBinarizer has learned. */
export interface LabelBinarizerFitted {
  /** The distinct labels, ascending; column c of the result stands for classes[c]. */
  classes: readonly Label[];
  /** 'binary' for one or two classes, where the result has one column; else 'multiclass'. */
  yType: 'binary' | 'multiclass';
}

/**
 * One column per class, posLabel where the row is of that class and negLabel elsewhere.
 *
 * y: one label per row. The result is rows × k; for two classes rows × 1, posLabel standing for classes[1];
 * for one class rows × 1 of negLabel.
 *
 * `fitted`: classes, yType.
 *
 * Counterpart: scikit-learn's LabelBinarizer, without multi-label input. Labels that fit did not see are an
 * error; there they silently become a row of negLabel.
 *
 * @example
 * const binarizer = await new LabelBinarizer().fit(['a', 'b', 'c']);
 * (await binarizer.transform(['c', 'a'])).toArray(); // [[0, 0, 1], [1, 0, 0]]
 */
export class LabelBinarizer extends Transformer<LabelBinarizerOptions, LabelBinarizerFitted, Labels, Matrix> {
  static override readonly rules: Rules<LabelBinarizerOptions> = {
    negLabel: integer(0),
    posLabel: integer(1),
    sparseOutput: flag(false),
  };

  /** @throws OptionError when the options contradict each other, DataError for missing or mixed labels or none. */
  async fit(y: Labels): Promise<this> {
    const { negLabel, posLabel, sparseOutput } = this.options;
    if (negLabel >= posLabel) {
      throw new OptionError(`${this.owner}: negLabel must be below posLabel, got ${negLabel} and ${posLabel}.`);
    }
    if (sparseOutput && negLabel !== 0) {
      throw new OptionError(`${this.owner}: sparseOutput needs negLabel 0, got ${negLabel}. Use sparseOutput: false.`);
    }
    const classes = uniqueLabels(this.owner, y);
    if (classes.length === 0) throw new DataError(`${this.owner}: y must have at least 1 label, got none.`);
    return this.restore({ classes, yType: classes.length > 2 ? 'multiclass' : 'binary' });
  }

  /** @throws DataError naming the labels that fit did not see. */
  async transform(y: Labels): Promise<Matrix> {
    const { classes, yType } = this.fitted;
    const { negLabel, posLabel, sparseOutput } = this.options;
    const codes = labelCodes(this.owner, y, classes);
    const cols = yType === 'binary' ? 1 : classes.length;
    // In the one column of a binary result, posLabel stands for the second class.
    const first = yType === 'binary' ? 1 : 0;
    if (sparseOutput) return sparseIndicators(codes, cols, first, posLabel);
    const indicators = new DenseMatrix(codes.length, cols);
    indicators.data.fill(negLabel);
    for (let i = 0; i < codes.length; i++) {
      if (codes[i] >= first) indicators.data[i * cols + codes[i] - first] = posLabel;
    }
    return indicators;
  }

  /**
   * Labels of indicators, of probabilities or of scores: the class of the largest value in a row; in the binary
   * case classes[1] where the value exceeds the threshold.
   * @param Y rows × k; in the binary case also rows × 1, rows × 2 (the second column counts) or a list of numbers
   * @param threshold binary case only; default halfway between negLabel and posLabel
   */
  async inverseTransform(Y: MatrixLike | ArrayLike<number>, { threshold }: { threshold?: number } = {}): Promise<Label[]> {
    const { classes, yType } = this.fitted;
    const { rows, cols, data } = asMatrix(this.owner, isNumbers(Y) ? DenseMatrix.column(Y) : Y, { minRows: 0 }).toDense();
    if (rows === 0) return [];
    const fits = yType === 'multiclass' ? cols === classes.length : cols <= 2;
    if (!fits) {
      const wanted = yType === 'multiclass' ? `${classes.length} columns, one per class` : '1 or 2 columns';
      throw new ShapeError(`${this.owner}: Y must have ${wanted}, got ${cols}.`);
    }
    if (classes.length === 1) return Array.from({ length: rows }, () => classes[0]);
    if (yType === 'binary') {
      const limit = threshold ?? (this.options.negLabel + this.options.posLabel) / 2;
      return Array.from({ length: rows }, (_, i) => classes[data[i * cols + cols - 1] > limit ? 1 : 0]);
    }
    return Array.from({ length: rows }, (_, i) => {
      let best = 0;
      for (let c = 1; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c;
      return classes[best];
    });
  }

  /** The classes as text, one per column of the result. */
  override featureNamesOut(): string[] {
    const { classes, yType } = this.fitted;
    return (yType === 'binary' ? classes.slice(-1) : classes).map(String);
  }
}

function sparseIndicators(codes: Int32Array, cols: number, first: number, posLabel: number): CsrMatrix {
  const indptr = new Int32Array(codes.length + 1);
  const indices = new Int32Array(codes.length);
  let at = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] >= first) indices[at++] = codes[i] - first;
    indptr[i + 1] = at;
  }
  return new CsrMatrix(codes.length, cols, indptr, indices.slice(0, at), new Float64Array(at).fill(posLabel));
}

function isNumbers(Y: MatrixLike | ArrayLike<number>): Y is ArrayLike<number> {
  const list = Y as ArrayLike<unknown>;
  return (Array.isArray(Y) || ArrayBuffer.isView(Y)) && (list.length === 0 || typeof list[0] === 'number');
}
