import { OptionError } from '../core/errors.ts';
import { compareCodePoints } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { Stage, Step } from '../pipeline/stage.ts';
import { Distribution } from './distribution.ts';

/** What may be tried for one option: some values, or a distribution to draw them from. */
export type Choices<T> = readonly T[] | Distribution<T, any>;

/**
 * Options to try, in the shape of the model: `{ classify: { C: [0.1, 1, 10] } }` for a pipeline, `{ C: [0.1, 1, 10] }`
 * for a lone estimator, `{ estimators: { bayes: { alpha: [0.1, 1] } } }` for an ensemble. A misspelt step or option does
 * not compile.
 */
export type SearchSpace<M> = M extends { readonly steps: infer Steps extends readonly Step[] }
  ? { readonly [S in Steps[number] as S[0]]?: SearchSpace<S[1]> }
  : M extends { readonly options: infer Options }
    ? { readonly [Name in keyof Options]?: Choices<Options[Name]> | NestedSpace<Options[Name]> }
    : never;

/** The space of an option that is itself a model, or a list of named models. */
type NestedSpace<T> = NonNullable<T> extends Stage
  ? SearchSpace<NonNullable<T>>
  : NonNullable<T> extends readonly Step[]
    ? { readonly [S in NonNullable<T>[number] as S[0]]?: SearchSpace<S[1]> }
    : never;

/** A space, or several that are tried one after the other. */
export type SearchSpaces<M> = SearchSpace<M> | readonly SearchSpace<M>[];

/** Changes of options, as `with` takes them: `{ classify: { C: 10 } }`. */
export type Params = Readonly<Record<string, unknown>>;

/** One option of a space. */
export interface Dimension {
  path: readonly string[];
  choices: Choices<unknown>;
}

/** Whether any option is to be drawn from a distribution. */
export function hasDistributions(spaces: readonly (readonly Dimension[])[]): boolean {
  return spaces.some((dimensions) => dimensions.some(({ choices }) => choices instanceof Distribution));
}

/**
 * The options of each space, in scikit-learn's order: by step__option with its spelling of the option.
 * @throws OptionError for an option without choices
 */
export function dimensionsOf(owner: string, spaces: object): Dimension[][] {
  const list = Array.isArray(spaces) ? (spaces as object[]) : [spaces];
  if (list.length === 0) throw new OptionError(`${owner}: searchSpace must hold at least one space, got none.`);
  return list.map((space) => {
    if (typeof space !== 'object' || space === null) throw new OptionError(`${owner}: searchSpace must be an object of options, got ${show(space)}.`);
    return collect(owner, space, []).sort((a, b) => compareCodePoints(sortKey(a), sortKey(b)));
  });
}

function collect(owner: string, space: object, path: readonly string[]): Dimension[] {
  return Object.entries(space).flatMap(([name, choices]): Dimension[] => {
    const here = [...path, name];
    if (Array.isArray(choices) || ArrayBuffer.isView(choices) || choices instanceof Distribution) {
      if ('length' in choices && choices.length === 0) throw new OptionError(`${owner}: ${here.join('.')} must have at least one value to try, got none.`);
      return [{ path: here, choices: choices as Choices<unknown> }];
    }
    if (choices === undefined) return [];
    if (typeof choices === 'object' && choices !== null) return collect(owner, choices as object, here);
    throw new OptionError(`${owner}: ${here.join('.')} must be a list of values or a distribution, got ${show(choices)}. Write [${show(choices)}] to try this one.`);
  });
}

const sortKey = ({ path }: Dimension): string =>
  [...path.slice(0, -1), path[path.length - 1].replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)].join('__');

/** The changes that stand for one value per option. */
export function paramsOf(dimensions: readonly Dimension[], values: readonly unknown[]): Params {
  const params: Record<string, unknown> = {};
  dimensions.forEach(({ path }, d) => {
    let at = params;
    for (const step of path.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at[path[path.length - 1]] = values[d];
  });
  return params;
}

/** Changes as a flat record by `step.option`, in their order: for tables. `dimensions` says how deep the steps go. */
export function flatParams(params: Params, dimensions: readonly (readonly Dimension[])[]): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const { path } of dimensions.flat()) {
    let value: unknown = params;
    for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
    if (value !== undefined) flat[path.join('.')] = value;
  }
  return flat;
}
