import { diffRuns, type RunDiff } from '../../competition/diff-runs.ts';
import { differenceText } from '../../competition/difference-sentence.ts';
import { findRun } from '../../competition/stored-run.ts';
import { showList } from '../../core/show.ts';
import type { Arguments } from '../command.ts';
import { textTable } from '../text-table.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const out = options.out as string | undefined;
  const [before, after] = [findRun(positional.before as string, out), findRun(positional.after as string, out)];
  const names = (options.pipeline as string[] | undefined) ?? [];
  const diff = await diffRuns(before, after, names.length === 1 ? [names[0], names[0]] : [names[0], names[1]]);
  if (options.json) process.stdout.write(`${JSON.stringify({ before: before.folder, after: after.folder, ...diff })}\n`);
  else process.stdout.write(`${lines(diff, before.name, after.name).join('\n')}\n`);
  return 0;
}

function lines(diff: RunDiff, before: string, after: string): string[] {
  const [one, other] = diff.pipelines;
  return [`${before} ${one} → ${after} ${other}`, '', ...optionLines(diff), '', ...scoreLines(diff), ...rowLines(diff)];
}

function optionLines({ options, codeChanged }: RunDiff): string[] {
  if (options.length > 0) return [textTable(['option', 'before', 'after'], options.map(({ name, before, after }) => [name, value(before), value(after)]), 3)];
  return [codeChanged ? 'No option changed, but the pipeline’s code did.' : 'No option changed.'];
}

function scoreLines({ metric, scores, gain, reason }: RunDiff): string[] {
  const [was, is] = scores.map((score) => (score && !Number.isNaN(score.mean) ? `${score.mean.toFixed(4)} ± ${score.std.toFixed(4)}` : 'n/a'));
  const line = `${metric}: ${was} → ${is}`;
  if (reason !== undefined) return [line, `These scores cannot be compared: of the first run, ${reason}.`];
  if (gain === undefined) return [line];
  if (gain.mean === 0 && gain.halfWidth === 0) return [line, 'The score is the same in every fold.'];
  const direction = gain.mean >= 0 ? 'better' : 'worse';
  const certain = gain.pValue < 0.05 ? 'more than chance in the choice of rows explains' : 'which the folds cannot tell from chance';
  const wins = `better in ${gain.greater} of ${scores[0].folds.length} folds`;
  return [line, `That is ${direction} by ${differenceText({ ...gain, mean: Math.abs(gain.mean) }, metric)} (95 %), ${certain}; ${wins}.`];
}

function rowLines({ rows, submitted }: RunDiff): string[] {
  const result: string[] = [];
  if (rows) {
    const moved = rows.better.length + rows.worse.length;
    const some = (ids: readonly string[]): string => (ids.length === 0 ? '' : `: ${showList(ids, 8)}`);
    result.push(
      rows.unit === 'side' ? `${moved} of ${rows.rows} training rows changed sides.` : `The error of ${moved} of ${rows.rows} training rows changed; the most changed first:`,
      `  better, ${rows.better.length}${some(rows.better)}`,
      `  worse, ${rows.worse.length}${some(rows.worse)}`,
    );
  }
  if (submitted) result.push(`${submitted.changed} of ${submitted.rows} submitted values changed.`);
  return result;
}

function value(option: unknown): string {
  if (option === undefined) return '–';
  return typeof option === 'string' ? option : (JSON.stringify(option) ?? String(option));
}
