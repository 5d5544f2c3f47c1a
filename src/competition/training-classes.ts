import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Label } from '../core/labels.ts';
import { readCsv } from '../table/read-csv.ts';
import { csvOptions } from './csv-format.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { readLabelTable } from './read-image-table.ts';

/** The labels of the training rows, each once, in no order; none where the file is not there. */
export async function trainingClasses({ definition, folder }: Pick<LoadedCompetition, 'definition' | 'folder'>): Promise<Label[]> {
  const { id, target, labels, train } = definition;
  const file = join(folder, labels ?? train);
  if (!existsSync(file)) return [];
  const table = labels === null ? await readCsv(file, csvOptions(definition)) : await readLabelTable(file, { id, target });
  return [...new Set(table.column(target).toArray() as Label[])].filter((label) => label !== null);
}
