import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { MetaEstimator, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';

/** An ensemble of named models, each fitted on all rows. */
export abstract class NamedEnsemble<Options extends { estimators: readonly NamedMember[] }, Fitted extends { estimators: readonly Member[] }> extends MetaEstimator<Options, Fitted> {
  protected override get members(): Options['estimators'] {
    return this.options.estimators as Options['estimators'];
  }

  /** The fitted models by name. @throws NotFittedError before fit. */
  get namedEstimators(): { readonly [M in Options['estimators'][number] as M[0]]: M[1] } {
    return Object.fromEntries(this.members.map(([name], m) => [name, this.fitted.estimators[m]])) as never;
  }

  /** Checks y and weights. @returns the weights */
  protected checkTarget(X: unknown, y: ArrayLike<unknown>, { sampleWeight }: FitOptions): Float64Array | undefined {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label or number per row.`);
    checkSameRows(this.owner, { X, y });
    return checkSampleWeight(this.owner, sampleWeight, y.length);
  }

  /** Copies of the models, each fitted on all rows. */
  protected async fitMembers(X: unknown, y: ArrayLike<unknown>, sampleWeight: Float64Array | undefined): Promise<Member[]> {
    const fitted: Member[] = [];
    for (const [m, [, model]] of this.members.entries()) {
      const copy = model.clone() as Member;
      await this.inMember(m, () => copy.fit(this.rowsFor(X, m), y, sampleWeight && { sampleWeight }));
      fitted.push(copy);
    }
    return fitted;
  }

  /** What every fitted model answers, in their order. */
  protected async askMembers<T>(X: unknown, ask: (model: Member, X: unknown, member: number) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (const [m, model] of this.fitted.estimators.entries()) answers.push(await this.inMember(m, () => ask(model, this.rowsFor(X, m), m)));
    return answers;
  }
}
