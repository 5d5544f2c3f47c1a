import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { uniqueLabels, type Label } from '../core/labels.ts';
import { packageVersions } from '../core/package-versions.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import { show } from '../core/show.ts';
import { scorer } from '../metrics/scorer.ts';
import { evaluateVariants, type FoldEvaluation } from '../model-selection/evaluate-variants.ts';
import { HoistedRows } from '../model-selection/hoisted-rows.ts';
import { bestFirst } from './best-first.ts';
import { checkSubmission } from './check-submission.ts';
import { competitionData, type CompetitionData } from './competition-data.ts';
import { competitionSplits } from './competition-splits.ts';
import type { Competition } from './define-competition.ts';
import { diagnoseRun } from './diagnose-run.ts';
import type { Diagnostics } from './diagnostics.ts';
import { inPipeline } from './in-pipeline.ts';
import { judgePipeline, type JudgedPipeline } from './judge-pipeline.ts';
import { loadPipelineFile, type LoadedCompetition, type LoadedPipeline, type Model } from './load-competition.ts';
import { predictionColumns, submissionColumns, submissionForm, type SubmissionForm } from './submission-form.ts';
import { checkPipelineNames } from './out-of-fold-columns.ts';
import { pipelineVariants, type PipelineVariants } from './pipeline-variants.ts';
import { candidatesOf, keptScores } from './run-candidates.ts';
import { runHashes } from './run-hashes.ts';
import { checkUnchanged, interruptedRun, RunJournal, type JournalPlace, type UnfinishedRun } from './run-journal.ts';
import type { OutOfFold, RunRecord, RunTimes } from './run-record.ts';
import { savedModel } from './saved-model.ts';
import type { TestPrediction } from './test-prediction.ts';
import { thisMachine } from './this-machine.ts';
import { timeFolds, timeWarnings } from './time-folds.ts';

/** What a run reports while it works. Folds are reported as they are done, which need not be in their order. */
export type RunEvent =
  | { type: 'data'; trainRows: number; testRows: number; features: readonly string[] }
  /** `steps`: how many 'fold' events of this pipeline there will be; one per fold and candidate. */
  | { type: 'pipeline'; pipeline: string; nSplits: number; candidates: number; steps: number }
  /** The first fold begins; so many 'fold' events come of all pipelines, but for those that are done. */
  | { type: 'start'; steps: number }
  | { type: 'fold'; pipeline: string; candidate: number; fold: number; nSplits: number; score: number; seconds: number }
  | { type: 'refit'; pipeline: string; rows: number }
  | { type: 'predict'; rows: number }
  | { type: 'diagnose'; pipeline: string }
  /** The run goes on where an earlier one was interrupted; `steps` are done of each pipeline, with these scores, by candidate. */
  | { type: 'resume'; started: string; steps: Readonly<Record<string, number>>; scores: Readonly<Record<string, readonly (readonly number[])[]>> };

export interface RunOptions {
  /** Pipelines to run instead of the competition's list. */
  pipelines?: readonly string[];
  /** Seed of folds and stages. Default: the competition's cv.randomState. */
  seed?: number;
  /** Whether pipelines that export a search space are searched; the best candidate competes. Default false. */
  search?: boolean;
  /** Threads to work in; the results do not depend on it. Default null: one per core. */
  workers?: number | null;
  /** Whether to work out what the report tells beyond scores (diagnoseRun). Default false. */
  diagnose?: boolean;
  onEvent?: (event: RunEvent) => void;
  /**
   * Where finished folds are kept, so that an interrupted run can go on: the folder of all runs, and whether to go on with the
   * newest interrupted one, with its seed and pipelines; where there is none the run begins anew. Default null: nowhere.
   */
  journal?: { out: string; resume: boolean } | null;
  /** Stops the run with the signal's reason. */
  signal?: AbortSignal;
}

/** Everything a run found; `writeRun` puts it into files. */
export interface RunResult {
  record: RunRecord;
  times: RunTimes;
  ids: Label[];
  y: Label[];
  /** By pipeline. */
  outOfFold: Record<string, OutOfFold>;
  /** Columns of the submission, the id first. */
  submission: Record<string, ArrayLike<Label | null>>;
  /** Columns of test predictions of the winner's fold models (each has seen a part of the rows only); only where a solution is known. */
  foldPredictions: Record<string, ArrayLike<Label | null>> | undefined;
  /** By pipeline: what its fold models say of the test rows on average. */
  testPredictions: Record<string, TestPrediction>;
  /** Full path of the sample submission, or undefined. */
  sample: string | undefined;
  model: Model;
  /** What the report tells beyond scores; null where it was not asked for. */
  diagnostics: Diagnostics | null;
  /** The model as a file; null where it holds what a file cannot, as record.warnings tell. */
  modelFile: Uint8Array | null;
  /** To be removed once the run is written; null where none was asked for. */
  journal: RunJournal | null;
}

/**
 * The main job: cross-validates every pipeline on the same folds, refits the best on **all** training
 * rows, predicts the test rows and checks the submission against the sample. Writes nothing but the journal.
 *
 * @throws CompetitionError, ParseError, SubmissionError, or what a pipeline throws, with its name in front.
 */
export async function runCompetition(competition: LoadedCompetition, options: RunOptions = {}): Promise<RunResult> {
  const { definition } = competition;
  const clock = performance.now();
  const { parent, interrupted, started, names, seed, search } = settingsOf(competition, options);
  const loaded = new Map<string, LoadedPipeline>();
  for (const name of names) loaded.set(name, await loadPipelineFile(competition, name, { seed }));

  const data = await competitionData(competition);
  options.onEvent?.({ type: 'data', trainRows: data.y.length, testRows: data.testIds.length, features: data.features });
  const { splitter, splits } = competitionSplits(definition, data, seed);
  const classes = data.task === 'classification' ? uniqueLabels(competition.name, data.y) : [];
  const metric = scorer(definition.metric);
  const form = await submissionForm(definition, data.task, classes, data.sample);
  await checkSample(definition, data, form);
  const hashes = await runHashes(competition, { y: data.y, splits });
  const versions = packageVersions();
  if (interrupted) checkUnchanged(interrupted, { hashes, versions });
  const rows = new HoistedRows(data.X);
  const testRows = new HoistedRows(data.testX);

  const entries: PipelineVariants[] = [];
  for (const [name, pipeline] of loaded) {
    entries.push(await pipelineVariants(name, pipeline, definition, data, { seed, search }));
  }
  for (const { name, models } of entries) {
    const candidates = models.length;
    options.onEvent?.({ type: 'pipeline', pipeline: name, nSplits: splits.length, candidates, steps: splits.length * candidates });
  }
  const candidates = candidatesOf(entries, loaded, seed);
  const steps = splits.length * candidates.length;
  const journal = parent === undefined ? null : new RunJournal(parent, { started, options: { pipelines: names, seed, search }, hashes, versions, steps }, interrupted);
  const placeOf = (variant: number, fold: number): JournalPlace => ({ ...candidates[variant].place, fold });
  const keptOf = (variant: number, fold: number): FoldEvaluation | undefined => journal?.find(placeOf(variant, fold), splits[fold]);
  if (interrupted) options.onEvent?.({ type: 'resume', started, ...keptScores(entries, candidates, splits.length, definition.metric, keptOf) });
  options.onEvent?.({ type: 'start', steps });
  const { variants } = await evaluateVariants(candidates.map(({ model }) => model), {
    rows,
    y: data.y,
    sampleWeight: undefined,
    splits,
    also: testRows,
    keepEstimators: false,
    workers: options.workers ?? null,
    signal: options.signal ?? null,
    errors: 'throw',
    journal: journal && { find: keptOf, keep: (variant, fold, evaluation) => journal.keep(placeOf(variant, fold), evaluation) },
    onFold: (variant, { fold, scores, fitSeconds, scoreSeconds }) => {
      const { pipeline, candidate } = candidates[variant].place;
      options.onEvent?.({ type: 'fold', pipeline, candidate, fold, nSplits: splits.length, score: scores[definition.metric], seconds: fitSeconds + scoreSeconds });
    },
  });
  const judged = entries.map((entry) => {
    const own = [...candidates.keys()].filter((variant) => candidates[variant].place.pipeline === entry.name);
    const codes = own.map((variant) => candidates[variant].place.code);
    return judgePipeline(entry, own.map((variant) => variants[variant]), { metric: definition.metric, rows: data.y.length, codes, inTimeOrder: data.times !== undefined });
  });
  const meanOf = ({ record }: JudgedPipeline): number => record.scores[definition.metric].mean;
  const order = bestFirst(metric.better);
  const ranked = [...judged].sort((a, b) => order(meanOf(a), meanOf(b)));
  const winner = ranked[0];
  const winnerName = winner.record.name;

  options.signal?.throwIfAborted();
  options.onEvent?.({ type: 'refit', pipeline: winnerName, rows: data.y.length });
  const refitClock = performance.now();
  const best = winner.model;
  // What goes by the order of rows must find the folds' order again.
  const byTime = data.times?.order.some((row, place) => row !== place) ? data.times.order : undefined;
  const inOrder = <T>(X: T): T => (byTime === undefined ? X : takeRows(X, byTime));
  await inPipeline(winnerName, () => best.fit(inOrder(rows.for(best)), inOrder(data.y)));
  const refitSeconds = (performance.now() - refitClock) / 1000;

  const saved = await savedModel(competition, (loaded.get(winnerName) as LoadedPipeline).url, best);

  options.signal?.throwIfAborted();
  options.onEvent?.({ type: 'predict', rows: data.testIds.length });
  const submission = { [definition.id]: data.testIds, ...(await inPipeline(winnerName, () => submissionColumns(best, testRows.for(best), form))) };
  if (data.sample !== undefined) await checkSubmission(submission, { sample: data.sample, testIds: data.testIds });

  options.signal?.throwIfAborted();
  if (options.diagnose) options.onEvent?.({ type: 'diagnose', pipeline: winnerName });
  const diagnostics = options.diagnose
    ? await diagnoseRun({ data, splits, classes, metric: definition.metric, seed, model: best.clone() as Model, scores: winner.record.scores[definition.metric].folds, outOfFold: winner.outOfFold })
    : null;

  return {
    record: {
      format: 1,
      competition: competitionRecord(competition, data),
      seed,
      cv: { splitter: splitter.owner, nSplits: splits.length, options: data.folds === undefined ? { ...splitter.options } : { column: definition.cv.folds }, ...(data.times && { inTime: timeFolds(data.times, splits) }) },
      classes,
      pipelines: ranked.map(({ record }) => record),
      winner: winnerName,
      warnings: [...data.warnings, ...(data.times ? timeWarnings(data.times, splits) : []), ...saved.warnings],
      hashes,
    },
    times: {
      options: { pipelines: names, seed, search, workers: options.workers ?? null },
      started,
      seconds: (performance.now() - clock) / 1000,
      pipelines: Object.fromEntries(judged.map(({ record, seconds }) => [record.name, seconds])),
      refitSeconds,
      versions,
      machine: thisMachine(),
    },
    ids: data.ids,
    y: data.y,
    outOfFold: Object.fromEntries(judged.map((one) => [one.record.name, one.outOfFold])),
    submission,
    foldPredictions: definition.solution === null ? undefined : foldPredictions(definition.id, data, winner, form),
    testPredictions: Object.fromEntries(judged.map((one) => [one.record.name, one.testPrediction])),
    sample: data.sample,
    model: best,
    diagnostics,
    modelFile: saved.file,
    journal,
  };
}

/** What a run goes by: as asked for, else as the interrupted run that it goes on with, else as the competition says. */
interface Settings {
  /** Folder of the competition's runs; undefined where no journal is kept. */
  parent: string | undefined;
  interrupted: UnfinishedRun | undefined;
  /** ISO time. */
  started: string;
  names: readonly string[];
  seed: number;
  search: boolean;
}

/** @throws CompetitionError for no pipelines, names that pipelines must not have, or options that are not those of the interrupted run */
function settingsOf({ name, definition }: LoadedCompetition, options: RunOptions): Settings {
  const parent = options.journal ? join(options.journal.out, name) : undefined;
  const interrupted = parent !== undefined && options.journal?.resume ? interruptedRun(parent) : undefined;
  if (interrupted) checkSameOptions(options, interrupted);
  const names = options.pipelines ?? interrupted?.options.pipelines ?? definition.pipelines;
  if (names.length === 0) throw new CompetitionError(`${name}: pipelines must name at least one, got none.`);
  checkPipelineNames(name, definition, names);
  return {
    parent,
    interrupted,
    started: interrupted?.started ?? new Date().toISOString(),
    names,
    seed: options.seed ?? interrupted?.options.seed ?? definition.cv.randomState,
    search: options.search ?? interrupted?.options.search ?? false,
  };
}

/** A sample that no submission could match is better told before the work than after it. @throws SubmissionError */
async function checkSample({ id }: Competition, { y, testIds, sample }: CompetitionData, { task, target, values, classColumns }: SubmissionForm): Promise<void> {
  if (sample === undefined) return;
  const placeholder = testIds.map(() => (task === 'regression' || values === 'probabilities' ? 0.5 : y[0]));
  await checkSubmission({ [id]: testIds, ...Object.fromEntries((classColumns ?? [target]).map((name) => [name, placeholder])) }, { sample, testIds });
}

function competitionRecord({ name, definition }: LoadedCompetition, data: CompetitionData): RunRecord['competition'] {
  const { title, metric, id, target } = definition;
  const { task, features, kinds } = data;
  return { name, title, metric, better: scorer(metric).better, task, id, target, features, kinds, trainRows: rowCount(data.X), testRows: data.testIds.length };
}

/** A column for each of the winner's fold models, or one for each of them and each class. */
function foldPredictions(id: string, { testIds }: CompetitionData, { testPredictions }: JudgedPipeline, form: SubmissionForm): RunResult['foldPredictions'] {
  const columns = testPredictions.flatMap((prediction, fold) =>
    Object.entries(predictionColumns(prediction, form)).map(([name, values]) => [form.classColumns === null ? `fold${fold + 1}` : `fold${fold + 1}: ${name}`, values]),
  );
  return { [id]: testIds, ...Object.fromEntries(columns) };
}

/** @throws CompetitionError for an option that differs from the interrupted run's */
function checkSameOptions(asked: RunOptions, { started, options }: UnfinishedRun): void {
  for (const name of ['seed', 'pipelines', 'search'] as const) {
    if (asked[name] === undefined || JSON.stringify(asked[name]) === JSON.stringify(options[name])) continue;
    throw new CompetitionError(`Run: the run of ${started} was made with ${name} ${show(options[name])}, got ${show(asked[name])}. Leave the option out, or run without --resume.`);
  }
}
