import { basename, join } from 'node:path';
import type { LoadedCompetition } from '../competition/load-competition.ts';
import { competitionData, readAsInTraining } from '../competition/competition-data.ts';
import { csvOptions, type CsvFormat } from '../competition/csv-format.ts';
import type { LoadedRun } from '../competition/load-run.ts';
import { areSentences } from '../competition/infer-columns.ts';
import { sampleFile } from '../competition/sample-file.ts';
import { submissionForm } from '../competition/submission-form.ts';
import type { SubmissionValues } from '../competition/submission-values.ts';
import type { Label } from '../core/labels.ts';
import type { ColumnKind } from '../table/column-data.ts';
import { columnFields } from '../table/format-csv.ts';
import { Table } from '../table/table.ts';
import type { Payload } from './component.ts';

/** A feature column as the form asks for it. */
export type FormField =
  | { name: string; kind: 'number'; min: number; max: number; typical: number; whole: boolean }
  | { name: string; kind: 'choice'; choices: string[]; typical: string }
  | { name: string; kind: 'boolean'; typical: boolean }
  | { name: string; kind: 'text' | 'sentences' | 'date'; typical: string | null };

/**
 * All that the demo of a model has to know besides the model: it is made once from a competition and a run, and written
 * beside an exported model, which then needs neither data nor competition.
 */
export interface ModelForm extends CsvFormat {
  format: 1;
  title: string;
  /** Where the model comes from and how good it is, in a line. */
  about: string;
  task: 'classification' | 'regression';
  id: string;
  target: string;
  features: string[];
  kinds: Readonly<Record<string, ColumnKind>>;
  trainFile: string;
  classes: readonly Label[];
  submissionValues: SubmissionValues;
  /** See SubmissionForm. */
  classColumns: readonly string[] | null;
  /** null for one text column, which is asked for as a text. */
  fields: FormField[] | null;
  /** Payloads of a few test rows. */
  examples: Payload[][];
  /** The ids of the test set, as they are written. */
  testIds: string[];
  /** Path of the sample submission; null where there is none. */
  sample: string | null;
}

/** Test rows to click. */
const EXAMPLES = 5;
/** Most different texts of a column that is asked for as a choice. */
const MOST_CHOICES = 60;

/** @throws CompetitionError, ParseError as reading the competition's data does */
export async function modelForm(competition: LoadedCompetition, { record }: Pick<LoadedRun, 'record'>): Promise<ModelForm> {
  const { definition, folder } = competition;
  const { features, kinds, task, id, target, metric, trainRows } = record.competition;
  const isText = features.length === 1 && kinds[features[0]] === 'text';
  // A text's form asks nothing of the training rows, so that they need not be read.
  const data = isText ? null : await competitionData(competition);
  const test = await readAsInTraining(join(folder, definition.test), { ...csvOptions(definition), ids: [id], types: kinds }, basename(definition.train));
  const fields = data === null ? null : (data.X as Table).names.map((name) => formField(data.X as Table, name));
  const score = record.pipelines.find(({ name }) => name === record.winner)?.scores[metric];
  const sample = data === null ? samplePath(competition) : (data.sample ?? null);
  const submission = await submissionForm(definition, task, record.classes, sampleFile(competition));
  return {
    format: 1,
    title: record.competition.title,
    about: [record.winner, ...(score ? [`${metric} ${score.mean.toFixed(4)} ± ${score.std.toFixed(4)} in cross-validation`] : []), `trained on ${trainRows.toLocaleString('en-US')} rows`].join(' · '),
    task,
    id,
    target,
    features,
    kinds,
    encoding: definition.encoding,
    delimiter: definition.delimiter,
    decimal: definition.decimal,
    trainFile: basename(definition.train),
    classes: record.classes,
    submissionValues: submission.values,
    classColumns: submission.classColumns,
    fields,
    examples: examplesOf(test.take(Array.from({ length: Math.min(EXAMPLES, test.rows) }, (_, i) => i)), features, fields),
    testIds: columnFields(test.data(id)),
    sample,
  };
}

function samplePath({ definition, folder }: LoadedCompetition): string | null {
  return definition.submission.sample === null ? null : join(folder, definition.submission.sample);
}

function formField(train: Table, name: string): FormField {
  const summary = train.select([name]).describe().columns[0];
  const { spread, top, unique } = summary;
  switch (summary.kind) {
    case 'number': {
      if (spread === null) return { name, kind: 'number', min: 0, max: 0, typical: 0, whole: false };
      const whole = train.numbers(name).every((value) => Number.isNaN(value) || Number.isInteger(value));
      return { name, kind: 'number', min: spread.min, max: spread.max, typical: whole ? Math.round(spread.median) : Number(spread.median.toPrecision(6)), whole };
    }
    case 'boolean':
      return { name, kind: 'boolean', typical: top?.value === true };
    case 'date':
      return { name, kind: 'date', typical: spread === null ? null : new Date(spread.median).toISOString().slice(0, 10) };
    default: {
      const texts = [...new Set(columnFields(train.data(name)))].filter((text) => text !== '');
      // A most frequent value tells nothing of names and tickets.
      if (unique === 0 || unique > MOST_CHOICES || unique > train.rows / 2) return { name, kind: areSentences(texts) ? 'sentences' : 'text', typical: null };
      const counts = new Map<string, number>();
      for (const text of columnFields(train.data(name))) counts.set(text, (counts.get(text) ?? 0) + 1);
      return { name, kind: 'choice', choices: texts.sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number)), typical: String(top?.value ?? texts[0]) };
    }
  }
}

function examplesOf(rows: Table, features: readonly string[], fields: readonly FormField[] | null): Payload[][] {
  const dates = Object.fromEntries(features.filter((name) => rows.kind(name) === 'date').map((name) => [name, columnFields(rows.data(name))]));
  return Array.from({ length: rows.rows }, (_, i) =>
    features.map((name, j): Payload => {
      const value: unknown = rows.column(name).at(i);
      if (value === null || Number.isNaN(value)) return fields === null ? '' : null;
      if (Object.hasOwn(dates, name)) return dates[name][i];
      const field = fields?.[j];
      // A choice that no training row had cannot be made in the form.
      if (field?.kind === 'choice') return field.choices.includes(String(value)) ? String(value) : null;
      if (field?.kind === 'boolean') return value === true ? 'true' : 'false';
      return value as Payload;
    }),
  );
}
