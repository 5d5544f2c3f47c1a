import { cpus, totalmem } from 'node:os';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { uniqueLabels } from '../core/labels.ts';
import { rowCount } from '../core/rows.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import { crossValidate } from '../model-selection/cross-validate.ts';
import { checkSubmission } from './check-submission.ts';
import { competitionData, type CompetitionData } from './competition-data.ts';
import { competitionSplitter } from './competition-splitter.ts';
import { loadPipeline, type LoadedCompetition, type Model } from './load-competition.ts';
import { stageRecords } from './stage-records.ts';
import { packageVersions } from './package-versions.ts';
import type { OutOfFold, PipelineRecord, RunRecord, RunTimes } from './run-record.ts';

/** What a run reports while it works. */
export type RunEvent =
  | { type: 'data'; trainRows: number; testRows: number; features: readonly string[] }
  | { type: 'pipeline'; pipeline: string; nSplits: number }
  | { type: 'fold'; pipeline: string; fold: number; nSplits: number; score: number; seconds: number }
  | { type: 'refit'; pipeline: string; rows: number }
  | { type: 'predict'; rows: number };

export interface RunOptions {
  /** Pipelines to run instead of the competition's list. */
  pipelines?: readonly string[];
  /** Seed of folds and stages. Default: the competition's cv.randomState. */
  seed?: number;
  onEvent?: (event: RunEvent) => void;
  /** Stops the run between folds. */
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
  /** Full path of the sample submission, or undefined. */
  sample: string | undefined;
  model: Model;
}

/**
 * The main job: cross-validates every pipeline on the same folds, refits the best on **all** training
 * rows, predicts the test rows and checks the submission against the sample. Writes nothing.
 *
 * @throws CompetitionError, ParseError, SubmissionError, or what a pipeline throws, with its name in front.
 */
export async function runCompetition(competition: LoadedCompetition, options: RunOptions = {}): Promise<RunResult> {
  const { definition } = competition;
  const started = new Date();
  const clock = performance.now();
  const seed = options.seed ?? definition.cv.randomState;
  const names = options.pipelines ?? definition.pipelines;
  const models = new Map<string, Model>();
  for (const name of names) models.set(name, await loadPipeline(competition, name, { seed }));

  const data = await competitionData(competition);
  options.onEvent?.({ type: 'data', trainRows: data.y.length, testRows: data.testIds.length, features: data.features });
  const splitter = competitionSplitter(definition.cv, data.task, seed);
  const classes = data.task === 'classification' ? uniqueLabels(competition.name, data.y) : [];
  const metric = scorer(definition.metric);

  const records: PipelineRecord[] = [];
  const outOfFold: Record<string, OutOfFold> = {};
  const seconds: RunTimes['pipelines'] = {};
  let winner: { name: string; mean: number; foldModels: Model[] } | undefined;
  for (const [name, model] of models) {
    options.onEvent?.({ type: 'pipeline', pipeline: name, nSplits: definition.cv.nSplits });
    const cv = await withName(name, () =>
      crossValidate(model as any, data.X as any, data.y, {
        cv: splitter,
        scoring: scorersFor(definition.metric, definition.scoring, data.task, classes, model),
        groups: data.groups,
        returnEstimator: definition.solution !== null,
        signal: options.signal,
        onFold: (fold) =>
          options.onEvent?.({
            type: 'fold',
            pipeline: name,
            fold: fold.fold,
            nSplits: definition.cv.nSplits,
            score: fold.scores[definition.metric],
            seconds: fold.fitSeconds + fold.scoreSeconds,
          }),
      }),
    );
    const scores = cv.summary();
    records.push({ name, stages: stageRecords(model), scores, warnings: [...new Set(cv.folds.flatMap((fold) => fold.notes))] });
    outOfFold[name] = cv.outOfFold;
    seconds[name] = { fit: cv.folds.map((f) => f.fitSeconds), score: cv.folds.map((f) => f.scoreSeconds) };
    const mean = scores[definition.metric].mean;
    if (winner === undefined || isBetter(mean, winner.mean, metric.better)) {
      winner = { name, mean, foldModels: cv.folds.map((fold) => fold.estimator as Model) };
    }
  }
  if (winner === undefined) throw new CompetitionError(`${competition.name}: pipelines must name at least one, got none.`);
  records.sort((a, b) => rank(a.scores[definition.metric].mean, b.scores[definition.metric].mean, metric.better));

  options.onEvent?.({ type: 'refit', pipeline: winner.name, rows: data.y.length });
  const refitClock = performance.now();
  const best = models.get(winner.name) as Model;
  await withName(winner.name, () => best.fit(data.X, data.y));
  const refitSeconds = (performance.now() - refitClock) / 1000;

  options.onEvent?.({ type: 'predict', rows: data.testIds.length });
  const values = definition.submission.values ?? (['probabilities', 'scores'].includes(metric.needs) ? 'probabilities' : 'labels');
  const predict = (model: Model) => submissionColumn(model, data, values, classes);
  const submission = { [definition.id]: data.testIds, [definition.target]: await withName(winner.name, () => predict(best)) };
  if (data.sample !== undefined) await checkSubmission(submission, { sample: data.sample, testIds: data.testIds });
  let foldPredictions: RunResult['foldPredictions'];
  if (definition.solution !== null) {
    foldPredictions = { [definition.id]: data.testIds };
    for (const [fold, model] of winner.foldModels.entries()) foldPredictions[`fold${fold + 1}`] = await predict(model);
  }

  return {
    record: {
      format: 1,
      competition: {
        name: competition.name,
        title: definition.title,
        metric: definition.metric,
        better: metric.better,
        task: data.task,
        id: definition.id,
        target: definition.target,
        features: data.features,
        trainRows: rowCount(data.X),
        testRows: data.testIds.length,
      },
      seed,
      cv: { splitter: splitter.owner, nSplits: definition.cv.nSplits, options: { ...splitter.options } },
      classes,
      pipelines: records,
      winner: winner.name,
      warnings: data.warnings,
    },
    times: {
      started: started.toISOString(),
      seconds: (performance.now() - clock) / 1000,
      pipelines: seconds,
      refitSeconds,
      versions: packageVersions(),
      machine: {
        platform: `${process.platform} ${process.arch}`,
        cpu: cpus()[0]?.model.trim() ?? 'unknown',
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
      },
    },
    ids: data.ids,
    y: data.y,
    outOfFold,
    submission,
    foldPredictions,
    sample: data.sample,
    model: best,
  };
}

function isBetter(a: number, b: number, better: 'higher' | 'lower'): boolean {
  return rank(a, b, better) < 0;
}

/** Best first; NaN last. */
function rank(a: number, b: number, better: 'higher' | 'lower'): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return better === 'higher' ? b - a : a - b;
}

/** The competition's metric first, then those asked for or usual for the task, as far as the model can answer. */
function scorersFor(
  metric: ScorerName,
  scoring: readonly ScorerName[] | null,
  task: CompetitionData['task'],
  classes: readonly Label[],
  model: Model,
): ScorerName[] {
  const usual: ScorerName[] =
    task === 'regression'
      ? ['rootMeanSquaredError', 'meanAbsoluteError', 'r2']
      : classes.length === 2
        ? ['accuracy', 'rocAuc', 'f1', 'logLoss']
        : ['accuracy', 'f1Macro', 'rocAucOvr', 'logLoss'];
  const can = (method: string): boolean => (model.can ? model.can(method) : typeof (model as any)[method] === 'function');
  const answerable = (name: ScorerName): boolean => {
    const { needs } = scorer(name);
    if (needs === 'probabilities') return can('predictProba');
    return needs !== 'scores' || can('predictProba') || can('decisionFunction');
  };
  return [...new Set([metric, ...(scoring ?? usual.filter(answerable))])];
}

async function submissionColumn(
  model: Model,
  data: CompetitionData,
  values: 'labels' | 'probabilities',
  classes: readonly Label[],
): Promise<ArrayLike<Label>> {
  if (values === 'labels' || data.task === 'regression') return (await model.predict(data.testX)) as ArrayLike<Label>;
  if (classes.length > 2) {
    throw new CompetitionError(`Submission: probabilities are written for two classes, there are ${classes.length}. Set submission.values to 'labels'.`);
  }
  const proba = (await (model as unknown as { predictProba(X: unknown): Promise<DenseMatrix> }).predictProba(data.testX)) as DenseMatrix;
  return proba.col(1);
}

/** Runs a pipeline's work; its error gets the pipeline's name in front. */
async function withName<T>(pipeline: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name !== 'AbortError') error.message = `${pipeline}: ${error.message}`;
    throw error;
  }
}
