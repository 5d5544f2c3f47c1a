import { OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { encodeLabels, labelCodes, type Label, type Labels } from '../core/labels.ts';
import { choice, flag, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import { namedModelsRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, ownerOf, predictorOf } from '../model-selection/model.ts';
import { largestInRow } from './largest-in-row.ts';
import { memberWeights, memberWeightsRule } from './member-weights.ts';
import { NamedEnsemble } from './named-ensemble.ts';

export interface VotingClassifierOptions<Members extends readonly NamedMember[] = readonly NamedMember[]> {
  /** Classifiers by name; each may be a whole pipeline. Must be given. */
  estimators: Members;
  /** 'hard': the label that most models say; 'soft': the label of the largest mean probability. Default 'hard'. */
  voting?: 'hard' | 'soft';
  /** How much each model's vote or probability counts, one number per model. Default null: 1 each. */
  weights?: readonly number[] | null;
  /** With soft voting, whether `transform` gives one matrix (true) or one per model. Default true. */
  flattenTransform?: boolean;
}

/** What VotingClassifier has learned. */
export interface VotingClassifierFitted {
  /** Ascending. */
  classes: readonly Label[];
  /** The fitted models, in the order of the option. */
  estimators: readonly Member[];
}

/**
 * Several classifiers that vote: hard, argmaxₖ Σₘ wₘ·[model m says k]; soft, argmaxₖ Σₘ wₘ·Pₘ(k | x) / Σₘ wₘ. Of equal
 * votes the smaller class wins.
 *
 * X: what the models take. y: one label per row. Each model is fitted on all rows, with `sampleWeight` if given.
 * `fitted`: classes, estimators; `namedEstimators` has the models by name. `transform` gives hard votes as
 * rows × models of positions in `classes`, soft ones as rows × (models · classes) of probabilities.
 *
 * Counterpart: scikit-learn's VotingClassifier. There is no 'drop': a weight of 0 leaves a model's vote out.
 * Source: Dietterich, "Ensemble Methods in Machine Learning", MCS 2000.
 *
 * @throws OptionError for soft voting with a model that knows no probabilities; ShapeError for another number of weights
 * @example
 * const vote = new VotingClassifier({ estimators: [['logistic', new LogisticRegression()], ['bayes', new GaussianNB()]], voting: 'soft' });
 * (await (await vote.fit(X, y)).predictProba(Xtest)).at(0, 1);
 */
export class VotingClassifier<const Members extends readonly NamedMember[] = readonly NamedMember[]> extends NamedEnsemble<VotingClassifierOptions<Members>, VotingClassifierFitted> {
  static override readonly rules: Rules<VotingClassifierOptions> = {
    estimators: namedModelsRule(),
    voting: choice<'hard' | 'soft'>('hard', ['hard', 'soft']),
    weights: memberWeightsRule(),
    flattenTransform: flag(true),
  };

  readonly estimatorType = 'classifier';

  async fit(X: unknown, y: Labels, options: FitOptions = {}): Promise<this> {
    const sampleWeight = this.checkTarget(X, y, options);
    memberWeights(this.owner, this.options.weights, this.members.length);
    if (this.options.voting === 'soft') this.#checkProbabilities();
    const { classes } = encodeLabels(this.owner, y);
    return this.restore({ classes, estimators: await this.fitMembers(X, y, sampleWeight) });
  }

  async predict(X: unknown): Promise<Label[]> {
    const { classes } = this.fitted;
    const votes = this.options.voting === 'soft' ? await this.predictProba(X) : await this.#countVotes(X);
    return Array.from(largestInRow(votes), (k) => classes[k]);
  }

  /** The weighted mean of the models' probabilities, rows × classes. @throws OptionError with hard voting */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    if (this.options.voting === 'hard') throw new OptionError(`${this.owner}: voting must be 'soft' for probabilities, got 'hard'.`);
    const parts = await this.#probabilities(X);
    const weights = memberWeights(this.owner, this.options.weights, parts.length);
    const total = weights.reduce((sum, w) => sum + w, 0);
    const mean = new DenseMatrix(parts[0].rows, parts[0].cols);
    parts.forEach(({ data }, m) => data.forEach((value, p) => (mean.data[p] += weights[m] * value)));
    for (let p = 0; p < mean.data.length; p++) mean.data[p] /= total;
    return mean;
  }

  /** The models' answers as columns, for another model to learn from. */
  async transform(X: unknown): Promise<DenseMatrix | DenseMatrix[]> {
    if (this.options.voting === 'hard') return stackColumns((await this.#votes(X)).map((codes) => DenseMatrix.column(codes))) as DenseMatrix;
    const parts = await this.#probabilities(X);
    return this.options.flattenTransform ? (stackColumns(parts) as DenseMatrix) : parts;
  }

  async fitTransform(X: unknown, y: Labels, options?: FitOptions): Promise<DenseMatrix | DenseMatrix[]> {
    return (await this.fit(X, y, options)).transform(X);
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  can(method: string): boolean {
    if (method === 'predictProba') return this.options.voting === 'soft';
    return method === 'predict' || method === 'transform';
  }

  #checkProbabilities(): void {
    const silent = this.members.find(([, model]) => !canPredict(model, 'predictProba'));
    if (!silent) return;
    throw new OptionError(`${this.owner}: every model must have predictProba for soft voting, ${ownerOf(predictorOf(silent[1]))} ("${silent[0]}") has none. Use voting: 'hard'.`);
  }

  #probabilities(X: unknown): Promise<DenseMatrix[]> {
    return this.askMembers(X, async (model, rows) => (await askModel(model, rows, ['predictProba'])).get('predictProba') as DenseMatrix);
  }

  /** Each model's labels as positions in `classes`. */
  #votes(X: unknown): Promise<Int32Array[]> {
    return this.askMembers(X, async (model, rows) => labelCodes(this.owner, await model.predict(rows), this.fitted.classes));
  }

  async #countVotes(X: unknown): Promise<DenseMatrix> {
    const votes = await this.#votes(X);
    const weights = memberWeights(this.owner, this.options.weights, votes.length);
    const counts = new DenseMatrix(votes[0].length, this.fitted.classes.length);
    votes.forEach((codes, m) => codes.forEach((code, i) => (counts.data[i * counts.cols + code] += weights[m])));
    return counts;
  }
}
