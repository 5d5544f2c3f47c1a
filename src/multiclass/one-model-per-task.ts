import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { encodeLabels, type EncodedLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { accuracyScore } from '../metrics/accuracy-score.ts';
import { MetaEstimator, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { canPredict, type PredictionMethod } from '../model-selection/model.ts';

export interface OneModelOptions<M extends Member = Member> {
  /** The two-class classifier, or a pipeline that ends in one. Must be given. */
  estimator: M;
}

/** What a classifier made of two-class classifiers has learned. */
export interface ManyModelsFitted {
  /** Ascending. */
  classes: readonly Label[];
  /** The fitted two-class models. */
  estimators: readonly Member[];
}

/** A classifier of many classes that is made of copies of a two-class one. */
export abstract class OneModelPerTask<Options extends OneModelOptions, Fitted extends ManyModelsFitted> extends MetaEstimator<Options, Fitted> {
  readonly estimatorType = 'classifier';

  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.options.estimator]];
  }

  /** y as codes and checked weights. @throws DataError for one class */
  protected target(X: unknown, y: Labels, { sampleWeight }: FitOptions): EncodedLabels & { sampleWeight: Float64Array | undefined } {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    checkSameRows(this.owner, { X, y });
    const encoded = encodeLabels(this.owner, y);
    if (encoded.classes.length < 2) throw new DataError(`${this.owner}: y must have at least 2 classes, got only ${encoded.classes.map(show).join(', ')}.`);
    return { ...encoded, sampleWeight: checkSampleWeight(this.owner, sampleWeight, y.length) };
  }

  /** A copy of the estimator, fitted on 0 and 1. */
  protected async fitCopy(X: unknown, y: Int32Array | Float64Array, sampleWeight: Float64Array | undefined): Promise<Member> {
    const copy = this.options.estimator.clone() as Member;
    await copy.fit(X, Array.from(y), sampleWeight && { sampleWeight });
    return copy;
  }

  abstract fit(X: unknown, y: Labels, options?: FitOptions): Promise<this>;
  abstract predict(X: unknown): Promise<Label[]>;

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    return accuracyScore(y, await this.predict(X), { sampleWeight });
  }

  can(method: string): boolean {
    if (method === 'predict') return true;
    return typeof (this as unknown as Record<string, unknown>)[method] === 'function' && canPredict(this.options.estimator, method as PredictionMethod);
  }
}
