import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { labelCodes, type Label, type Labels } from '../core/labels.ts';
import { hoistFor } from '../core/hoisting.ts';
import { choice, custom, flag, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { checkCv, iterateSplits, type Cv } from '../model-selection/check-cv.ts';
import { crossValPredict } from '../model-selection/cross-val-predict.ts';
import { modelOrNullRule, namedModelsRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, ownerOf, predictorOf, type PredictionMethod } from '../model-selection/model.ts';
import { HoistedParts } from '../pipeline/hoisted-parts.ts';
import { NamedEnsemble } from './named-ensemble.ts';

/** What the first layer is asked; 'auto' is the first of predictProba, decisionFunction and predict that a model has. */
export type StackMethod = 'auto' | 'predictProba' | 'decisionFunction' | 'predict';

export interface StackingOptions<Members extends readonly NamedMember[] = readonly NamedMember[], Final extends Member | null = Member | null> {
  /** The first layer: models by name; each may be a whole pipeline. Must be given. */
  estimators: Members;
  /** The model that learns from the first layer's answers. Default null: see the class. */
  finalEstimator?: Final;
  /**
   * Folds of the answers that the final model learns from: a splitter, ready splits or a number of unshuffled folds
   * (stratified for classes). 'prefit' takes the models as fitted already. Default 5.
   */
  cv?: Cv | 'prefit';
  /** Whether X stands beside the answers; X must then be a matrix. Default false. */
  passthrough?: boolean;
}

/** What a stacking ensemble has learned. */
export interface StackingFitted {
  /** The first layer, fitted on all rows, in the order of the option. */
  estimators: readonly Member[];
  finalEstimator: Member;
  /** What each model of the first layer is asked. */
  stackMethod: readonly PredictionMethod[];
}

export const stackingRules: Rules<StackingOptions> = {
  estimators: namedModelsRule(),
  finalEstimator: modelOrNullRule('a model with fit, predict, clone and with'),
  cv: custom<Cv | 'prefit'>(
    5,
    "a number of folds of at least 2, a splitter, a list of { train, test } or 'prefit'",
    (v) => v === 'prefit' || (Number.isInteger(v) && (v as number) >= 2) || (typeof v === 'object' && v !== null),
    1,
  ),
  passthrough: flag(false),
};

export const stackMethodRule = choice<StackMethod>('auto', ['auto', 'predictProba', 'decisionFunction', 'predict']);

/**
 * Two layers: models answer, out of fold while fitting, and a final model learns from their answers. What the
 * classifier and the regressor share.
 */
export abstract class Stacking<Options extends StackingOptions, Fitted extends StackingFitted> extends NamedEnsemble<Options, Fitted> {
  /** The final model where none is given. */
  protected abstract defaultFinal(): Member;

  /** X as the first layer and, with passthrough, the final model take it. */
  override hoist(X: unknown, done: unknown[] = []): unknown {
    if (!this.options.passthrough) return super.hoist(X, done);
    for (const [, model] of this.members) {
      if (hoistFor(model, X, done) !== X) throw new OptionError(`${this.owner}: passthrough must be false where the models take texts, got true. Put a vectorizer before the ensemble.`);
    }
    return X;
  }

  /** Fits both layers. @param classes ascending; null for a regressor */
  protected async fitLayers(X: unknown, y: Labels, classes: readonly Label[] | null, options: FitOptions, stackMethod: StackMethod): Promise<StackingFitted> {
    const sampleWeight = this.checkTarget(X, y, options);
    const { cv } = this.options;
    const methods = this.members.map(([name, model]) => this.#methodOf(name, model, stackMethod));
    const estimators = cv === 'prefit' ? this.#prefit() : await this.fitMembers(X, y, sampleWeight);
    const answers: (Matrix | Matrix[])[] = [];
    // The same folds for every model.
    const splits = cv === 'prefit' ? null : [...iterateSplits(checkCv(this.owner, cv as Cv, y, classes !== null), X, y, undefined)];
    for (const [m, [, model]] of this.members.entries()) {
      const rows = this.rowsFor(X, m);
      const answer = await this.inMember(m, async () =>
        splits === null
          ? (await askModel(estimators[m], rows, [methods[m]])).get(methods[m])
          : crossValPredict(model.clone() as Member, rows as never, y, { cv: splits, method: methods[m], sampleWeight }),
      );
      answers.push(this.#columns(answer, methods[m], classes));
    }
    const finalEstimator = (this.options.finalEstimator ?? this.defaultFinal()).clone() as Member;
    await finalEstimator.fit(this.#beside(answers as Matrix[], X), y, sampleWeight && { sampleWeight });
    return { estimators, finalEstimator, stackMethod: methods };
  }

  /** The first layer's answers as columns (and X beside them with passthrough), as the final model takes them. */
  async transform(X: unknown): Promise<Matrix> {
    const { stackMethod } = this.fitted;
    const { classes = null } = this.fitted as { classes?: readonly Label[] };
    const answers = await this.askMembers(X, async (model, rows, m) => {
      const answer = (await askModel(model, rows, [stackMethod[m]])).get(stackMethod[m]);
      return this.#columns(answer, stackMethod[m], classes);
    });
    return this.#beside(answers, X);
  }

  async fitTransform(X: unknown, y: Labels, options?: FitOptions): Promise<Matrix> {
    await (this as unknown as Member).fit(X, y, options);
    return this.transform(X);
  }

  /** What the final model answers. */
  protected async askFinal(method: PredictionMethod, X: unknown): Promise<unknown> {
    const { finalEstimator } = this.fitted;
    if (!canPredict(finalEstimator, method)) {
      throw new OptionError(`${this.owner}: the final model must have ${method}, ${ownerOf(predictorOf(finalEstimator))} has none. Use another finalEstimator.`);
    }
    return (await askModel(finalEstimator, await this.transform(X), [method])).get(method);
  }

  can(method: string): boolean {
    return method === 'predict' || method === 'transform' || canPredict(this.options.finalEstimator ?? this.defaultFinal(), method as PredictionMethod);
  }

  #methodOf(name: string, model: Member, stackMethod: StackMethod): PredictionMethod {
    const asked: readonly PredictionMethod[] = stackMethod === 'auto' ? ['predictProba', 'decisionFunction', 'predict'] : [stackMethod];
    const method = asked.find((one) => canPredict(model, one));
    if (method) return method;
    throw new OptionError(`${this.owner}: "${name}" must have ${asked.join(' or ')}, ${ownerOf(predictorOf(model))} has none. Use stackMethod: 'auto'.`);
  }

  #prefit(): Member[] {
    const unfitted = this.members.find(([, model]) => !model.isFitted);
    if (unfitted) throw new DataError(`${this.owner}: every model must be fitted with cv 'prefit', "${unfitted[0]}" is not. Fit it first, or give a number of folds.`);
    return this.members.map(([, model]) => model);
  }

  /** An answer as a matrix: labels by their position, of two probabilities the second. */
  #columns(answer: unknown, method: PredictionMethod, classes: readonly Label[] | null): DenseMatrix {
    if (answer instanceof DenseMatrix) return method === 'predictProba' && answer.cols === 2 ? DenseMatrix.column(answer.col(1)) : answer;
    if (method === 'predict' && classes !== null) return DenseMatrix.column(labelCodes(this.owner, answer as Labels, classes));
    return DenseMatrix.column(answer as ArrayLike<number>);
  }

  #beside(answers: readonly Matrix[], X: unknown): Matrix {
    if (!this.options.passthrough) return stackColumns(answers);
    if (X instanceof HoistedParts || (Array.isArray(X) && typeof X[0] === 'string')) {
      throw new ShapeError(`${this.owner}: X must be a matrix with passthrough, got ${show(X)}. Put a vectorizer before the ensemble.`);
    }
    return stackColumns([...answers, asMatrix(this.owner, X as MatrixLike, { minRows: 0 })]);
  }
}
