import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import { bestFirst } from './best-first.ts';
import { asPrediction, type Blender, type BlendTask } from './blender.ts';
import { checkSubmission } from './check-submission.ts';
import { compareRuns, whyNot, type ComparedPipeline } from './compare-runs.ts';
import { hillClimbing } from './hill-climbing.ts';
import { BLEND, isBlend } from './is-blend.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { foldScores, nestedBlend, type NestedBlend } from './nested-blend.ts';
import { packageVersions } from '../core/package-versions.ts';
import { textHash } from './run-hashes.ts';
import type { OutOfFold, PipelineRecord, ScoreSummary } from './run-record.ts';
import { stackedBlend } from './stacked-blend.ts';
import { readPredictions, type StoredPredictions, type StoredRun } from './stored-run.ts';
import { checkSubmissionValues, predictionColumn, submissionValues } from './submission-values.ts';
import { chosen } from './test-prediction.ts';
import { thisMachine } from './this-machine.ts';
import type { WritableRun } from './write-run.ts';

export const BLEND_METHODS = { 'hill-climbing': hillClimbing, stacking: stackedBlend } as const satisfies Record<string, Blender>;
export type BlendMethod = keyof typeof BLEND_METHODS;

export interface BlendOptions {
  /** Default 'hill-climbing'. */
  method?: BlendMethod;
  /** Labels of the pipelines to blend, as a comparison shows them. Default: all. */
  pipelines?: readonly string[];
}

/** What blending found; `run` goes to writeRun. */
export interface BlendResult {
  run: WritableRun;
  nested: NestedBlend;
  members: ComparedPipeline[];
  /** Runs that could not take part, and why. */
  leftOut: { run: string; reason: string }[];
}

/**
 * Blends pipelines of stored runs by what they said of rows that they had not seen, and of the test rows. All runs that saw the same
 * training rows, folds, metric and test rows as the newest take part. The score is nested: see nestedBlend.
 *
 * The members' test predictions are means over their fold models (in the order of time, what the last one says), so that the blend, too,
 * is one of fold models: nothing is fitted anew.
 *
 * @param runs the oldest first
 * @throws CompetitionError for fewer than two pipelines, or one that is not there
 */
export async function blendRuns(competition: LoadedCompetition, runs: readonly StoredRun[], options: BlendOptions = {}): Promise<BlendResult> {
  const started = new Date();
  const clock = performance.now();
  const method = options.method ?? 'hill-climbing';
  const newest = runs.at(-1);
  const sameTest = runs.filter(({ record }) => newest !== undefined && (record.hashes.test === newest.record.hashes.test || whyNot(record, newest.record) !== undefined));
  const comparison = compareRuns(sameTest);
  const members = chooseMembers(comparison.pipelines, options.pipelines);
  const { record: reference } = newest as StoredRun;
  const read = new Map<string, StoredPredictions>();
  for (const { run } of members) if (!read.has(run)) read.set(run, await readPredictions(sameTest.find(({ name }) => name === run) as StoredRun));
  const [{ ids, y, testIds, outOfFold }] = read.values();
  const classes = reference.competition.task === 'regression' ? null : reference.classes;
  const metric = scorer(reference.competition.metric as ScorerName);
  const of = ({ run, record }: ComparedPipeline): DenseMatrix => asMatrix((read.get(run) as StoredPredictions).outOfFold[record.name], classes);
  const task: BlendTask = { predictions: members.map(of), y, classes, scorer: metric };
  const { folds } = Object.values(outOfFold)[0];
  const nested = await nestedBlend(task, folds, BLEND_METHODS[method], reference.cv.inTime !== undefined);

  const test = members.map(({ run, record }) => {
    const { probabilities, values } = (read.get(run) as StoredPredictions).test[record.name];
    return probabilities ?? DenseMatrix.column(values as Float64Array);
  });
  const said = await nested.blend.combine(test);
  const { definition } = competition;
  const prediction = asPrediction(said, classes);
  const values = submissionValues({ metric: reference.competition.metric as ScorerName, submission: definition.submission });
  checkSubmissionValues(values, classes ?? []);
  const column = predictionColumn(prediction, reference.competition.task, values);
  const submission = { [definition.id]: testIds, [definition.target]: column };
  const samplePath = definition.submission.sample === null ? undefined : join(competition.folder, definition.submission.sample);
  const sample = samplePath !== undefined && existsSync(samplePath) ? samplePath : undefined;
  if (sample !== undefined) await checkSubmission(submission, { sample, testIds });

  const memberRecords = members.map(({ record, label }): PipelineRecord => ({ ...record, name: label }));
  const own = blendRecord(method, nested, members, Object.fromEntries(scorersOf(members).map((name) => [name, foldScores(task, folds, nested.combined, scorer(name))])));
  const order = bestFirst(metric.better);
  const meanOf = ({ scores }: PipelineRecord): number => scores[reference.competition.metric].mean;
  const combinedLabels = classes === null ? [] : (asPrediction(nested.combined, classes).labels as Label[]).map((label, row) => (folds[row] < 0 ? null : label) as Label);
  const oof: OutOfFold = classes === null ? { folds, labels: [], values: Float64Array.from(nested.combined.data) } : { folds, labels: combinedLabels, probabilities: nested.combined };
  return {
    nested,
    members,
    leftOut: [...comparison.leftOut, ...runs.filter((run) => !sameTest.includes(run)).map(({ name }) => ({ run: name, reason: 'its test file was another' }))],
    run: {
      record: { ...reference, pipelines: [own, ...memberRecords].sort((a, b) => order(meanOf(a), meanOf(b))), winner: BLEND, warnings: [] },
      times: {
        options: { pipelines: members.map(({ label }) => label), seed: reference.seed, search: false, workers: null },
        started: started.toISOString(),
        seconds: (performance.now() - clock) / 1000,
        pipelines: {
          [BLEND]: { fit: nested.seconds, score: nested.seconds.map(() => 0) },
          ...Object.fromEntries(members.map(({ label, run, record }) => [label, (sameTest.find(({ name }) => name === run) as StoredRun).times.pipelines[record.name]])),
        },
        refitSeconds: 0,
        versions: packageVersions(),
        machine: thisMachine(),
      },
      ids,
      y,
      outOfFold: { [BLEND]: oof, ...Object.fromEntries(members.map(({ label, run, record }) => [label, (read.get(run) as StoredPredictions).outOfFold[record.name]])) },
      submission,
      foldPredictions: undefined,
      testPredictions: {
        [BLEND]: classes === null ? { values: Float64Array.from(said.data) } : { probabilities: said },
        ...Object.fromEntries(members.map(({ label, run, record }) => [label, (read.get(run) as StoredPredictions).test[record.name]])),
      },
      sample,
    },
  };
}

/** All but earlier blends, or those that are named. */
function chooseMembers(all: readonly ComparedPipeline[], names: readonly string[] | undefined): ComparedPipeline[] {
  const possible = all.filter(({ record }) => !isBlend(record));
  const members = names === undefined ? possible : names.map((name) => {
    const found = possible.find(({ label, record }) => label === name || record.name === name);
    if (found === undefined) throw new CompetitionError(`Blend: there is no pipeline ${show(name)} among the runs that can be blended. There are ${showList(possible.map(({ label }) => label), 20) || 'none'}.`);
    return found;
  });
  if (members.length < 2) throw new CompetitionError(`Blend: there must be at least two pipelines to blend, got ${members.length}. Run more of them on the same data and folds.`);
  return members;
}

/** Rows × classes, or one column of numbers; a pipeline without probabilities counts the class it chose. NaN for a row that is in no fold. */
function asMatrix({ folds, values, probabilities, labels }: OutOfFold, classes: readonly Label[] | null): DenseMatrix {
  if (classes === null) return DenseMatrix.column(values as Float64Array);
  if (probabilities) return probabilities;
  const result = new DenseMatrix(labels.length, classes.length, new Float64Array(labels.length * classes.length).fill(Number.NaN));
  const predicted = [...folds.keys()].filter((row) => folds[row] >= 0);
  const data = new DenseMatrix(predicted.length, classes.length, chosen(predicted.map((row) => labels[row]), classes));
  predicted.forEach((row, i) => result.row(row).set(data.row(i)));
  return result;
}

/** The scorers that any member was judged by: a blend, which has probabilities always, can answer all of them. */
function scorersOf(members: readonly ComparedPipeline[]): ScorerName[] {
  return [...new Set(members.flatMap(({ record }) => Object.keys(record.scores)))] as ScorerName[];
}

function blendRecord(method: BlendMethod, { blend, foldWeights }: NestedBlend, members: readonly ComparedPipeline[], scores: Record<string, number[]>): PipelineRecord {
  const named = (weights: readonly number[]): Record<string, number> => Object.fromEntries(members.map(({ label }, m) => [label, weights[m]]));
  const options = { method, weights: named(blend.weights), foldWeights: foldWeights.map(named) };
  return {
    name: BLEND,
    stages: [{ name: BLEND, estimator: method === 'stacking' ? 'Stacking' : 'HillClimbing', options }],
    code: textHash(JSON.stringify([method, members.map(({ record }) => record.code)])),
    size: members.length,
    scores: Object.fromEntries(Object.entries(scores).map(([name, folds]) => [name, summaryOf(folds)])),
    warnings: [],
  };
}

function summaryOf(folds: number[]): ScoreSummary {
  const mean = folds.reduce((a, b) => a + b, 0) / folds.length;
  return { mean, std: Math.sqrt(folds.reduce((sum, score) => sum + (score - mean) ** 2, 0) / folds.length), folds };
}
