import type { ColumnFlow, Flow, MatrixFlow, TableFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import type { SimpleImputer } from '../../impute/simple-imputer.ts';
import type { FrequencyEncoder } from '../../preprocessing/frequency-encoder.ts';
import type { OneHotEncoder } from '../../preprocessing/one-hot-encoder.ts';
import type { OrdinalEncoder } from '../../preprocessing/ordinal-encoder.ts';
import type { TargetEncoder } from '../../preprocessing/target-encoder.ts';

export type Category = string | number | boolean | null;

/** N × 1 whole numbers: the position of each value among the categories, −1 where it is none of them. */
export function positions(w: OnnxWriter, { name, type, title }: ColumnFlow, categories: readonly Category[]): string {
  if (categories.length === 0) return w.cast(w.op('Not', [w.op('Equal', [name, name])]), 'int64');
  const isText = categories.some((one) => typeof one === 'string');
  if (isText !== (type === 'text') && categories.some((one) => !isMissing(one))) {
    return w.refuse(`column ${JSON.stringify(title)} must hold ${isText ? 'text' : 'numbers'} as the categories do, got ${type === 'text' ? 'text' : 'numbers'}.`);
  }
  if (type === 'text') {
    const keys = categories.map((one) => (isMissing(one) ? '' : String(one)));
    return w.ml('LabelEncoder', [name], { keys_strings: { strings: keys }, values_int64s: { ints: keys.map((_, k) => k) }, default_int64: { int: -1 } });
  }
  // Numbers are compared one by one: a look-up of doubles is not to be had everywhere.
  const values = categories.map((one) => (isMissing(one) ? Number.NaN : Number(one)));
  const row = w.doubles(values, [1, values.length]);
  const missing = w.doubles(values.map((value) => (Number.isNaN(value) ? 1 : 0)), [1, values.length]);
  const isMissingToo = w.op('And', [w.op('IsNaN', [name]), w.cast(missing, 'bool')]);
  const hits = w.cast(w.op('Or', [w.op('Equal', [name, row]), isMissingToo]), 'int64');
  const numbered = w.mul(hits, w.ints(values.map((_, k) => k + 1), [1, values.length]));
  return w.sub(w.op('ReduceMax', [numbered, w.ints([1])]), w.int(1));
}

const isMissing = (value: Category): boolean => value === null || (typeof value === 'number' && Number.isNaN(value));

/** A number per category, and one for values that are no category: N × 1 doubles. */
function lookUp(w: OnnxWriter, column: ColumnFlow, categories: readonly Category[], values: ArrayLike<number>, unknown: number): string {
  const table = w.doubles([...Array.from(values), unknown], [categories.length + 1]);
  // Position −1 counts from the end, where the number for the unknown lies.
  return w.op('Gather', [table, positions(w, column, categories)]);
}

function columnsOf(w: OnnxWriter, X: Flow, count: number): readonly ColumnFlow[] {
  const { columns } = w.tableOf(X);
  if (columns.length !== count) return w.refuse(`X must have the ${count} columns of fit, got ${columns.length}.`);
  return columns;
}

export function writeOneHotEncoder(w: OnnxWriter, stage: OneHotEncoder, X: Flow): MatrixFlow {
  const { categories, infrequentCategories: infrequent, dropIdx } = stage.fitted;
  if (stage.options.handleUnknown === 'error') {
    w.refuse("OneHotEncoder: handleUnknown must be 'ignore' or 'infrequentIfExist', since a graph cannot refuse a category, got 'error'.");
  }
  let cols = 0;
  const parts = columnsOf(w, X, categories.length).map((column, j) => {
    const rare = categories[j].map((category) => infrequent[j]?.some((one) => Object.is(one, category)) ?? false);
    const frequent = categories[j].flatMap((_, k) => (rare[k] ? [] : [k]));
    const outputs = frequent.length + (infrequent[j] === null ? 0 : 1);
    const targets = categories[j].map((_, k) => (rare[k] ? outputs - 1 : frequent.indexOf(k)));
    const dropped = dropIdx[j] === null ? -1 : targets[dropIdx[j] as number];
    const unknown = stage.options.handleUnknown === 'infrequentIfExist' && infrequent[j] !== null ? outputs - 1 : -1;
    const kept = Array.from({ length: outputs }, (_, k) => k).filter((k) => k !== dropped);
    cols += kept.length;
    // Rows of a table of zeros and ones: one per category, and one for the unknown.
    const table = [...targets, unknown].flatMap((target) => kept.map((k) => Number(k === target)));
    const shape = [categories[j].length + 1, kept.length];
    return kept.length === 0 ? undefined : w.op('Gather', [w.doubles(table, shape), w.flat(positions(w, column, categories[j] as readonly Category[]))], { axis: { int: 0 } });
  });
  const present = parts.filter((part) => part !== undefined);
  if (present.length === 0) w.refuse('OneHotEncoder: it must return a column, every category is dropped.');
  return w.matrix(w.concat(present), cols);
}

export function writeOrdinalEncoder(w: OnnxWriter, { options, fitted }: OrdinalEncoder, X: Flow): MatrixFlow {
  if (options.handleUnknown === 'error') w.refuse("OrdinalEncoder: handleUnknown must be 'useEncodedValue', since a graph cannot refuse a category, got 'error'.");
  const { categories, infrequentIndices } = fitted;
  const parts = columnsOf(w, X, categories.length).map((column, j) => {
    const list = categories[j] as readonly Category[];
    const rare = (k: number): boolean => infrequentIndices[j]?.includes(k) ?? false;
    const frequent = list.flatMap((one, k) => (isMissing(one) || rare(k) ? [] : [k]));
    const codes = list.map((one, k) => (isMissing(one) ? options.encodedMissingValue : rare(k) ? frequent.length : frequent.indexOf(k)));
    return lookUp(w, column, list, codes, options.unknownValue as number);
  });
  return w.matrix(w.concat(parts), categories.length);
}

export function writeFrequencyEncoder(w: OnnxWriter, { options, fitted }: FrequencyEncoder, X: Flow): MatrixFlow {
  if (options.handleUnknown === 'error') w.refuse("FrequencyEncoder: handleUnknown must be 'zero', since a graph cannot refuse a category, got 'error'.");
  const { categories, frequencies } = fitted;
  const parts = columnsOf(w, X, categories.length).map((column, j) => lookUp(w, column, categories[j] as readonly Category[], frequencies[j], 0));
  return w.matrix(w.concat(parts), categories.length);
}

export function writeTargetEncoder(w: OnnxWriter, { fitted }: TargetEncoder, X: Flow): MatrixFlow {
  const { categories, encodings, targetMean } = fitted;
  const outputs = targetMean.length;
  const parts = columnsOf(w, X, categories.length).flatMap((column, j) =>
    Array.from(targetMean, (mean, k) => lookUp(w, column, categories[j] as readonly Category[], encodings[j * outputs + k], mean)),
  );
  return w.matrix(w.concat(parts), parts.length);
}

export function writeSimpleImputer(w: OnnxWriter, { options, fitted }: SimpleImputer, X: Flow): MatrixFlow | TableFlow {
  const { statistics, indicatorFeatures } = fitted;
  const missing = options.missingValues;
  if (typeof missing === 'number' && !Number.isNaN(missing)) return w.refuse(`SimpleImputer: missingValues must be NaN, got ${missing}.`);
  const input = columnsOf(w, X, statistics.length);
  const isGap = ({ name, type }: ColumnFlow): string => (type === 'text' ? w.op('Equal', [name, w.texts([''], [])]) : w.op('IsNaN', [name]));
  const filled = input.flatMap((column, j): ColumnFlow[] => {
    const fill = statistics[j] as Category;
    if (typeof fill === 'number' && Number.isNaN(fill)) return [];
    if ((typeof fill === 'string') !== (column.type === 'text')) return w.refuse(`SimpleImputer: column ${JSON.stringify(column.title)} must hold what it is filled with, got ${column.type}.`);
    const value = typeof fill === 'string' ? w.texts([fill], []) : w.double(Number(fill));
    return [{ ...column, name: w.op('Where', [isGap(column), value, column.name]) }];
  });
  const indicators = Array.from(indicatorFeatures ?? [], (j): ColumnFlow => ({ title: `missingindicator_${input[j].title}`, type: 'number', name: w.cast(isGap(input[j]), 'double') }));
  const table: TableFlow = { kind: 'table', columns: [...filled, ...indicators] };
  return X.kind === 'matrix' ? w.matrixOf(table) : table;
}
