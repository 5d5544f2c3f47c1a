import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { uniqueLabels, type Label } from '../core/labels.ts';
import { custom, flag, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { CsrBuilder } from '../matrix/csr-builder.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';

export interface MultiLabelBinarizerOptions {
  /** The labels, one a column, in this order; null for those of fit, ascending. Default null. */
  classes?: readonly Label[] | null;
  /** Whether to return a CsrMatrix. Default false. */
  sparseOutput?: boolean;
}

/** What MultiLabelBinarizer has learned. */
export interface MultiLabelBinarizerFitted {
  /** Column c of the result stands for classes[c]. */
  classes: readonly Label[];
}

/** For each row the labels it has: arrays or sets; none, one or several. */
export type LabelSets = ArrayLike<Iterable<Label>>;

/**
 * One column per label, 1 where the row has it and 0 elsewhere: tags, genres or several targets as a matrix.
 *
 * y: for each row an array or a set of labels. The result is rows × k, dense, or sparse with sparseOutput. Labels that fit did
 * not see are passed over.
 *
 * `fitted`: classes.
 *
 * Counterpart: scikit-learn's MultiLabelBinarizer, which warns of labels that fit did not see. A text as a row is refused, where
 * there each of its letters is a label. Labels must be of one type.
 *
 * @throws DataError for rows that are no lists, missing or mixed labels; OptionError for repeated classes
 * @example
 * const tags = new MultiLabelBinarizer();
 * (await tags.fitTransform([['drama'], ['comedy', 'drama'], []])).toArray(); // [[0, 1], [1, 1], [0, 0]]
 */
export class MultiLabelBinarizer extends Transformer<MultiLabelBinarizerOptions, MultiLabelBinarizerFitted, LabelSets, Matrix> {
  static override readonly rules: Rules<MultiLabelBinarizerOptions> = {
    classes: optional(custom<readonly Label[]>([], 'a list of labels', Array.isArray)),
    sparseOutput: flag(false),
  };

  async fit(y: LabelSets): Promise<this> {
    const given = this.options.classes;
    checkRows(this.owner, y);
    if (given === null) return this.restore({ classes: uniqueLabels(this.owner, allLabels(y)) });
    const distinct = uniqueLabels(this.owner, given);
    if (distinct.length < given.length) {
      const repeated = given.find((label, c) => given.indexOf(label) < c);
      throw new OptionError(`${this.owner}: classes must not repeat a label, got ${show(repeated)} twice.`);
    }
    return this.restore({ classes: [...given] });
  }

  async transform(y: LabelSets): Promise<Matrix> {
    const { classes } = this.fitted;
    checkRows(this.owner, y);
    const columnOf = new Map(classes.map((label, c) => [label, c]));
    const builder = new CsrBuilder();
    for (let i = 0; i < y.length; i++) {
      for (const label of y[i]) {
        const column = columnOf.get(label);
        if (column !== undefined) builder.add(column, 1);
      }
      builder.endRow();
    }
    const indicators = builder.build(classes.length);
    // A label that a row repeats has been added up.
    indicators.data.fill(1);
    return this.options.sparseOutput ? indicators : indicators.toDense();
  }

  /** The labels of each row of indicators. @throws ShapeError unless Y has one column per label; DataError for values that are neither 0 nor 1 */
  async inverseTransform(Y: MatrixLike): Promise<Label[][]> {
    const { classes } = this.fitted;
    const indicators = asMatrix(this.owner, Y, { minRows: 0 }).toDense();
    if (indicators.cols !== classes.length) throw new ShapeError(`${this.owner}: Y must have ${classes.length} columns, one per label, got ${indicators.cols}.`);
    const odd = indicators.data.find((value) => value !== 0 && value !== 1);
    if (odd !== undefined) throw new DataError(`${this.owner}: Y must hold 0 and 1 only, got ${odd}. Compare scores with a threshold first.`);
    return Array.from({ length: indicators.rows }, (_, i) => classes.filter((_label, c) => indicators.at(i, c) === 1));
  }

  /** The labels as text, one per column of the result. */
  override featureNamesOut(): string[] {
    return this.fitted.classes.map(String);
  }
}

function checkRows(owner: string, y: LabelSets): void {
  for (let i = 0; i < y.length; i++) {
    const labels: unknown = y[i];
    if (typeof labels === 'object' && labels !== null && Symbol.iterator in labels) continue;
    throw new DataError(`${owner}: every row must be a list or a set of labels, row ${i} has ${show(labels)}. Split texts first.`);
  }
}

function allLabels(y: LabelSets): Label[] {
  const labels = new Set<Label>();
  for (let i = 0; i < y.length; i++) for (const label of y[i]) labels.add(label);
  return [...labels];
}
