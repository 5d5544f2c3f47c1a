import type { FitOptions } from '../core/fit-options.ts';
import { DataError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import type { Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import type { Member, NamedMember } from '../model-selection/meta-estimator.ts';
import { Stacking, stackingRules, stackMethodRule, type StackingFitted, type StackingOptions, type StackMethod } from './stacking.ts';

export interface StackingClassifierOptions<Members extends readonly NamedMember[] = readonly NamedMember[], Final extends Member | null = Member | null> extends StackingOptions<Members, Final> {
  /** What the first layer is asked. Default 'auto': the first of predictProba, decisionFunction and predict that a model has. */
  stackMethod?: StackMethod;
}

/** What StackingClassifier has learned. */
export interface StackingClassifierFitted extends StackingFitted {
  /** Ascending. */
  classes: readonly Label[];
}

/**
 * Stacked generalisation for classes: a final classifier learns from the first layer's out-of-fold probabilities
 * (or decision values, or labels as positions in `classes`), so that it never meets an answer to a row that the
 * answering model was fitted on. For `predict` the first layer is fitted on all rows.
 *
 * X: what the models take. y: one label per row, two classes or more. Of two classes one column stands for a model,
 * of more one per class. `fitted`: classes, estimators, finalEstimator, stackMethod; `namedEstimators` by name.
 *
 * Counterpart: scikit-learn's StackingClassifier, with LogisticRegression as the default final model. There is no
 * 'drop'. `cv` must test every row exactly once.
 * Source: Wolpert, "Stacked Generalization", Neural Networks 5(2), 1992.
 *
 * @throws OptionError for a model without the method asked for; DataError for 'prefit' with a model that is not
 * @example
 * const stack = new StackingClassifier({ estimators: [['bayes', new GaussianNB()], ['svc', new LinearSVC()]], cv: 5 });
 * (await (await stack.fit(X, y)).predictProba(Xtest)).at(0, 1);
 */
export class StackingClassifier<
  const Members extends readonly NamedMember[] = readonly NamedMember[],
  Final extends Member | null = Member | null,
> extends Stacking<StackingClassifierOptions<Members, Final>, StackingClassifierFitted> {
  static override readonly rules: Rules<StackingClassifierOptions> = { ...stackingRules, stackMethod: stackMethodRule };

  readonly estimatorType = 'classifier';

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    const classes = uniqueLabels(this.owner, y);
    return this.restore({ classes, ...(await this.fitLayers(X, y, classes, options, this.options.stackMethod)) });
  }

  async predict(X: unknown): Promise<Label[]> {
    return (await this.askFinal('predict', X)) as Label[];
  }

  /** The final model's probabilities, rows × classes. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    return (await this.askFinal('predictProba', X)) as DenseMatrix;
  }

  async decisionFunction(X: unknown): Promise<Float64Array | DenseMatrix> {
    return (await this.askFinal('decisionFunction', X)) as Float64Array | DenseMatrix;
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  protected defaultFinal(): Member {
    return new LogisticRegression() as unknown as Member;
  }
}
