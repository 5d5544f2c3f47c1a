import type { FitOptions } from '../core/fit-options.ts';
import { nameError } from '../core/name-error.ts';
import { rowCount } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { MetaEstimator, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';

export interface MultiOutputOptions<M extends Member = Member> {
  /** The model of one target, or a pipeline that ends in one. Must be given. */
  estimator: M;
}

export interface MultiOutputFitted {
  /** One fitted model per column of Y. */
  estimators: readonly Member[];
}

/** One copy of a model per column of Y, each by itself. */
export abstract class MultiOutput<Options extends MultiOutputOptions, Fitted extends MultiOutputFitted> extends MetaEstimator<Options, Fitted> {
  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.options.estimator]];
  }

  protected async fitColumns(X: unknown, columns: readonly ArrayLike<unknown>[], options: FitOptions): Promise<Member[]> {
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, rowCount(X));
    const estimators: Member[] = [];
    for (const [j, column] of columns.entries()) {
      const copy = this.options.estimator.clone() as Member;
      try {
        await copy.fit(X, column, sampleWeight && { sampleWeight });
      } catch (error) {
        throw nameError(`${this.owner}: column ${j} of Y`, error);
      }
      estimators.push(copy);
    }
    return estimators;
  }
}
