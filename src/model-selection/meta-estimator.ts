import { OptionError } from '../core/errors.ts';
import { Estimator, type Takes } from '../core/estimator.ts';
import { hoistFor } from '../core/hoisting.ts';
import { nameError } from '../core/name-error.ts';
import { custom, type Rule } from '../core/rules.ts';
import { HoistedParts } from '../pipeline/hoisted-parts.ts';
import { changeSteps, checkSteps } from '../pipeline/named-stages.ts';
import type { ChangesOf, Stage, Step, StepChanges } from '../pipeline/stage.ts';
import type { Model } from './model.ts';

/** A model that can stand within another one: an estimator or a pipeline that predicts. */
export type Member = Model & Stage;

/** A member with its name. */
export type NamedMember = readonly [name: string, model: Member];

/** Changes of options; those of a model among them may be given as changes of its own options. */
export type NestedChanges<Options> = { readonly [Name in keyof Options]?: Options[Name] | ChangesWithin<NonNullable<Options[Name]>> };

type ChangesWithin<T> = T extends Stage ? ChangesOf<T> : T extends readonly Step[] ? StepChanges<T> : never;

/** Changes of options with those of a model among them made: what `with` of an estimator that holds models stands on. */
export function nestedChanges<Options extends object>(owner: string, options: Options, changes: NestedChanges<Options>): Partial<Options> {
  const merged = Object.entries(changes).map(([name, change]) => [name, changed(owner, (options as Record<string, unknown>)[name], change)]);
  return Object.fromEntries(merged) as Partial<Options>;
}

function changed(owner: string, current: unknown, change: unknown): unknown {
  const isRecord = typeof change === 'object' && change !== null && Object.getPrototypeOf(change) === Object.prototype;
  if (!isRecord || isModel(change)) return change;
  if (isModel(current)) return current.with(change);
  const isList = Array.isArray(current) && current.every((one) => Array.isArray(one) && isModel(one[1]));
  return isList ? changeSteps(owner, current as readonly Step[], change as Record<string, unknown>) : change;
}

const METHODS = ['fit', 'predict', 'clone', 'with'];

/** Whether a value is a model, of one's own too. */
export const isModel = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && METHODS.every((method) => typeof (value as Record<string, unknown>)[method] === 'function');

/** The rule of an option that holds a model. Without a default it must be given, which MetaEstimator checks. */
export const modelRule = <T = Member>(expected = 'a model with fit, predict, clone and with'): Rule<T> => custom<T>(undefined as never, expected, isModel, 0);

/** The rule of an option that holds a model or nothing. */
export const modelOrNullRule = (expected: string): Rule<Member | null> => custom<Member | null>(null, `${expected}, or null`, (v) => v === null || isModel(v), 0);

/** The rule of an option that holds models by name; it must be given. */
export const namedModelsRule = <T extends readonly NamedMember[]>(): Rule<T> =>
  custom<T>(undefined as never, 'a list of [name, model] with at least one model', (v) => Array.isArray(v) && v.length > 0, []);

/**
 * An estimator around other models, which are among its options and stay unfitted.
 *
 * - `with` and search spaces reach into them: `{ estimator: { C: 10 } }`, `{ estimators: { forest: { maxDepth: 3 } } }`.
 * - Their stateless work (tokenising) is done before the folds, each member's own.
 * - Their errors get their name in front.
 */
export abstract class MetaEstimator<Options extends object, Fitted extends object> extends Estimator<Options, Fitted> {
  /** @throws OptionError without a model, or for names that are missing, double or dotted */
  constructor(options: Options) {
    super(options);
    const { estimator, estimators } = this.options as { estimator?: unknown; estimators?: readonly NamedMember[] };
    const { rules } = this.constructor as unknown as { rules: Record<string, Rule> };
    for (const [name, value] of Object.entries({ estimator, estimators })) {
      if (name in rules && value === undefined) throw new OptionError(`${this.owner}: ${name} must be ${rules[name].expected}, got undefined.`);
    }
    if (estimators !== undefined) {
      checkSteps(this.owner, estimators);
      const notModel = estimators.find(([, model]) => !isModel(model));
      if (notModel) throw new OptionError(`${this.owner}: "${notModel[0]}" must be a model with predict, ${notModel[1].constructor.name} has none.`);
    }
  }

  /** The models that X goes to, in order, with the names that their errors get. */
  protected abstract get members(): readonly NamedMember[];

  override get takes(): Takes {
    return this.members[0][1].takes ?? 'matrix';
  }

  override with(changes: NestedChanges<Options>): this {
    return super.with(nestedChanges(this.owner, this.options, changes));
  }

  /** X after the members' stateless work; accepted, whole or by rows, wherever X is. */
  hoist(X: unknown, done: unknown[] = []): unknown {
    const parts = this.members.map(([, model]) => hoistFor(model, X, done));
    if (parts.length === 1) return parts[0];
    return parts.every((part) => part === X) ? X : new HoistedParts(parts);
  }

  /** X as one member takes it. */
  protected rowsFor(X: unknown, member: number): unknown {
    return X instanceof HoistedParts && this.members.length > 1 ? X.parts[member] : X;
  }

  /** Does a member's work; its errors name it. */
  protected async inMember<T>(member: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.members.length === 1 ? error : nameError(`${this.owner}: "${this.members[member][0]}"`, error);
    }
  }
}
