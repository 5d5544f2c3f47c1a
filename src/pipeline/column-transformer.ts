import { DataError, OptionError, RefitError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { nearestName } from '../core/nearest-name.ts';
import { custom, flag, number, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import type { ColumnKind } from '../table/column-data.ts';
import { chooseColumns, isColumnSelector, type ColumnSelector } from '../table/columns.ts';
import type { Table, TableLike } from '../table/table.ts';
import { asTable, columnsFor, columnsOfFit, kindsOf, partMatrix } from './column-parts.ts';
import { checkSteps } from './named-stages.ts';
import { restoreStage } from './restore-stage.ts';
import type { ChangesOf, Stage, Step } from './stage.ts';

/** A stage that can be a part: it transforms, and names what it returns. */
export interface PartStage extends Stage {
  transform(X: any): Promise<unknown>;
  fitTransform(X: any, y?: any, options?: FitOptions): Promise<unknown>;
  featureNamesOut(inputNames?: readonly string[]): string[];
}

/** What becomes of columns that need no stage. */
export type Plain = 'drop' | 'passthrough';

/** A name, what is done, and to which columns. */
export type Part = readonly [name: string, stage: PartStage | Plain, columns: ColumnSelector];

export interface ColumnTransformerSettings {
  /** What becomes of the columns that no part chose: 'drop', 'passthrough' (numbers and booleans only), or a stage. Default 'drop'. */
  remainder?: PartStage | Plain;
  /** The result is sparse if a part is and less than this share of all values is not zero. 0 for dense, 1 for sparse. Default 0.3. */
  sparseThreshold?: number;
  /** Whether names of the result are `part__column`; else `column`, which must then be distinct. Default true. */
  verboseFeatureNamesOut?: boolean;
}

export interface ColumnTransformerOptions<Parts extends readonly Part[] = readonly Part[]> extends ColumnTransformerSettings {
  /** The parts, in the order of their columns in the result. */
  transformers: Parts;
}

/** What a ColumnTransformer has learned. */
export interface ColumnTransformerFitted {
  /** Columns of X in fit. */
  featureNamesIn: readonly string[];
  /** What the columns that are used must hold; 'empty' for one that had no value. */
  kinds: Readonly<Record<string, ColumnKind | 'empty'>>;
  /** The columns each part chose. */
  columns: Readonly<Record<string, readonly string[]>>;
  /** How many columns each part returned. */
  outputs: Readonly<Record<string, number>>;
  /** Whether the result is sparse. */
  sparse: boolean;
  /** What each part's stage has learned. */
  parts: Readonly<Record<string, object>>;
  /** What the parts say of their work, one sentence each. */
  notes: readonly string[];
}

type NamedParts<Parts extends readonly Part[]> = { readonly [P in Parts[number] as P[0]]: P[1] };

/** Changes of the stages' options by part, and of the transformer's own settings; a remainder that is a stage is changed like a part. */
export type PartChanges<Parts extends readonly Part[]> = {
  readonly [P in Parts[number] as P[0]]?: P[1] extends Plain ? never : ChangesOf<P[1]>;
} & Omit<ColumnTransformerSettings, 'remainder'> & { readonly remainder?: PartStage | Plain | object };

const isStage = (value: unknown): value is PartStage => typeof (value as Partial<PartStage> | null)?.fit === 'function';
const isPlain = (value: unknown): value is Plain => value === 'drop' || value === 'passthrough';

/**
 * Different work for different columns of a Table, the results side by side.
 *
 * Each part is a name, a stage, and a choice of columns: names, or what `columns` makes, such as
 * `columns.numeric`. The choice is made in fit and remembered by name: later tables may have their columns
 * in another order, and columns besides, but must have those that were used, holding the same kind of values.
 *
 * **What a stage gets** is what it `takes` (core/estimator.ts); of a nested pipeline the first stage counts.
 * - 'matrix' (scalers, imputers of numbers, binning): a DenseMatrix, NaN where a value is missing, booleans as 0 and 1;
 * - 'table' (encoders, date features): a Table of the chosen columns, null where a value is missing;
 * - 'any' (SimpleImputer): a DenseMatrix if all chosen columns are numbers or booleans, else a Table;
 * - 'texts' (vectorizers): an array of strings, one column only, '' where a text is missing.
 *
 * **What it must return** is a Matrix, or a Table of numbers. Parts that chose no column are left out. The result
 * is sparse if a part is and fewer than `sparseThreshold` of all values are not zero, as fit found it.
 *
 * `fitted`: featureNamesIn, kinds, columns, outputs, sparse, parts (what each stage has learned), notes.
 *
 * Counterpart: scikit-learn's ColumnTransformer. It copies its stages before it fits them; here, as in a Pipeline,
 * they are fitted in place and `namedSteps` shows them. Columns are chosen by name or selector, not by position; a
 * Matrix, and rows of values, count as a table of columns x0, x1, …. There are no `transformer_weights`.
 *
 * @example
 * new ColumnTransformer([
 *   ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), columns.numeric],
 *   ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), columns.categorical],
 * ]);
 */
export class ColumnTransformer<const Parts extends readonly Part[] = readonly Part[]> extends Transformer<
  ColumnTransformerOptions<Parts>,
  ColumnTransformerFitted,
  TableLike | Matrix,
  Matrix
> {
  static override readonly takes: Takes = 'table';

  static override readonly rules: Rules<ColumnTransformerOptions> = {
    transformers: custom<unknown>(null, 'a list of at least one [name, stage, columns]', (v) => Array.isArray(v) && v.length > 0, []),
    remainder: custom<Plain>('drop', "'drop', 'passthrough' or a transformer", (v) => isPlain(v) || isStage(v)),
    sparseThreshold: number(0.3, { min: 0, max: 1 }),
    verboseFeatureNamesOut: flag(true),
  };

  /**
   * @param transformers the parts; or all options in one object
   * @throws OptionError for names that are missing, double, dotted or an option's, and for parts that cannot work.
   */
  constructor(transformers: Parts | ColumnTransformerOptions<Parts>, settings: ColumnTransformerSettings = {}) {
    super(isParts(transformers) ? { transformers, ...settings } : (transformers as ColumnTransformerOptions<Parts>));
    checkParts(this.options.transformers, Object.keys(ColumnTransformer.rules));
  }

  /** Parts by name, typed: `transformer.namedSteps.words.fitted.categories`; the remainder too. */
  get namedSteps(): NamedParts<Parts> & { readonly remainder: PartStage | Plain } {
    return Object.fromEntries(this.#works()) as never;
  }

  /** Puts a learned record in place, that of every stage too. */
  override restore(fitted: ColumnTransformerFitted): this {
    for (const [name, stage] of this.#stages()) {
      if (Object.hasOwn(fitted.parts, name) && !(stage.isFitted && stage.fitted === fitted.parts[name])) restoreStage(stage, fitted.parts[name]);
    }
    return super.restore(fitted);
  }

  /** An unfitted copy with some options changed: `transformer.with({ words: { minFrequency: 10 } })`. @throws OptionError for a name no part has. */
  override with(changes: Partial<ColumnTransformerOptions<Parts>>): this;
  override with(changes: PartChanges<Parts>): this;
  override with(changes: object): this {
    const { transformers = this.options.transformers, ...given } = changes as Readonly<Record<string, unknown>> & { transformers?: Parts };
    const { transformers: _, remainder, ...settings } = this.options;
    const names = [...this.#stages().map(([name]) => name), ...Object.keys(settings)];
    for (const name of Object.keys(given)) {
      if (names.includes(name) || name === 'remainder') continue;
      const near = nearestName(name, names);
      throw new OptionError(`${this.owner}: there is no part ${name} with a stage.${near ? ` Did you mean ${near}?` : ''} There are ${showList(names)}.`);
    }
    const changed = (name: string, stage: PartStage | Plain): PartStage | Plain => {
      const change = given[name];
      if (isPlain(change) || isStage(change)) return change;
      if (isPlain(stage)) return stage;
      return (change === undefined ? stage.clone() : stage.with(change)) as PartStage;
    };
    const kept = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, given[name] ?? value]));
    const parts = transformers.map(([name, stage, selector]) => [name, changed(name, stage), selector] as const);
    const Class = this.constructor as new (parts: readonly Part[], settings: ColumnTransformerSettings) => this;
    return new Class(parts, { ...kept, remainder: changed('remainder', remainder) });
  }

  /** Chooses the columns and fits every part. @throws DataError naming part and column. @returns this */
  async fit(X: TableLike | Matrix, y?: ArrayLike<unknown>, options?: FitOptions): Promise<this> {
    await this.fitTransform(X, y, options);
    return this;
  }

  override async fitTransform(X: TableLike | Matrix, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Matrix> {
    const table = asTable(this.owner, X);
    const columns = this.#choose(table);
    const parts: [string, Matrix][] = [];
    for (const [name, stage] of this.#works()) {
      if (columns[name].length === 0 || stage === 'drop') continue;
      parts.push([name, await inPart(name, columns[name], stage, (owner) => this.#run(owner, stage, table, columns[name], (one, part) => one.fitTransform(part, y, options)))]);
    }
    if (parts.length === 0) {
      throw new DataError(`ColumnTransformer: at least one column must be chosen, got none of ${showList(table.names)}. Look at table.describe() for what the columns hold.`);
    }
    const fittedStages = this.#stages().filter(([name]) => columns[name].length > 0);
    const used = parts.flatMap(([name]) => columns[name]);
    this.restore({
      featureNamesIn: table.names,
      kinds: kindsOf(table, used),
      columns,
      outputs: Object.fromEntries(parts.map(([name, matrix]) => [name, matrix.cols])),
      sparse: isSparse(parts.map(([, matrix]) => matrix), this.options.sparseThreshold),
      parts: Object.fromEntries(fittedStages.map(([name, stage]) => [name, stage.fitted])),
      notes: fittedStages.flatMap(([name, stage]) => notesOf(name, stage, columns[name])),
    });
    return this.#stack(parts.map(([, matrix]) => matrix));
  }

  /** @throws DataError for a table that lacks a column of fit, or has one of another kind. */
  async transform(X: TableLike | Matrix): Promise<Matrix> {
    const { columns, kinds, featureNamesIn } = this.fitted;
    const table = columnsOfFit(this.owner, asTable(this.owner, X, featureNamesIn), kinds);
    const parts: Matrix[] = [];
    for (const [name, stage] of this.#works()) {
      if (columns[name].length === 0 || stage === 'drop') continue;
      parts.push(await inPart(name, columns[name], stage, (owner) => this.#run(owner, stage, table, columns[name], (one, part) => one.transform(part))));
    }
    return this.#stack(parts);
  }

  /** `part__column` for every column of the result, in its order. @throws OptionError for equal names without the parts'. */
  override featureNamesOut(): string[] {
    const { columns } = this.fitted;
    const { verboseFeatureNamesOut } = this.options;
    const names = this.#works().flatMap(([part, stage]) => {
      if (columns[part].length === 0 || stage === 'drop') return [];
      const out = isStage(stage) ? stage.featureNamesOut(columns[part]) : columns[part];
      return verboseFeatureNamesOut ? out.map((name) => `${part}__${name}`) : out;
    });
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    if (twice.length > 0 && !verboseFeatureNamesOut) {
      throw new OptionError(`ColumnTransformer: names of the result must be distinct, these come from several parts: ${showList([...new Set(twice)], 5)}. Use verboseFeatureNamesOut: true.`);
    }
    return names;
  }

  /** All parts, the remainder last. */
  #works(): readonly (readonly [name: string, stage: PartStage | Plain])[] {
    const { transformers, remainder } = this.options;
    return [...transformers.map(([name, stage]) => [name, stage] as const), ['remainder', remainder] as const];
  }

  #stages(): (readonly [name: string, stage: PartStage])[] {
    return this.#works().filter((work): work is readonly [string, PartStage] => isStage(work[1]));
  }

  #choose(table: Table): Record<string, string[]> {
    const columns = Object.fromEntries(this.options.transformers.map(([name, , selector]) => [name, chooseColumns(`ColumnTransformer: part "${name}"`, table, selector)]));
    const chosen = new Set(Object.values(columns).flat());
    columns.remainder = table.names.filter((name) => !chosen.has(name));
    return columns;
  }

  async #run(
    owner: string,
    stage: PartStage | Plain,
    table: Table,
    names: readonly string[],
    work: (stage: PartStage, part: unknown) => Promise<unknown>,
  ): Promise<Matrix> {
    if (!isStage(stage)) return partMatrix(owner, columnsFor(owner, table, names, 'matrix'), table.rows);
    const part = columnsFor(owner, table, names, stage.takes ?? 'matrix');
    return partMatrix(owner, await work(stage, part), table.rows);
  }

  #stack(parts: readonly Matrix[]): Matrix {
    return stackColumns(this.fitted.sparse ? parts : parts.map((part) => part.toDense()));
  }
}

/** What a stage, or the stages of a pipeline, say of their work; columns that only have a position are named where they are those of the table. */
function notesOf(name: string, stage: Stage, columns: readonly string[] | null): string[] {
  const { steps } = stage as Stage & { steps?: readonly Step[] };
  if (steps) return steps.flatMap(([step, one], k) => notesOf(`${name}.${step}`, one, k === 0 ? columns : null));
  const { notes, featureNamesIn } = stage.fitted as { notes?: unknown; featureNamesIn?: unknown };
  if (!Array.isArray(notes)) return [];
  const named = (note: string): string => (columns === null || featureNamesIn ? note : note.replace(/\bx(\d+)\b/g, (text, j) => columns[j] ?? text));
  return notes.map((note) => `${name}: ${named(note)}`);
}

/** scikit-learn's rule: a sparse part, and less than the threshold of all values not zero. */
function isSparse(parts: readonly Matrix[], threshold: number): boolean {
  if (parts.every((part) => part.kind === 'dense')) return false;
  let stored = 0;
  let total = 0;
  for (const part of parts) {
    stored += part.kind === 'csr' ? part.nnz : part.data.length;
    total += part.rows * part.cols;
  }
  return stored / total < threshold;
}

function isParts<Parts>(given: Parts | { transformers: Parts }): given is Parts {
  return Array.isArray(given);
}

function checkParts(parts: readonly Part[] | null, reserved: readonly string[]): void {
  if (parts === null) throw new OptionError('ColumnTransformer: transformers must be given. They are a list of [name, stage, columns].');
  for (const part of parts) {
    const [name, stage, selector] = Array.isArray(part) ? part : [];
    if (reserved.includes(name as string)) throw new OptionError(`ColumnTransformer: no part must be called ${name}, which is an option. Use another name.`);
    if (isStage(stage) && typeof stage.transform !== 'function') {
      throw new OptionError(`ColumnTransformer: part "${String(name)}" must be a transformer, got ${show(stage)}.`);
    }
    if (!isColumnSelector(selector)) {
      throw new OptionError(`ColumnTransformer: part "${String(name)}" must choose columns by name, by a list, or by columns.numeric and the like, got ${show(selector)}.`);
    }
  }
  // Plain parts keep the same rules for names as stages.
  const anyStage = { fit: () => undefined, clone: () => undefined } as unknown as Stage;
  checkSteps('ColumnTransformer', parts.map(([name, stage]) => [name, isPlain(stage) ? anyStage : stage]));
}

/** Runs a part's work; its errors name the part and, beside the position of a column, its name. */
async function inPart<T>(name: string, columns: readonly string[], stage: PartStage | Plain, work: (owner: string) => Promise<T>): Promise<T> {
  const owner = `ColumnTransformer: part "${name}"`;
  try {
    return await work(owner);
  } catch (error) {
    if (error instanceof RefitError && !error.message.startsWith('ColumnTransformer: ')) {
      // Within a pipeline, positions count the columns of the stage before.
      const first = isStage(stage) ? (stage as PartStage & { steps?: readonly Step[] }).steps?.[0][0] : undefined;
      const isFirst = isStage(stage) && (first === undefined || error.message.startsWith(`Pipeline: step "${first}": `));
      const message = isFirst ? error.message.replace(/\bcolumn (\d+)\b/g, (text, j) => (columns[j] === undefined ? text : `${text} (${columns[j]})`)) : error.message;
      error.message = `${owner}: ${message}`;
    }
    throw error;
  }
}
