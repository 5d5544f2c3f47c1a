import { OptionError, RefitError } from '../core/errors.ts';
import { custom, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { loadPackage } from './load-package.ts';

export interface MlOptions {
  /** An ml.js package: 'ml-logistic-regression', 'ml-naivebayes', 'ml-random-forest', 'ml-knn', 'ml-cart', or another whose class has train and predict. */
  package: string;
  /** Name of the class; 'default' for the default export. Default null: the package's class for the task. */
  exportName?: string | null;
  /** What its constructor takes, as that package names it. Default {}. */
  modelOptions?: object;
}

export const mlRules: Rules<MlOptions> = {
  package: custom('ml-logistic-regression', 'the name of an npm package', (v) => typeof v === 'string' && v !== '', 0),
  exportName: custom<string | null>(null, "the name of a class, 'default', or null", (v) => v === null || (typeof v === 'string' && v !== ''), 0),
  modelOptions: custom<object>({}, 'an object of options', (v) => typeof v === 'object' && v !== null && !Array.isArray(v), 0),
};

/** What ml.js models share. */
export interface MlModel {
  train?(X: unknown, y: unknown): void;
  predict(X: unknown): ArrayLike<number> | { to1DArray(): number[] };
  toJSON?(): unknown;
}

interface MlClass {
  new (...words: unknown[]): MlModel;
  load?(json: unknown): MlModel;
}

/** How a package's classes want to be used. */
interface Habits {
  classifier?: string;
  regressor?: string;
  /** ml-matrix's Matrix, or arrays of rows. */
  X: 'matrix' | 'rows';
  /** Whether y is a one-column Matrix. */
  yMatrix?: boolean;
  /** Whether the constructor takes X and y, and there is no train. */
  trainsInConstructor?: boolean;
}

const HABITS: Readonly<Record<string, Habits>> = {
  'ml-logistic-regression': { classifier: 'default', X: 'matrix', yMatrix: true },
  'ml-naivebayes': { classifier: 'GaussianNB', X: 'matrix' },
  'ml-random-forest': { classifier: 'RandomForestClassifier', regressor: 'RandomForestRegression', X: 'rows' },
  'ml-cart': { classifier: 'DecisionTreeClassifier', regressor: 'DecisionTreeRegression', X: 'rows' },
  'ml-knn': { classifier: 'default', X: 'rows', trainsInConstructor: true },
};
const OTHERS: Habits = { X: 'rows' };

const MATRIX = 'ml-matrix';

/** A trained model as text, to be kept and read again. */
export async function trainMl(owner: string, task: 'classifier' | 'regressor', options: Required<MlOptions>, X: Matrix, y: readonly number[]): Promise<string> {
  const { habits, Class } = await classOf(owner, task, options);
  const rows = await inputOf(owner, habits, X);
  const target = habits.yMatrix ? (await loadPackage(owner, MATRIX)).Matrix.columnVector(y) : y;
  // To some constructors an empty object is a model to be read.
  const given = Object.keys(options.modelOptions).length > 0 ? [options.modelOptions] : [];
  let model: MlModel;
  try {
    model = habits.trainsInConstructor ? new Class(rows, target, ...given) : new Class(...given);
    if (!habits.trainsInConstructor) model.train?.(rows, target);
  } catch (error) {
    throw new RefitError(`${owner}: ${options.package} could not be trained: ${(error as Error).message}`, { cause: error });
  }
  if (typeof model.toJSON !== 'function' || typeof Class.load !== 'function') {
    throw new OptionError(`${owner}: the class must have toJSON and a static load, ${show(options.exportName ?? options.package)} has not. Use another model.`);
  }
  return JSON.stringify(model);
}

/** The models of texts met before, so that each is read once. */
const read = new Map<string, MlModel>();
const MOST_READ = 16;

/** One number per row, by a model that trainMl returned. */
export async function askMl(owner: string, task: 'classifier' | 'regressor', options: Required<MlOptions>, text: string, X: Matrix): Promise<number[]> {
  const { habits, Class } = await classOf(owner, task, options);
  let model = read.get(text);
  if (model === undefined) {
    if (read.size >= MOST_READ) read.delete(read.keys().next().value as string);
    read.set(text, (model = Class.load!(JSON.parse(text))));
  }
  const found = model.predict(await inputOf(owner, habits, X));
  return 'to1DArray' in found ? found.to1DArray() : Array.from(found);
}

async function classOf(owner: string, task: 'classifier' | 'regressor', { package: name, exportName }: Required<MlOptions>): Promise<{ habits: Habits; Class: MlClass }> {
  const habits = HABITS[name] ?? OTHERS;
  const wanted = exportName ?? habits[task] ?? null;
  if (wanted === null) throw new OptionError(`${owner}: exportName must be given, ${show(name)} has no ${task} that is known here. Name the class.`);
  const module = await loadPackage<Record<string, unknown>>(owner, name);
  const found = wanted === 'default' ? (module.default ?? module) : module[wanted];
  if (typeof found !== 'function') {
    throw new OptionError(`${owner}: exportName must be a class of ${name}, got ${show(wanted)}. It exports ${Object.keys(module).join(', ')}.`);
  }
  return { habits, Class: found as MlClass };
}

async function inputOf(owner: string, { X: wanted }: Habits, X: Matrix): Promise<unknown> {
  const dense = X.toDense();
  const rows = Array.from({ length: X.rows }, (_, i) => Array.from(dense.row(i)));
  return wanted === 'rows' ? rows : new (await loadPackage(owner, MATRIX)).Matrix(rows);
}
