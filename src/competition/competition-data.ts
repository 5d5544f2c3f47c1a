import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { CompetitionError, ParseError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import { scorer } from '../metrics/scorer.ts';
import type { ColumnKind } from '../table/column-data.ts';
import { readCsv, type ReadCsvOptions } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { completeColumn } from './complete-column.ts';
import { csvOptions } from './csv-format.ts';
import { earlyTestRows } from './early-test-rows.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { readImageTable } from './read-image-table.ts';
import { rowTimes, type RowTimes } from './row-times.ts';

/** A competition's data, read and checked. */
export interface CompetitionData {
  task: 'classification' | 'regression';
  features: string[];
  /** What the training rows say that the features hold; nothing of a column without any value there. */
  kinds: Record<string, ColumnKind>;
  /** Texts for one text column, a Table for several columns. */
  X: readonly string[] | Table;
  y: Label[];
  ids: Label[];
  /** The same kind as X. */
  testX: readonly string[] | Table;
  testIds: Label[];
  /** Groups of the training rows, where the cross-validation keeps groups together. */
  groups: Label[] | undefined;
  /** The fold of each training row, where the file says so. */
  folds: Label[] | undefined;
  /** When the training rows were, where folds are in the order of time. */
  times: RowTimes | undefined;
  /** Full path of the sample submission; undefined where none is named, or it is not there. */
  sample: string | undefined;
  warnings: string[];
}

/**
 * Reads train and test files and checks all that would make a run meaningless.
 * @throws CompetitionError, ParseError naming file, column and rows.
 */
export async function competitionData(competition: LoadedCompetition): Promise<CompetitionData> {
  const { definition, folder } = competition;
  const { id, target, cv } = definition;
  const format = csvOptions(definition);
  const timeColumn = typeof cv.timeOrder === 'string' ? cv.timeOrder : null;
  const sample = definition.submission.sample === null ? undefined : join(folder, definition.submission.sample);
  const hasSample = checkFilesExist(competition);
  const { features: named } = definition;
  // One feature by itself is a text, even if its texts read as numbers.
  const types: Record<string, ColumnKind> = typeof named === 'string' ? { [named]: 'text' } : {};
  const train =
    definition.labels === null
      ? await readCsv(join(folder, definition.train), { ...format, ids: [id], types })
      : await readImageTable(join(folder, definition.train), { id, labels: { file: join(folder, definition.labels), column: target } });

  const trainName = basename(definition.train);
  const testName = basename(definition.test);
  const features = featureColumns(named, train, [id, target, cv.groups, cv.folds, timeColumn]);
  checkColumns(trainName, train, [id, target, ...features], { [id]: 'id', [target]: 'target' });
  if (cv.groups !== null) checkColumns(trainName, train, [cv.groups], { [cv.groups]: 'groups' });
  if (cv.folds !== null) checkColumns(trainName, train, [cv.folds], { [cv.folds]: 'folds' });
  if (timeColumn !== null) checkColumns(trainName, train, [timeColumn], { [timeColumn]: 'time' });
  const kinds = kindsOf(train, features);
  const test =
    definition.labels === null
      ? await readAsInTraining(join(folder, definition.test), { ...format, ids: [id], types: { ...kinds, ...types } }, trainName)
      : await readImageTable(join(folder, definition.test), { id });
  checkColumns(testName, test, [id, ...features], { [id]: 'id' });

  const task = definition.task ?? (scorer(definition.metric).needs === 'values' ? 'regression' : 'classification');
  const warnings: string[] = [];
  if (sample !== undefined && !hasSample) {
    warnings.push(`${definition.submission.sample} is not there: the submission was checked against the ids of ${testName} only.`);
  }
  const y = completeColumn(trainName, train, target, task === 'regression' ? 'Fill them in or drop these rows.' : 'Fill them in or drop these rows; a class must not be called None, NA, null or the like, which stand for a missing value.');
  if (task === 'classification') checkClasses(trainName, target, y, cv.timeOrder === null && cv.folds === null ? cv.nSplits : 1);
  else checkNumbers(trainName, target, y);
  const times = cv.timeOrder === null ? undefined : rowTimes(trainName, train, timeColumn);
  if (times !== undefined) warnings.push(...earlyTestRows(times, testName, test));

  return {
    task,
    features,
    kinds,
    X: featureValues(train, trainName, features, warnings),
    y,
    ids: idColumn(trainName, train, id),
    testX: featureValues(test, testName, features, warnings),
    testIds: idColumn(testName, test, id),
    groups: cv.groups === null ? undefined : completeColumn(trainName, train, cv.groups, 'Every row needs its group.'),
    folds: cv.folds === null ? undefined : completeColumn(trainName, train, cv.folds, 'Every row needs its fold.'),
    times,
    sample: hasSample ? sample : undefined,
    warnings,
  };
}

/** What the training rows say that the features hold; nothing of a column without any value there. */
function kindsOf(train: Table, features: readonly string[]): Record<string, ColumnKind> {
  const known = features.filter((name) => train.column(name).missing < train.rows);
  return Object.fromEntries(known.map((name) => [name, train.kind(name)]));
}

/**
 * Reads test rows, each feature as what it is among the training rows: digits that are text there are text here.
 * @throws ParseError naming file, line and column of the first value that is not of the kind.
 */
export async function readAsInTraining(file: string, options: ReadCsvOptions, trainName: string): Promise<Table> {
  try {
    return await readCsv(file, options);
  } catch (error) {
    // Where the value was not asked to be of this kind by the user, the message has to say who did.
    if (error instanceof ParseError && / must be (a number|true or false|a date) ?.*, got /.test(error.message)) {
      error.message = error.message.replace(/, got /, ` as in ${trainName}, got `).replace(/ Correct it, or read the column as text\.$/, ' Correct it in one of the two files.');
    }
    throw error;
  }
}

/** @returns whether the sample submission is there @throws CompetitionError listing what to put where, unless only the sample is missing. */
function checkFilesExist({ definition, folder, name }: LoadedCompetition): boolean {
  const { labels, submission } = definition;
  const files = [definition.train, ...(labels === null ? [] : [labels]), definition.test, ...(submission.sample === null ? [] : [submission.sample])];
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.every((file) => file === definition.submission.sample)) return missing.length === 0 && definition.submission.sample !== null;
  const shown = relative(process.cwd(), folder) || '.';
  const features = definition.features === null ? 'features' : [definition.features].flat().join(',');
  const columns: Record<string, string> =
    labels === null
      ? { [definition.train]: ` (${definition.id},${definition.target},${features})`, [definition.test]: ` (${definition.id},${features})` }
      : { [definition.train]: ' (images)', [labels]: ' (their labels)', [definition.test]: ' (images to label)' };
  throw new CompetitionError(
    `${name}: the data are not there yet, ${missing.length} of ${files.length} files are missing. ` +
      `Put ${missing.map((file) => `${file}${columns[file] ?? ''}`).join(', ')} into ${shown}.` +
      (definition.dataSource === null ? '' : ` ${definition.dataSource}`),
  );
}

function featureColumns(features: string | readonly string[] | null, train: Table, others: readonly (string | null)[]): string[] {
  if (features === null) return train.names.filter((name) => !others.includes(name));
  return typeof features === 'string' ? [features] : [...features];
}

/** @throws CompetitionError for a column that is missing, with the nearest name. */
export function checkColumns(file: string, table: Table, names: readonly string[], roles: Readonly<Record<string, string>>): void {
  for (const name of names) {
    if (table.names.includes(name)) continue;
    const near = nearestName(name, table.names);
    throw new CompetitionError(
      `${file}: there is no ${roles[name] ?? 'feature'} column ${show(name)}.${near ? ` Did you mean ${near}?` : ''} Columns are ${showList(table.names, 20)}.`,
    );
  }
}

/** Every row's id. @throws CompetitionError for a row without one, and for ids that come twice. */
export function idColumn(file: string, table: Table, name: string): Label[] {
  const ids = completeColumn(file, table, name, 'Every row needs its id.');
  const seen = new Set<Label>();
  const twice = new Set<Label>();
  for (const id of ids) {
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  if (twice.size > 0) {
    throw new CompetitionError(`${file}: every ${name} must stand once, ${twice.size} stand more often: ${showList([...twice], 5)}. Drop the repeats.`);
  }
  return ids;
}

function checkClasses(file: string, target: string, y: readonly Label[], nSplits: number): void {
  const counts = new Map<Label, number>();
  for (const label of y) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2) {
    throw new CompetitionError(`${file}: column ${target} must have at least two classes, every row has ${show(y[0])}.`);
  }
  const small = [...counts].filter(([, count]) => count < nSplits);
  if (small.length > 0) {
    const [label, count] = small[0];
    throw new CompetitionError(
      `${file}: every class of ${target} must have at least ${nSplits} rows, one for each fold, ${show(label)} has ${count}` +
        `${small.length > 1 ? ` (and ${small.length - 1} more classes have too few)` : ''}. Lower cv.nSplits${count >= 2 ? ` to ${count}` : ''} or merge rare classes.`,
    );
  }
}

function checkNumbers(file: string, target: string, y: readonly Label[]): void {
  const row = y.findIndex((value) => typeof value !== 'number');
  if (row >= 0) throw new CompetitionError(`${file}: column ${target} must hold numbers for a regression, row ${row + 1} has ${show(y[row])}.`);
}

/** What pipelines get: texts for one column of text, else a Table. */
export function featureValues(table: Table, file: string, features: readonly string[], warnings: string[]): readonly string[] | Table {
  if (features.length > 1 || table.kind(features[0]) !== 'text') return table.select(features);
  const column = table.column(features[0]);
  const texts: string[] = new Array(table.rows);
  let missing = 0;
  for (let i = 0; i < table.rows; i++) {
    const value = column.at(i) as string | null;
    if (value === null) missing++;
    texts[i] = value ?? '';
  }
  if (missing > 0) warnings.push(`${file}: ${missing} of ${table.rows} rows have no ${features[0]}; they count as empty texts.`);
  return texts;
}
