import { basename } from 'node:path';
import type { Label } from '../core/labels.ts';
import type { Table } from '../table/table.ts';
import { checkColumns, featureValues, idColumn, readAsInTraining } from './competition-data.ts';
import { csvOptions } from './csv-format.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { readImageTable } from './read-image-table.ts';
import type { RunRecord } from './run-record.ts';

/** Rows that a run's model is asked about. */
export interface NewRows {
  ids: Label[];
  /** As the run's pipelines got them: texts for one text column, else a Table. */
  X: readonly string[] | Table;
  warnings: string[];
}

/**
 * Reads a CSV of new rows (or an IDX file of images, in a competition of images), each feature as what it was in training.
 * @throws ParseError, CompetitionError naming file, column and rows.
 */
export async function newRows({ definition }: LoadedCompetition, record: RunRecord, file: string): Promise<NewRows> {
  const { id, features, kinds } = record.competition;
  const name = basename(file);
  const table =
    definition.labels === null || file.endsWith('.csv')
      ? await readAsInTraining(file, { ...csvOptions(definition), ids: [id], types: kinds }, basename(definition.train))
      : await readImageTable(file, { id });
  checkColumns(name, table, [id, ...features], { [id]: 'id' });
  const warnings: string[] = [];
  return { ids: idColumn(name, table, id), X: featureValues(table, name, features, warnings), warnings };
}
