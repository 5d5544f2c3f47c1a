import { CompetitionError } from '../core/errors.ts';
import { compareLabels, type Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import type { Table } from '../table/table.ts';
import { completeColumn } from './complete-column.ts';
import type { Conclusion } from './conclusion.ts';
import { areUnspaced, inferColumns, type ColumnRoles } from './infer-columns.ts';
import { inferGroups } from './infer-groups.ts';
import { inferTimeColumn } from './infer-time-column.ts';
import { columnsOfClasses } from './submission-form.ts';

/** A competition as its files tell it. */
export interface InferredCompetition {
  id: string;
  target: string;
  task: 'classification' | 'regression';
  metric: ScorerName;
  values: 'labels' | 'probabilities';
  nSplits: number;
  /** Column of dates by which test rows come after all training rows; null where there is none. */
  timeOrder: string | null;
  /** Column of groups that are never in both files; null where there is none. */
  groups: string | null;
  columns: ColumnRoles;
  /** Columns of texts without blanks between words, as in Chinese. */
  unspaced: readonly string[];
  /** Columns of words with so many values that a column for each would tell a tree little. */
  manyValued: readonly string[];
  /** Whether the target's logarithm is easier to predict than the target. */
  logTarget: boolean;
  conclusions: Conclusion[];
}

export interface InferOptions {
  train: Table;
  test: Table;
  sample: Table | undefined;
  /** What the user says himself. */
  given: { id?: string; target?: string; metric?: string };
}

const MOST_CLASSES = 20;
/** Different words from which on the mean target of each says more than its number. */
const MANY_VALUES = 30;

/**
 * Concludes from the files of a competition what they are: which column names rows, which is to be predicted, whether
 * that is a class or a number, what the metric may be, and what the other columns hold.
 * @throws CompetitionError saying what to name where the files do not tell
 */
export function inferCompetition({ train, test, sample, given }: InferOptions): InferredCompetition {
  const id = inferId(train, test, sample, given.id);
  const target = inferTarget(train, test, sample, id.value, given.target);
  const classColumns = sample === undefined ? null : classColumnsOf(train, target.value, sample, id.value);
  const values = train.column(target.value).toArray().filter((value) => value !== null && !Number.isNaN(value)) as Label[];
  if (values.length === 0) throw new CompetitionError(`refit new: column ${target.value} must have values, every row lacks one. Name another with --target.`);
  completeColumn('refit new', train, target.value, 'Fill them in or drop these rows.');
  const metric = given.metric === undefined ? undefined : scorer(given.metric as ScorerName);
  const task = inferTask(target.value, values, metric?.needs);
  const sampleValues = sample?.has(target.value) ? sample.column(target.value).toArray() : [];
  const submits: Found<'labels' | 'probabilities'> =
    classColumns === null ? inferValues(task.value, values, sampleValues, metric?.needs) : { value: 'probabilities', why: `the sample submission has a column for each class: ${showList(classColumns, 6)}` };
  const logTarget = task.value === 'regression' && isSkewed(values as number[]);
  const chosen = inferMetric(task.value, submits.value, values, logTarget, metric === undefined ? undefined : (metric.metricName as ScorerName));
  const features = train.names.filter((name) => name !== id.value && name !== target.value && test.names.includes(name));
  const onlyTrain = train.names.filter((name) => name !== id.value && name !== target.value && !test.names.includes(name));
  if (features.length === 0) throw new CompetitionError(`refit new: train and test must share columns besides ${id.value}, got ${showList(train.names)} and ${showList(test.names)}.`);
  const smallest = task.value === 'classification' ? Math.min(...counts(values).values()) : values.length;
  const nSplits = Math.min(5, smallest);
  if (nSplits < 2) throw new CompetitionError(`refit new: every class of ${target.value} must have two rows at least, ${show([...counts(values)].find(([, n]) => n < 2)?.[0])} has one. Merge rare classes first.`);
  const timeOrder = inferTimeColumn(train, test, target.value, task.value, nSplits);
  const groups = timeOrder === null ? inferGroups(train, test, features, nSplits) : null;
  const { roles, conclusions } = inferColumns(train.select(features.length > 1 ? features.filter((name) => name !== groups) : features));
  const unspaced = [...roles.phrases, ...roles.texts].filter((name) => areUnspaced(train.column(name).toArray().filter((value) => value !== null) as string[]));
  const manyValued = roles.words.filter((name) => new Set(train.column(name).toArray()).size > MANY_VALUES);
  return {
    id: id.value,
    target: target.value,
    task: task.value,
    metric: chosen.value,
    values: submits.value,
    nSplits,
    timeOrder,
    groups,
    columns: roles,
    unspaced,
    manyValued,
    logTarget,
    conclusions: [
      { about: 'id', ...id },
      { about: 'target', ...target },
      { about: 'task', ...task },
      { about: 'metric', ...chosen },
      ...(task.value === 'classification' ? [{ about: 'submission', ...submits }] : []),
      ...(logTarget ? [{ about: 'scale', value: 'logarithm of the target', why: 'all targets are positive and spread over a long tail to the right' }] : []),
      foldsConclusion(task.value, nSplits, smallest, timeOrder, groups),
      ...conclusions,
      ...(manyValued.length > 0 ? [{ about: 'targets', value: showList(manyValued, 6), why: `more than ${MANY_VALUES} values: for trees each is the mean target of its rows, learned from other rows` }] : []),
      ...(unspaced.length > 0 ? [{ about: 'letters', value: showList(unspaced, 6), why: 'written without blanks between words: single letters, pairs and triples count as words' }] : []),
      ...(onlyTrain.length > 0 ? [{ about: 'left out', value: showList(onlyTrain, 8), why: 'not in the test file' }] : []),
    ],
  };
}

function foldsConclusion(task: string, nSplits: number, smallest: number, timeOrder: string | null, groups: string | null): Conclusion {
  if (timeOrder !== null) return { about: 'folds', value: `${nSplits} in the order of ${timeOrder}`, why: 'every test row is later than all training rows' };
  if (groups !== null) return { about: 'folds', value: `${nSplits}, each ${groups} in one of them`, why: `no ${groups} is in both files, so that models are judged on new ones; it is no feature` };
  const why = nSplits < 5 ? `the rarest class has ${smallest} rows` : task === 'classification' ? 'each with the classes in the same proportions' : 'of shuffled rows';
  return { about: 'folds', value: String(nSplits), why };
}

type Found<T> = { value: T; why: string };

function inferId(train: Table, test: Table, sample: Table | undefined, given: string | undefined): Found<string> {
  if (given !== undefined) {
    for (const [file, table] of [['train', train], ['test', test]] as const) {
      if (!table.names.includes(given)) throw new CompetitionError(`refit new: the ${file} file must have the id column ${show(given)}, its columns are ${showList(table.names, 20)}.`);
    }
    return { value: given, why: 'you said so' };
  }
  const both = train.names.filter((name) => test.names.includes(name));
  const distinct = both.filter((name) => isDistinct(train, name) && isDistinct(test, name));
  const first = sample?.names.find((name) => both.includes(name));
  if (first !== undefined && distinct.includes(first)) return { value: first, why: 'the first column of the sample submission; every row has its own value' };
  const named = distinct.find((name) => /(^|_|[a-z])(id|ID|Id|key|uuid)$|^(id|name)$/i.test(name)) ?? distinct.find((name) => name === both[0]);
  if (named !== undefined) return { value: named, why: 'every row of both files has its own value' };
  throw new CompetitionError(
    `refit new: one column must name the rows: another value in every row, in train and test. ${distinct.length > 0 ? `It may be ${showList(distinct, 5)}: say so with --id.` : `None of ${showList(both, 10)} is. Add one that counts the rows.`}`,
  );
}

function isDistinct(table: Table, name: string): boolean {
  const values = table.column(name).toArray();
  return !values.includes(null) && new Set(values).size === values.length;
}

function inferTarget(train: Table, test: Table, sample: Table | undefined, id: string, given: string | undefined): Found<string> {
  const others = sample?.names.filter((name) => name !== id) ?? [];
  if (given !== undefined) {
    if (!train.names.includes(given)) throw new CompetitionError(`refit new: the train file must have the target column ${show(given)}, its columns are ${showList(train.names, 20)}.`);
    if (sample !== undefined && others.length > 1 && classColumnsOf(train, given, sample, id) === null) throw severalTargets(id, others);
    return { value: given, why: 'you said so' };
  }
  const ofClasses = sample === undefined || others.length < 2 ? undefined : train.names.find((name) => !test.has(name) && classColumnsOf(train, name, sample, id) !== null);
  if (ofClasses !== undefined) return { value: ofClasses, why: 'the other columns of the sample submission are called as its values' };
  if (others.length > 1) throw severalTargets(id, others);
  if (others.length === 1) {
    if (!train.names.includes(others[0])) throw new CompetitionError(`refit new: the train file must have the column ${show(others[0])} of the sample submission, its columns are ${showList(train.names, 20)}. Rename it, or name the target with --target and leave --sample out.`);
    return { value: others[0], why: 'the other column of the sample submission' };
  }
  const missing = train.names.filter((name) => !test.names.includes(name) && name !== id);
  if (missing.length === 1) return { value: missing[0], why: 'in the train file, and not in the test file' };
  throw new CompetitionError(`refit new: the target must be told, ${missing.length === 0 ? 'the test file has every column of the train file' : `${showList(missing, 8)} are in the train file only`}. Name it with --target.`);
}

function severalTargets(id: string, columns: readonly string[]): CompetitionError {
  return new CompetitionError(
    `refit new: a submission must have one column besides ${id}, or one for each class, the sample has ${showList(columns, 8)}. Where these are several targets, make a competition for each of them, with --target and without --sample, and put their submissions side by side.`,
  );
}

/** The sample's columns where there is one for each value of a column; null where there is not. */
function classColumnsOf(train: Table, name: string, sample: Table, id: string): string[] | null {
  const columns = sample.names.filter((one) => one !== id);
  if (columns.length < 2) return null;
  const classes = new Set<Label>();
  for (const value of train.column(name).toArray() as (Label | null)[]) {
    if (value === null || Number.isNaN(value)) continue;
    classes.add(value);
    if (classes.size > columns.length) return null;
  }
  return columnsOfClasses(columns, [...classes].sort(compareLabels));
}

function inferTask(target: string, values: readonly Label[], needs: string | undefined): Found<'classification' | 'regression'> {
  const classes = counts(values);
  const shares = [...classes].sort(([a], [b]) => compareLabels(a, b)).map(([label, n]) => `${show(label)} (${((100 * n) / values.length).toFixed(0)} %)`);
  const told = `${classes.size} values${classes.size <= 6 ? `: ${shares.join(', ')}` : ''}`;
  if (needs === 'values') {
    if (typeof values[0] !== 'number') throw new CompetitionError(`refit new: the metric is for numbers, but ${target} holds ${show(values[0])}. Choose a metric for classes.`);
    return { value: 'regression', why: 'the metric is for numbers' };
  }
  if (needs !== undefined) return { value: 'classification', why: `the metric is for classes; ${told}` };
  if (typeof values[0] !== 'number') return { value: 'classification', why: `${target} holds words; ${told}` };
  const whole = (values as number[]).every((value) => Number.isInteger(value));
  if (whole && classes.size <= MOST_CLASSES && classes.size <= values.length / 5) return { value: 'classification', why: `${told}, all of them whole` };
  return { value: 'regression', why: `${target} holds ${classes.size} different numbers` };
}

/** Probabilities where the sample has shares between labels, or the metric ranks by them. */
function inferValues(task: string, values: readonly Label[], sample: readonly unknown[], needs: string | undefined): Found<'labels' | 'probabilities'> {
  if (task === 'regression') return { value: 'labels', why: '' };
  if (needs === 'probabilities' || needs === 'scores') return { value: 'probabilities', why: 'the metric ranks by them' };
  const labels = new Set<unknown>(values);
  const strange = sample.find((value) => typeof value === 'number' && !labels.has(value));
  if (needs === undefined && labels.size === 2 && strange !== undefined) return { value: 'probabilities', why: `the sample submission holds ${show(strange)}, which is no label` };
  return { value: 'labels', why: sample.length > 0 ? 'the sample submission holds labels' : 'nothing says that probabilities are wanted' };
}

function inferMetric(task: string, submits: string, values: readonly Label[], logTarget: boolean, given: ScorerName | undefined): Found<ScorerName> {
  if (given !== undefined) return { value: given, why: 'you said so' };
  const hint = 'the files do not say; --metric names another';
  if (task === 'regression') return logTarget ? { value: 'rootMeanSquaredLogError', why: `it counts relative errors, which suits the long tail; ${hint}` } : { value: 'rootMeanSquaredError', why: hint };
  if (submits === 'probabilities' && counts(values).size > 2) return { value: 'logLoss', why: `it is of the probabilities of all classes; ${hint}` };
  if (submits === 'probabilities') return { value: 'rocAuc', why: `it ranks by probabilities; ${hint}` };
  const classes = counts(values);
  const largest = Math.max(...classes.values()) / values.length;
  if (largest > 0.9) return { value: classes.size === 2 ? 'f1' : 'f1Macro', why: `one class has ${(100 * largest).toFixed(0)} % of the rows, so that accuracy would tell little; ${hint}` };
  return { value: 'accuracy', why: hint };
}

function counts(values: readonly Label[]): Map<Label, number> {
  const result = new Map<Label, number>();
  for (const value of values) result.set(value, (result.get(value) ?? 0) + 1);
  return result;
}

/** Positive numbers whose skewness is above 0.75. */
function isSkewed(values: readonly number[]): boolean {
  if (!values.every((value) => value > 0)) return false;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const moment = (power: number): number => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return moment(3) / moment(2) ** 1.5 > 0.75;
}
