import { CompetitionError } from '../core/errors.ts';

/** The column of oof.csv that holds a row's fold: `fold`, or where the competition has a column of that name, another. */
export function foldColumn({ id, target }: { id: string; target: string }): string {
  return [id, target].includes('fold') ? 'fold of the row' : 'fold';
}

/** @throws CompetitionError for pipelines that would take the name of another column of oof.csv */
export function checkPipelineNames(competition: string, columns: { id: string; target: string }, pipelines: readonly string[]): void {
  const taken = [columns.id, columns.target, foldColumn(columns)];
  const name = pipelines.find((one) => taken.includes(one));
  if (name !== undefined) throw new CompetitionError(`${competition}: a pipeline must not be called as a column of oof.csv (${taken.join(', ')}), got ${name}. Rename its file.`);
}
