import { OptionError } from '../core/errors.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import { custom, flag, optional, type Rule, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { isMatrix } from '../matrix/matrix.ts';

export interface FunctionTransformerOptions<In = any, Out = In> {
  /** What transform does; may return a promise; must not write into X. Default null: X as it is. */
  func?: ((X: In) => Out | Promise<Out>) | null;
  /** What inverseTransform does. Default null: X as it is. */
  inverseFunc?: ((X: Out) => In | Promise<In>) | null;
  /** Whether fit tries on about 100 rows that inverseFunc undoes func. Default true. */
  checkInverse?: boolean;
  /**
   * Names of the columns that func returns: 'one-to-one' keeps the names of X, a function gets them and
   * returns the new ones. Default null: unknown.
   */
  featureNamesOut?: 'one-to-one' | ((inputNames: readonly string[]) => readonly string[]) | null;
}

/** What FunctionTransformer has learned. */
export interface FunctionTransformerFitted {
  /** Columns of X in fit; null when X was no matrix. */
  nFeaturesIn: number | null;
  /** Whether inverseFunc undid func on the rows tried; null when that was not checked. */
  inverseHolds: boolean | null;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';
const functionRule = (): Rule => optional(custom<unknown>(null, 'a function', isFunction));

/**
 * Any function as a stage: texts to texts, a Table to a Matrix, a Matrix to a Matrix. The function's types
 * become the stage's, so that the pipeline's compiler check covers it.
 *
 * Each row should be treated by itself: what the function learns from the rows it is given would leak
 * from the rows that are to be predicted.
 *
 * `fitted`: nFeaturesIn, inverseHolds.
 *
 * Counterpart: scikit-learn's FunctionTransformer. There is no `validate`, `accept_sparse` or `kw_args`: the
 * function gets what it declares, and a closure carries its arguments. Where scikit-learn warns that the two
 * functions are not inverse, `fitted.inverseHolds` is false. Values count as equal within 1e-9 + 1e-7·|x|.
 *
 * @example
 * const clean = new FunctionTransformer({ func: (texts: string[]) => texts.map((t) => t.trim()) });
 * await clean.fitTransform([' a ']); // ['a']
 */
export class FunctionTransformer<In = any, Out = In> extends Transformer<
  FunctionTransformerOptions<In, Out>,
  FunctionTransformerFitted,
  In,
  Out
> {
  static override readonly rules: Rules<FunctionTransformerOptions> = {
    func: functionRule(),
    inverseFunc: functionRule(),
    checkInverse: flag(true),
    featureNamesOut: custom<unknown>(null, "'one-to-one', a function or null", (v) => v === null || v === 'one-to-one' || isFunction(v)),
  };

  /** Learns nothing but the number of columns. */
  async fit(X: In): Promise<this> {
    const { func, inverseFunc, checkInverse } = this.options;
    const inverseHolds = func && inverseFunc && checkInverse ? await undoes(func, inverseFunc, X) : null;
    return this.restore({ nFeaturesIn: isMatrix(X) ? X.cols : null, inverseHolds });
  }

  async transform(X: In): Promise<Out> {
    void this.fitted;
    const { func } = this.options;
    return func ? func(X) : (X as unknown as Out);
  }

  async inverseTransform(X: Out): Promise<In> {
    void this.fitted;
    const { inverseFunc } = this.options;
    return inverseFunc ? inverseFunc(X) : (X as unknown as In);
  }

  /** @throws OptionError when X is a matrix and the option featureNamesOut was left out. */
  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { nFeaturesIn } = this.fitted;
    const { featureNamesOut } = this.options;
    const names = inputNames ?? Array.from({ length: nFeaturesIn ?? 0 }, (_, j) => `x${j}`);
    if (typeof featureNamesOut === 'function') return [...featureNamesOut(names)];
    if (featureNamesOut === null && nFeaturesIn !== null) {
      throw new OptionError(
        `${this.owner}: the columns that func returns have no names, featureNamesOut is ${show(featureNamesOut)}. ` +
          "Use 'one-to-one' or a function.",
      );
    }
    return [...names];
  }
}

/** Whether inverseFunc(func(x)) is x, on every ⌊rows / 100⌋-th row as scikit-learn tries it; null for X of other kinds. */
async function undoes<In, Out>(
  func: (X: In) => Out | Promise<Out>,
  inverseFunc: (X: Out) => In | Promise<In>,
  X: In,
): Promise<boolean | null> {
  if (!isMatrix(X) && !Array.isArray(X) && !ArrayBuffer.isView(X)) return null;
  const rows = rowCount(X);
  const step = Math.max(1, Math.floor(rows / 100));
  const some = takeRows(X, Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step));
  const before = flatten(some);
  const after = flatten(await inverseFunc(await func(some)));
  return before.length === after.length && before.every((value, i) => same(value, after[i]));
}

function flatten(X: unknown): unknown[] {
  if (isMatrix(X)) return Array.from(X.toDense().data);
  if (ArrayBuffer.isView(X)) return Array.from(X as unknown as ArrayLike<number>);
  return Array.isArray(X) ? X.flatMap(flatten) : [X];
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  return typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 + 1e-7 * Math.abs(b);
}
