import type { Label } from '../core/labels.ts';
import type { ScorerName } from '../metrics/scorer.ts';
import type { Model } from '../model-selection/model.ts';
import type { OutOfFold } from '../model-selection/out-of-fold.ts';
import type { Split } from '../model-selection/splitter.ts';
import { Table } from '../table/table.ts';
import type { CompetitionData } from './competition-data.ts';
import type { Diagnostics } from './diagnostics.ts';
import { hardestRows } from './hardest-rows.ts';
import { inputImportance, rowsOf } from './input-importance.ts';
import { learningCurve } from './learning-curve.ts';
import { trainTestDrift } from './train-test-drift.ts';

/** Rows beyond which the winner is not fitted again for a picture of it. */
const MOST_ROWS = 20_000;
/** Columns beyond which none is shuffled: a single pixel tells little, and hundreds of them take longer than the run. */
const MOST_COLUMNS = 200;
/** Rows that importance is asked of. */
const MOST_ASKED = 2000;

export interface DiagnosedRun {
  data: CompetitionData;
  splits: readonly Split[];
  classes: readonly Label[];
  metric: ScorerName;
  seed: number;
  /** The winner; a copy of it is fitted. */
  model: Model;
  /** Its score in each fold. */
  scores: readonly number[];
  outOfFold: OutOfFold;
}

/**
 * What a report tells beyond scores: what the winner leans on, which rows it gets wrong, whether more rows would help, and
 * whether test rows differ from training rows. Costs a few more fits, and nothing of it reaches model or submission.
 *
 * A part that cannot be had is left out with a note: a picture must not end a run whose work is done.
 */
export async function diagnoseRun({ data, splits, classes, metric, seed, model, scores, outOfFold }: DiagnosedRun): Promise<Diagnostics> {
  const notes: string[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T | null>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      notes.push(`${what} could not be worked out: ${(error as Error).message}`);
      return null;
    }
  };
  const isSmall = data.y.length <= MOST_ROWS;
  if (!isSmall) notes.push(`With more than ${MOST_ROWS.toLocaleString('en')} rows, importance and learning curve are left out.`);
  const isNarrow = !(data.X instanceof Table) || data.X.names.length <= MOST_COLUMNS;
  if (isSmall && !isNarrow) notes.push(`With more than ${MOST_COLUMNS} columns, importance is left out.`);
  const all = { X: data.X, y: data.y };
  // In the order of time folds learn from unlike numbers of rows, and the last one is most like the refitted model.
  const asked = data.times === undefined ? splits : splits.slice(-1);
  const askedScores = data.times === undefined ? scores : scores.slice(-1);
  const [{ train, test }] = asked;
  return {
    ...hardestRows(data, outOfFold, classes),
    importance: isSmall && isNarrow ? await attempt('Importance', () => inputImportance(model, rowsOf(all, train), rowsOf(all, test.slice(0, MOST_ASKED)), metric, seed)) : null,
    learningCurve: isSmall ? await attempt('The learning curve', () => learningCurve(model, data.X, data.y, asked, askedScores, metric, seed)) : null,
    drift: await attempt('Drift', () => trainTestDrift(data, seed)),
    notes,
  };
}
