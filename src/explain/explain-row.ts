import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix } from '../matrix/matrix.ts';
import { Table } from '../table/table.ts';
import { shapValues } from './shap-values.ts';

export interface ExplainRowOptions {
  /** The class to explain, of more than two (or of a tree's or forest's). Default: the predicted one. */
  output?: Label;
}

/** What one column adds to a prediction. */
export interface Contribution {
  /** Name of the column that the model saw: a Table's, or what the stages before it call it. */
  column: string;
  /** Its value, as the model saw it; null where missing. */
  value: Label | null;
  contribution: number;
}

/** How one prediction came about: base + all contributions = prediction. */
export interface RowExplanation {
  /** The class that is explained; null where there is one output. */
  output: Label | null;
  /** What base, contributions and prediction measure. */
  unit: string;
  base: number;
  prediction: number;
  /** Largest first. */
  contributions: Contribution[];
}

/**
 * Why a fitted model predicts what it does for one row: what each column adds to the mean.
 *
 * Trees, forests and boosted models: Shapley values (see shapValues). Linear models: coefficient × value, with the
 * intercept as base; of classifiers, the scores before sigmoid or softmax. A pipeline: the same of its last stage, whose
 * columns are what the stages before it produce.
 *
 * @param X rows as the model takes them
 * @param row the number of one of them
 * @throws DataError for a model that is neither, or a row or class that is not there
 *
 * @example
 * const { base, contributions } = await explainRow(model, X, 0);
 * contributions[0]; // { column: 'sex', value: 'female', contribution: 1.7 }
 */
export async function explainRow(model: any, X: any, row: number, options: ExplainRowOptions = {}): Promise<RowExplanation> {
  const rows = rowCount(isObjectOfColumns(X) ? Table.from(X) : X);
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) throw new DataError(`explainRow: row must be a whole number in [0, ${rows - 1}], got ${show(row)}.`);
  let one: any = takeRows(isObjectOfColumns(X) ? Table.from(X) : X, [row]);
  let last = model;
  let names: readonly string[] | undefined = one instanceof Table ? one.names : undefined;
  while (Array.isArray(last.steps)) {
    for (const [, stage] of last.steps.slice(0, -1)) {
      one = await stage.transform(one);
      names = typeof stage.featureNamesOut === 'function' ? stage.featureNamesOut(names) : one instanceof Table ? one.names : undefined;
    }
    last = last.steps[last.steps.length - 1][1];
  }
  if (last.fitted?.coef !== undefined) return linear(last, one, names, options);
  const { base, values, outputs, unit, names: own, rows: seen } = shapValues(last, one);
  const output = await chosen(last, one, outputs, options);
  const k = output === null ? 0 : outputs!.indexOf(output);
  const shown = (j: number): Label | null => shownValue(one, own[j], seen.data[j], last.fitted.categories?.[j]);
  return explained(output, unit, base[k], Array.from(values[k].data, (contribution, j) => ({ column: names?.[j] ?? own[j], value: shown(j), contribution })));
}

const isObjectOfColumns = (X: unknown): boolean => typeof X === 'object' && X !== null && !Array.isArray(X) && !ArrayBuffer.isView(X) && !('rows' in X);

/** The class to explain; null where there is one output. @throws DataError for one that the model does not know */
async function chosen(model: any, one: unknown, outputs: readonly Label[] | null, { output }: ExplainRowOptions): Promise<Label | null> {
  if (outputs === null) return null;
  if (output === undefined) return (await model.predict(one))[0] as Label;
  if (!outputs.includes(output)) throw new DataError(`explainRow: output must be one of the classes ${outputs.map(show).join(', ')}, got ${show(output)}.`);
  return output;
}

function shownValue(one: unknown, name: string, seen: number, categories: readonly Label[] | null | undefined): Label | null {
  if (one instanceof Table && one.has(name)) return one.column(name).at(0);
  if (categories) return categories[seen] ?? null;
  return Number.isNaN(seen) ? null : seen;
}

async function linear(model: any, one: any, names: readonly string[] | undefined, options: ExplainRowOptions): Promise<RowExplanation> {
  const { coef, intercept, classes = null } = model.fitted as { coef: Float64Array | DenseMatrix; intercept: number | Float64Array; classes: readonly Label[] | null };
  const weights = coef instanceof DenseMatrix ? coef : new DenseMatrix(1, coef.length, Float64Array.from(coef));
  const x = asMatrix('explainRow', one).toDense().row(0);
  const outputs = classes !== null && weights.rows > 1 ? classes : null;
  const output = await chosen(model, one, outputs, options);
  const k = output === null ? 0 : outputs!.indexOf(output);
  const base = typeof intercept === 'number' ? intercept : (intercept?.[k] ?? 0);
  const unit = classes === null ? 'prediction' : outputs === null ? `score of ${String(classes[classes.length - 1])}` : 'score';
  return explained(
    output,
    unit,
    base,
    Array.from(x, (value, j) => ({ column: names?.[j] ?? `x${j}`, value, contribution: weights.at(k, j) * value })),
  );
}

function explained(output: Label | null, unit: string, base: number, contributions: Contribution[]): RowExplanation {
  const prediction = contributions.reduce((sum, { contribution }) => sum + contribution, base);
  const ordered = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { output, unit, base, prediction, contributions: ordered };
}
