import { DataError, NotFittedError, OptionError, RefitError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { nearestName } from '../core/nearest-name.ts';
import { completeOptions, custom, flag, number, type Rules } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
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

export interface ColumnTransformerOptions {
  /** What becomes of the columns that no part chose: 'drop', 'passthrough' (numbers and booleans only), or a stage. Default 'drop'. */
  remainder?: PartStage | Plain;
  /** The result is sparse if a part is and less than this share of all values is not zero. 0 for dense, 1 for sparse. Default 0.3. */
  sparseThreshold?: number;
  /** Whether names of the result are `part__column`; else `column`, which must then be distinct. Default true. */
  verboseFeatureNamesOut?: boolean;
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
type PartChanges<Parts extends readonly Part[]> = { readonly [P in Parts[number] as P[0]]?: P[1] extends Plain ? never : ChangesOf<P[1]> } & {
  readonly remainder?: object;
};

const isStage = (value: unknown): value is PartStage => typeof (value as Partial<PartStage> | null)?.fit === 'function';
const isPlain = (value: unknown): value is Plain => value === 'drop' || value === 'passthrough';

const rules: Rules<ColumnTransformerOptions> = {
  remainder: custom<Plain>('drop', "'drop', 'passthrough' or a transformer", (v) => isPlain(v) || isStage(v)),
  sparseThreshold: number(0.3, { min: 0, max: 1 }),
  verboseFeatureNamesOut: flag(true),
};

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
 * Matrix counts as a table of columns x0, x1, …. There are no `transformer_weights`.
 *
 * @example
 * new ColumnTransformer([
 *   ['numbers', new Pipeline([['fill', new SimpleImputer({ strategy: 'median' })], ['scale', new StandardScaler()]]), columns.numeric],
 *   ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), columns.categorical],
 * ]);
 */
export class ColumnTransformer<const Parts extends readonly Part[]> {
  readonly transformers: Parts;
  readonly remainder: PartStage | Plain;
  readonly sparseThreshold: number;
  readonly verboseFeatureNamesOut: boolean;
  #fitted: Omit<ColumnTransformerFitted, 'parts'> | undefined;

  /** @throws OptionError for names that are missing, double, dotted or 'remainder', and for parts that cannot work. */
  constructor(transformers: Parts, options: ColumnTransformerOptions = {}) {
    checkParts(transformers);
    const { remainder, sparseThreshold, verboseFeatureNamesOut } = completeOptions<ColumnTransformerOptions>('ColumnTransformer', options, rules);
    this.transformers = transformers;
    this.remainder = remainder;
    this.sparseThreshold = sparseThreshold;
    this.verboseFeatureNamesOut = verboseFeatureNamesOut;
  }

  get owner(): string {
    return 'ColumnTransformer';
  }

  /** It takes a Table. */
  get takes(): Takes {
    return 'table';
  }

  /** The stages with their names, that of the remainder too; parts that are dropped or passed through are no stages. */
  get steps(): readonly Step[] {
    return this.#works().flatMap(([name, stage]) => (isStage(stage) ? [[name, stage] as const] : []));
  }

  /** Parts by name, typed: `transformer.namedSteps.words.fitted.categories`. */
  get namedSteps(): NamedParts<Parts> {
    return Object.fromEntries(this.#works().map(([name, stage]) => [name, stage])) as unknown as NamedParts<Parts>;
  }

  /** Every stage's options, by part. */
  get options(): Readonly<Record<string, object>> {
    return Object.fromEntries(this.steps.map(([name, stage]) => [name, stage.options]));
  }

  /** All that fit depends on besides the stages, as plain data. */
  get settings(): object {
    const { remainder, sparseThreshold, verboseFeatureNamesOut, transformers } = this;
    return {
      columns: transformers.map(([name, stage, selector]) => [name, isPlain(stage) ? stage : 'stage', selector]),
      remainder: isPlain(remainder) ? remainder : 'stage',
      sparseThreshold,
      verboseFeatureNamesOut,
    };
  }

  get isFitted(): boolean {
    return this.#fitted !== undefined;
  }

  /** @throws NotFittedError before fit. */
  get fitted(): ColumnTransformerFitted {
    const learned = this.#learned();
    const parts = this.steps.filter(([name]) => learned.columns[name]?.length > 0).map(([name, stage]) => [name, stage.fitted]);
    return { ...learned, parts: Object.fromEntries(parts) };
  }

  /** Puts a learned record in place: called by loading a saved model. */
  restore({ parts, ...learned }: ColumnTransformerFitted): this {
    for (const [name, stage] of this.steps) if (Object.hasOwn(parts, name)) restoreStage(stage, parts[name]);
    this.#fitted = Object.freeze(learned);
    return this;
  }

  clone(): this {
    return this.with({});
  }

  /** An unfitted copy with some options changed: `transformer.with({ words: { minFrequency: 10 } })`. */
  with(changes: PartChanges<Parts>): this {
    const given = changes as Readonly<Record<string, object | undefined>>;
    const names = this.steps.map(([name]) => name);
    for (const name of Object.keys(given)) {
      if (names.includes(name)) continue;
      const near = nearestName(name, names);
      throw new OptionError(`ColumnTransformer: there is no part ${name} with a stage.${near ? ` Did you mean ${near}?` : ''} Parts are ${showList(names)}.`);
    }
    const changed = (name: string, stage: PartStage | Plain): PartStage | Plain => {
      if (isPlain(stage)) return stage;
      return (given[name] === undefined ? stage.clone() : stage.with(given[name])) as PartStage;
    };
    const { sparseThreshold, verboseFeatureNamesOut } = this;
    const parts = this.transformers.map(([name, stage, selector]) => [name, changed(name, stage), selector] as const);
    return new ColumnTransformer(parts, { remainder: changed('remainder', this.remainder), sparseThreshold, verboseFeatureNamesOut }) as unknown as this;
  }

  /** Chooses the columns and fits every part. @throws DataError naming part and column. @returns this */
  async fit(X: TableLike | Matrix, y?: ArrayLike<unknown>, options?: FitOptions): Promise<this> {
    await this.fitTransform(X, y, options);
    return this;
  }

  async fitTransform(X: TableLike | Matrix, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Matrix> {
    const table = asTable(X);
    const columns = this.#choose(table);
    const parts: [string, Matrix][] = [];
    for (const [name, stage] of this.#works()) {
      if (columns[name].length === 0 || stage === 'drop') continue;
      parts.push([name, await inPart(name, columns[name], stage, (owner) => this.#run(owner, stage, table, columns[name], (one, part) => one.fitTransform(part, y, options)))]);
    }
    if (parts.length === 0) {
      throw new DataError(`ColumnTransformer: at least one column must be chosen, got none of ${showList(table.names)}. Look at table.describe() for what the columns hold.`);
    }
    const used = parts.flatMap(([name]) => columns[name]);
    this.#fitted = Object.freeze({
      featureNamesIn: table.names,
      kinds: kindsOf(table, used),
      columns,
      outputs: Object.fromEntries(parts.map(([name, matrix]) => [name, matrix.cols])),
      sparse: isSparse(parts.map(([, matrix]) => matrix), this.sparseThreshold),
      notes: this.#notes(columns),
    });
    return this.#stack(parts.map(([, matrix]) => matrix));
  }

  /** @throws DataError for a table that lacks a column of fit, or has one of another kind. */
  async transform(X: TableLike | Matrix): Promise<Matrix> {
    const { columns, kinds } = this.#learned();
    const table = columnsOfFit('ColumnTransformer', asTable(X), kinds);
    const parts: Matrix[] = [];
    for (const [name, stage] of this.#works()) {
      if (columns[name].length === 0 || stage === 'drop') continue;
      parts.push(await inPart(name, columns[name], stage, (owner) => this.#run(owner, stage, table, columns[name], (one, part) => one.transform(part))));
    }
    return this.#stack(parts);
  }

  /** `part__column` for every column of the result, in its order. @throws OptionError for equal names without the parts'. */
  featureNamesOut(): string[] {
    const { columns } = this.#learned();
    const names = this.#works().flatMap(([part, stage]) => {
      if (columns[part].length === 0 || stage === 'drop') return [];
      const out = isStage(stage) ? stage.featureNamesOut(columns[part]) : columns[part];
      return this.verboseFeatureNamesOut ? out.map((name) => `${part}__${name}`) : out;
    });
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    if (twice.length > 0 && !this.verboseFeatureNamesOut) {
      throw new OptionError(`ColumnTransformer: names of the result must be distinct, these come from several parts: ${showList([...new Set(twice)], 5)}. Use verboseFeatureNamesOut: true.`);
    }
    return names;
  }

  #learned(): Omit<ColumnTransformerFitted, 'parts'> {
    if (this.#fitted === undefined) throw new NotFittedError('ColumnTransformer: fit must come first. Call await fit(X, y) before transform or fitted.');
    return this.#fitted;
  }

  /** All parts, the remainder last. */
  #works(): readonly (readonly [name: string, stage: PartStage | Plain])[] {
    return [...this.transformers.map(([name, stage]) => [name, stage] as const), ['remainder', this.remainder] as const];
  }

  #choose(table: Table): Record<string, string[]> {
    const columns = Object.fromEntries(this.transformers.map(([name, , selector]) => [name, chooseColumns(`ColumnTransformer: part "${name}"`, table, selector)]));
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
    const { sparse } = this.#learned();
    const stacked = stackColumns(sparse ? parts : parts.map((part) => part.toDense()));
    return stacked;
  }

  #notes(columns: Readonly<Record<string, readonly string[]>>): string[] {
    return this.steps.flatMap(([name, stage]) => {
      if (columns[name].length === 0) return [];
      const { notes } = stage.fitted as { notes?: unknown };
      return Array.isArray(notes) ? notes.map((note) => `${name}: ${note}`) : [];
    });
  }
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

function checkParts(parts: readonly Part[]): void {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new OptionError(`ColumnTransformer: it must have at least one part [name, stage, columns], got ${show(parts)}.`);
  }
  for (const part of parts) {
    const [name, stage, selector] = Array.isArray(part) ? part : [];
    if (name === 'remainder') throw new OptionError('ColumnTransformer: no part must be called remainder. Use the option remainder, or another name.');
    if (!isPlain(stage) && isStage(stage) && typeof stage.transform !== 'function') {
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
      const isFirst = isStage(stage) && !('steps' in stage);
      const message = isFirst ? error.message.replace(/\bcolumn (\d+)\b/g, (text, j) => (columns[j] === undefined ? text : `${text} (${columns[j]})`)) : error.message;
      error.message = `${owner}: ${message}`;
    }
    throw error;
  }
}
