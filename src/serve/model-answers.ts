import type { Label } from '../core/labels.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { canPredict } from '../model-selection/model.ts';
import type { LoadedModel } from '../persistence/load-model.ts';
import { columnContributions, logOdds, withTypicalValues } from './explain-columns.ts';
import { endsInTrees, treePushes } from './explain-trees.ts';
import { linearWeights, termContributions } from './explain-terms.ts';
import type { ModelForm } from './model-form.ts';
import { modelRows, type FieldValue } from './model-rows.ts';
import type { Contributions } from './outputs/contributions.ts';
import type { LabelValue } from './outputs/label.ts';

/** A row's answer, and what pushed it which way; null where the model does not tell. */
export type Answer = [answer: LabelValue, why: Contributions | null];

/** A pipeline as far as explanations look into it. */
interface Stages {
  steps: readonly (readonly [string, { predictProba?(X: unknown): Promise<DenseMatrix>; predict(X: unknown): Promise<ArrayLike<Label>> }])[];
  transformBeforeLast(X: unknown): Promise<unknown>;
  featureNamesOut(names?: readonly string[]): string[];
}

/**
 * What a model answers to rows of its form, and why: for a linear model of texts the terms' shares in its score, exactly;
 * for trees, forests and boosted models of tables the Shapley values of the columns; for all other models of tables how
 * the answer changes when a column takes its typical value.
 */
export class ModelAnswers {
  readonly #form: ModelForm;
  readonly #model: LoadedModel;
  readonly #knowsProbabilities: boolean;
  readonly #endsInTrees: boolean;
  #names: readonly string[] | undefined;

  constructor(form: ModelForm, model: LoadedModel) {
    this.#form = form;
    this.#model = model;
    this.#endsInTrees = form.fields !== null && endsInTrees(model);
    this.#knowsProbabilities = form.task === 'classification' && canPredict(model, 'predictProba');
  }

  answer(rows: readonly (readonly FieldValue[])[]): Promise<Answer[]> {
    return this.#form.fields === null ? this.#textAnswers(rows) : this.#tableAnswers(rows);
  }

  async #textAnswers(rows: readonly (readonly FieldValue[])[]): Promise<Answer[]> {
    const texts = modelRows(this.#form, rows);
    const stages = this.#model as unknown as Partial<Stages>;
    const last = stages.steps?.at(-1)?.[1];
    if (stages.transformBeforeLast === undefined || last === undefined) return this.#plainAnswers(texts);
    const X = await stages.transformBeforeLast(texts);
    const coef = X instanceof CsrMatrix ? linearWeights(last, X.cols) : undefined;
    const probabilities = this.#knowsProbabilities ? await (last.predictProba as (X: unknown) => Promise<DenseMatrix>)(X) : null;
    const values = probabilities === null ? await last.predict(X) : null;
    this.#names ??= coef && (stages as Stages).featureNamesOut([]);
    return rows.map((_, i): Answer => {
      const answer = this.#answer(probabilities, values, i);
      if (coef === undefined || !(X instanceof CsrMatrix)) return [answer, null];
      const k = coef.rows === 1 ? 1 : this.#bestClass(probabilities, values, i);
      const pushes = termContributions(X, i, coef, coef.rows === 1 ? 0 : k, this.#names as readonly string[]);
      return [answer, { ...this.#directions(k), unit: this.#form.task === 'regression' ? `Share in the predicted ${this.#form.target}` : 'Share in the score: log-odds for a logistic model', pushes }];
    });
  }

  async #tableAnswers(rows: readonly (readonly FieldValue[])[]): Promise<Answer[]> {
    return (this.#endsInTrees && (await this.#treeAnswers(rows))) || this.#comparedAnswers(rows);
  }

  /** With Shapley values; null where they cannot be told by the form's columns. */
  async #treeAnswers(rows: readonly (readonly FieldValue[])[]): Promise<Answer[] | null> {
    const X = modelRows(this.#form, rows);
    const trees = await treePushes(this.#model, X, this.#form.features);
    if (trees === null) return null;
    const probabilities = this.#knowsProbabilities ? await this.#model.predictProba(X) : null;
    const values = probabilities === null ? await this.#model.predict(X) : null;
    return rows.map((row, i): Answer => {
      const k = this.#form.classes.length === 2 ? 1 : this.#bestClass(probabilities, values, i);
      const output = trees.outputs === null ? 0 : trees.outputs.indexOf(this.#form.classes[k]);
      return [this.#answer(probabilities, values, i), { ...this.#directions(k), unit: trees.unit, pushes: trees.pushes(i, output, row) }];
    });
  }

  async #comparedAnswers(rows: readonly (readonly FieldValue[])[]): Promise<Answer[]> {
    const fields = this.#form.fields as NonNullable<ModelForm['fields']>;
    // Every row, then the same row with one column after the other at its typical value.
    const asked = rows.flatMap((row) => [row, ...withTypicalValues(row, fields)]);
    const X = modelRows(this.#form, asked);
    const probabilities = this.#knowsProbabilities ? await this.#model.predictProba(X) : null;
    const values = probabilities === null ? await this.#model.predict(X) : null;
    let at = 0;
    return rows.map((row): Answer => {
      const own = at;
      const count = withTypicalValues(row, fields).length;
      at += 1 + count;
      const answer = this.#answer(probabilities, values, own);
      if (probabilities === null && this.#form.task === 'classification') return [answer, null];
      const k = this.#form.classes.length === 2 ? 1 : this.#bestClass(probabilities, values, own);
      const score = (i: number): number => (probabilities === null ? ((values as ArrayLike<Label>)[i] as number) : logOdds(probabilities.at(i, k)));
      const unit = this.#form.task === 'regression' ? `Change of ${this.#form.target} against the column’s typical value` : 'Change of the log-odds against the column’s typical value';
      return [answer, { ...this.#directions(k), unit, pushes: columnContributions(row, fields, score(own), Array.from({ length: count }, (_, j) => score(own + 1 + j))) }];
    });
  }

  async #plainAnswers(X: unknown): Promise<Answer[]> {
    const probabilities = this.#knowsProbabilities ? await this.#model.predictProba(X) : null;
    const values = probabilities === null ? await this.#model.predict(X) : null;
    return Array.from({ length: (X as ArrayLike<unknown>).length }, (_, i) => [this.#answer(probabilities, values, i), null]);
  }

  #answer(probabilities: DenseMatrix | null, values: ArrayLike<Label> | null, i: number): LabelValue {
    if (probabilities === null) return (values as ArrayLike<Label>)[i];
    return new Map(this.#form.classes.map((label, k) => [label, probabilities.at(i, k)]));
  }

  #bestClass(probabilities: DenseMatrix | null, values: ArrayLike<Label> | null, i: number): number {
    if (probabilities === null) return Math.max(0, this.#form.classes.indexOf((values as ArrayLike<Label>)[i]));
    let best = 0;
    for (let k = 1; k < probabilities.cols; k++) if (probabilities.at(i, k) > probabilities.at(i, best)) best = k;
    return best;
  }

  /** What pushes to either side speak for. */
  #directions(k: number): { toward: string; against: string } {
    const { task, classes, target } = this.#form;
    if (task === 'regression') return { toward: `more ${target}`, against: `less ${target}` };
    const named = (label: Label): string => (typeof label === 'string' ? label : `${target} ${label}`);
    return { toward: named(classes[k]), against: classes.length === 2 ? named(classes[1 - k]) : `not ${named(classes[k])}` };
  }
}
