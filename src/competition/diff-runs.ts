import { CompetitionError } from '../core/errors.ts';
import { show, showList } from '../core/show.ts';
import { pairedDifference, type PairedDifference } from '../model-selection/paired-difference.ts';
import { whyNot } from './compare-runs.ts';
import type { PipelineRecord, ScoreSummary } from './run-record.ts';
import { readPredictions, type StoredRun } from './stored-run.ts';
import { testShare } from './test-share.ts';

/** What became different from one run to another. */
export interface RunDiff {
  /** The pipelines compared: one of each run. */
  pipelines: [string, string];
  /** By name (`seed`, `classify.C`, …), the value before and after; undefined for what was not there. */
  options: { name: string; before: unknown; after: unknown }[];
  /** Whether a pipeline's code changed although no option did. */
  codeChanged: boolean;
  /** Why scores and rows cannot be compared; undefined where they can. */
  reason: string | undefined;
  metric: string;
  /** By the competition's metric. */
  scores: [ScoreSummary, ScoreSummary];
  /** After − before, positive for better; undefined where that cannot be said. */
  gain: PairedDifference | undefined;
  rows: RowDiff | undefined;
  /** Test rows whose submitted value changed; undefined where the test sets differ. */
  submitted: { changed: number; rows: number } | undefined;
}

/** Rows whose out-of-fold prediction changed. */
export interface RowDiff {
  /** Ids of rows that were wrong and are right now; for regression, of those that came closer, the most changed first. */
  better: string[];
  /** Ids of rows that were right and are wrong now; for regression, of those that are further off. */
  worse: string[];
  /** Rows that both have predicted out of fold. */
  rows: number;
  /** What changed: the side of a label, or the size of an error. */
  unit: 'side' | 'error';
}

/**
 * What changed between two runs of a competition: options, score, and which rows changed sides.
 * @param names the pipeline of each run to look at; default the one that was refitted
 * @throws CompetitionError for runs of different competitions, or a pipeline that a run does not have
 */
export async function diffRuns(before: StoredRun, after: StoredRun, names: readonly [string?, string?] = []): Promise<RunDiff> {
  const [a, b] = [before.record, after.record];
  if (a.competition.name !== b.competition.name) {
    throw new CompetitionError(`Diff: both runs must be of one competition, got ${a.competition.name} and ${b.competition.name}.`);
  }
  const [one, other] = [pipelineOf(before, names[0]), pipelineOf(after, names[1])];
  const settings = settingsOf(after);
  const options = changes({ ...optionsOf(one), ...settingsOf(before) }, { ...optionsOf(other), ...settings }, settings);
  const { metric, better } = b.competition;
  const scores: [ScoreSummary, ScoreSummary] = [one.scores[a.competition.metric], other.scores[metric]];
  const reason = whyNot(a, b);
  const sign = better === 'higher' ? 1 : -1;
  const folds = scores.map((score) => score.folds.map((value) => sign * value));
  const comparable = reason === undefined && folds.flat().every(Number.isFinite) && folds[0].length > 1;
  return {
    pipelines: [one.name, other.name],
    options,
    codeChanged: one.name === other.name && one.code !== other.code && options.length === 0,
    reason,
    metric,
    scores,
    gain: comparable ? pairedDifference(folds[1], folds[0], { testShare: testShare(b.cv) }) : undefined,
    ...(await rowChanges(before, after, [one.name, other.name], a.hashes.train === b.hashes.train && a.hashes.target === b.hashes.target, a.hashes.test === b.hashes.test)),
  };
}

function pipelineOf({ name, record }: StoredRun, wanted = record.winner): PipelineRecord {
  const found = record.pipelines.find((pipeline) => pipeline.name === wanted);
  if (found === undefined) throw new CompetitionError(`Diff: ${name} has no pipeline ${show(wanted)}. Its pipelines are ${showList(record.pipelines.map((pipeline) => pipeline.name))}.`);
  return found;
}

/** What a run was made with besides its pipelines. */
function settingsOf({ record, times }: StoredRun): Record<string, unknown> {
  const { competition, cv, seed } = record;
  return {
    seed,
    metric: competition.metric,
    features: competition.features,
    folds: cv.splitter,
    ...(cv.inTime && { 'folds.timeOrder': cv.inTime.column ?? true }),
    ...Object.fromEntries(Object.entries(cv.options).filter(([name]) => name !== 'randomState').map(([name, value]) => [`folds.${name}`, value])),
    ...Object.fromEntries(Object.entries(times.versions).map(([name, version]) => [`version.${name}`, version])),
  };
}

function optionsOf({ stages }: PipelineRecord): Record<string, unknown> {
  return Object.fromEntries(stages.flatMap(({ name, estimator, options }) => [[name, estimator], ...Object.entries(options).map(([option, value]) => [`${name}.${option}`, value])]));
}

function changes(before: Record<string, unknown>, after: Record<string, unknown>, settings: Record<string, unknown>): RunDiff['options'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    // Of a stage that only one of them has, the estimator says enough.
    .filter((name) => [before, after].every((all) => !name.includes('.') || name in settings || name.replace(/\.[^.]*$/, '') in all))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}

async function rowChanges(before: StoredRun, after: StoredRun, [one, other]: [string, string], sameTrain: boolean, sameTest: boolean): Promise<Pick<RunDiff, 'rows' | 'submitted'>> {
  if (!sameTrain && !sameTest) return { rows: undefined, submitted: undefined };
  const [a, b] = [await readPredictions(before), await readPredictions(after)];
  let rows: RowDiff | undefined;
  if (sameTrain) {
    const error = ({ y, outOfFold }: typeof a, name: string): Float64Array => {
      const { values, labels } = outOfFold[name];
      return Float64Array.from(y, (target, i) => (values ? Math.abs(values[i] - (target as number)) : Number(labels[i] !== target)));
    };
    const [was, is] = [error(a, one), error(b, other)];
    // Rows that only one of them has predicted have not changed.
    const both = [...a.ids.keys()].filter((i) => a.outOfFold[one].folds[i] >= 0 && b.outOfFold[other].folds[i] >= 0);
    const changed = both.map((i) => ({ id: a.ids[i], by: is[i] - was[i] })).filter(({ by }) => Math.abs(by) > 0);
    const ids = (some: typeof changed): string[] => some.sort((x, y) => Math.abs(y.by) - Math.abs(x.by)).map(({ id }) => id);
    rows = { better: ids(changed.filter(({ by }) => by < 0)), worse: ids(changed.filter(({ by }) => by > 0)), rows: both.length, unit: after.record.competition.task === 'regression' ? 'error' : 'side' };
  }
  return { rows, submitted: sameTest ? await submittedChanges(before, after) : undefined };
}

async function submittedChanges(before: StoredRun, after: StoredRun): Promise<RunDiff['submitted']> {
  const { readCsv } = await import('../table/read-csv.ts');
  const { id, target } = after.record.competition;
  const [was, is] = await Promise.all([before, after].map(({ folder }) => readCsv(`${folder}/submission.csv`, { ids: [id, target] })));
  const valueOf = new Map(was.column(id).toArray().map((key, i) => [key, was.column(target).at(i)]));
  const values = is.column(target).toArray();
  return { changed: is.column(id).toArray().filter((key, i) => valueOf.get(key) !== values[i]).length, rows: is.rows };
}
