import { join, relative } from 'node:path';
import { loadCompetition } from '../../competition/load-competition.ts';
import { loadRun } from '../../competition/load-run.ts';
import { newRows } from '../../competition/new-rows.ts';
import { sampleFile } from '../../competition/sample-file.ts';
import { submissionColumns, submissionForm } from '../../competition/submission-form.ts';
import { CompetitionError } from '../../core/errors.ts';
import type { Label } from '../../core/labels.ts';
import { canPredict } from '../../model-selection/model.ts';
import { writeCsv } from '../../table/write-csv.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const { definition, folder } = competition;
  const { record, model, folder: runFolder } = await loadRun(competition, { out: options.out as string | undefined, run: options.run as string | undefined });
  const input = (options.input as string | undefined) ?? join(folder, definition.test);
  const output = (options.output as string | undefined) ?? 'predictions.csv';

  const { ids, X, warnings } = await newRows(competition, record, input);
  const { id, task } = record.competition;
  const form = await submissionForm(definition, task, record.classes, sampleFile(competition));
  const columns: Record<string, ArrayLike<Label>> = { [id]: ids, ...(await submissionColumns(model, X, form)) };
  if (options.proba) {
    if (!canPredict(model, 'predictProba')) throw new CompetitionError(`${competition.name}: ${record.winner} must know probabilities for --proba, it does not. Leave --proba out.`);
    const probabilities = await model.predictProba(X);
    record.classes.forEach((label, k) => (columns[`P(${label})`] = probabilities.col(k)));
  }
  await writeCsv(output, columns);

  if (options.json) process.stdout.write(`${JSON.stringify({ file: output, rows: ids.length, run: runFolder, pipeline: record.winner, warnings })}\n`);
  else process.stdout.write(`${warnings.map((warning) => `Note: ${warning}\n`).join('')}${relative(process.cwd(), output)}: ${ids.length} rows predicted by ${record.winner} of ${relative(process.cwd(), runFolder)}\n`);
  return 0;
}
