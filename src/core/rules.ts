import { OptionError } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import { show } from './show.ts';

/**
 * What one option may be. A table of rules is the single source for an estimator's defaults,
 * for the check of what a user passes, for the error message, and for a failing value that the
 * common checks feed it.
 */
export interface Rule<T = unknown> {
  /** Used when the option is left out or undefined. */
  readonly default: T;
  /** Completes "must be …" in the error message. */
  readonly expected: string;
  /** Whether a value keeps the rule. */
  readonly accepts: (value: unknown) => boolean;
  /** A value that breaks the rule. */
  readonly counterexample: unknown;
}

/** One rule per option of `O`. */
export type Rules<O> = { readonly [K in keyof O]-?: Rule<any> };

interface Bounds {
  min?: number;
  max?: number;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

function intervalText({ min = -Infinity, max = Infinity }: Bounds, openMin: boolean, openMax: boolean): string {
  const left = min === -Infinity ? '(-∞' : `${openMin ? '(' : '['}${min}`;
  const right = max === Infinity ? '∞)' : `${max}${openMax ? ')' : ']'}`;
  return `${left}, ${right}`;
}

/** A number in (0, ∞), or up to `max`. Infinity is accepted only with `{ infinite: true }`. */
export function positive(defaultValue: number, { max = Infinity, infinite = false } = {}): Rule<number> {
  return {
    default: defaultValue,
    expected: `a number in ${infinite ? '(0, ∞]' : intervalText({ min: 0, max }, true, false)}`,
    accepts: (v) => isNumber(v) && v > 0 && v <= max && (infinite || v < Infinity),
    counterexample: -1,
  };
}

/** A finite number between `min` and `max`, both included unless `openMin`/`openMax` says otherwise. */
export function number(
  defaultValue: number,
  { min = -Infinity, max = Infinity, openMin = false, openMax = false }: Bounds & { openMin?: boolean; openMax?: boolean } = {},
): Rule<number> {
  return {
    default: defaultValue,
    expected: `a number in ${intervalText({ min, max }, openMin, openMax)}`,
    accepts: (v) =>
      isNumber(v) && Number.isFinite(v) && (openMin ? v > min : v >= min) && (openMax ? v < max : v <= max),
    counterexample: Number.isFinite(min) ? min - 1 : Number.NaN,
  };
}

/** A whole number between `min` and `max`, both included. */
export function integer(defaultValue: number, { min = -Infinity, max = Infinity }: Bounds = {}): Rule<number> {
  return {
    default: defaultValue,
    expected: `a whole number in ${intervalText({ min, max }, false, false)}`,
    accepts: (v) => Number.isInteger(v) && (v as number) >= min && (v as number) <= max,
    counterexample: 0.5,
  };
}

/** true or false. */
export function flag(defaultValue: boolean): Rule<boolean> {
  return {
    default: defaultValue,
    expected: 'true or false',
    accepts: (v) => typeof v === 'boolean',
    counterexample: 'yes',
  };
}

/** One of a fixed list of values. */
export function choice<const V extends string | number | boolean | null>(
  defaultValue: V,
  values: readonly V[],
): Rule<V> {
  return {
    default: defaultValue,
    expected: `one of ${values.map(show).join(', ')}`,
    accepts: (v) => values.includes(v as V),
    counterexample: 'no such choice',
  };
}

/** Any value that `accepts` takes; for everything the other rules cannot say. */
export function custom<T>(
  defaultValue: T,
  expected: string,
  accepts: (value: unknown) => boolean,
  counterexample: unknown = Symbol.for('refit.counterexample'),
): Rule<T> {
  return { default: defaultValue, expected, accepts, counterexample };
}

/** null, or whatever the inner rule takes; the default is null unless given. */
export function optional<T>(rule: Rule<T>, defaultValue: T | null = null): Rule<T | null> {
  return {
    default: defaultValue,
    expected: `${rule.expected}, or null`,
    accepts: (v) => v === null || rule.accepts(v),
    counterexample: rule.counterexample,
  };
}

/** Whatever one of the rules takes; the default is the first rule's unless given. */
export function either<T>(rules: readonly Rule<any>[], defaultValue: T): Rule<T> {
  return {
    default: defaultValue,
    expected: rules.map((r) => r.expected).join(', or '),
    accepts: (v) => rules.some((r) => r.accepts(v)),
    counterexample: Symbol.for('refit.counterexample'),
  };
}

/** The `randomState` option: a seed, or null for the fixed default seed 0 (results never depend on the clock). */
export const seed = (): Rule<number | null> => optional(integer(0, { min: 0, max: 2 ** 32 - 1 }));

/**
 * Completes and freezes options: defaults for what is missing, an OptionError for a name the table
 * lacks or a value that breaks its rule.
 */
export function completeOptions<O extends object>(owner: string, given: object, rules: Rules<O>): Readonly<Required<O>> {
  const names = Object.keys(rules);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new OptionError(`${owner}: options must be an object, got ${show(given)}.`);
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(rules, name)) continue;
    const near = nearestName(name, names);
    throw new OptionError(
      `${owner}: there is no option ${name}.${near ? ` Did you mean ${near}?` : ''} ` +
        (names.length > 0 ? `Options are ${names.join(', ')}.` : 'It takes no options.'),
    );
  }
  const complete: Record<string, unknown> = {};
  for (const name of names) {
    const rule: Rule = rules[name as keyof O];
    const value = (given as Record<string, unknown>)[name];
    if (value !== undefined && !rule.accepts(value)) {
      throw new OptionError(`${owner}: ${name} must be ${rule.expected}, got ${show(value)}.`);
    }
    complete[name] = value === undefined ? rule.default : value;
  }
  return Object.freeze(complete) as Readonly<Required<O>>;
}
