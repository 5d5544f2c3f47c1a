import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import { bestFirst } from './best-first.ts';
import { blendMembers, type BlendMember } from './blend-members.ts';
import { asPrediction, type Blender, type BlendTask } from './blender.ts';
import { checkSubmission } from './check-submission.ts';
import type { ComparedPipeline } from './compare-runs.ts';
import { hillClimbing } from './hill-climbing.ts';
import { BLEND } from './is-blend.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { foldScores, nestedBlend, type NestedBlend } from './nested-blend.ts';
import { packageVersions } from '../core/package-versions.ts';
import { textHash } from './run-hashes.ts';
import type { OutOfFold, PipelineRecord, RunRecord, ScoreSummary } from './run-record.ts';
import { sampleFile } from './sample-file.ts';
import { stackedBlend } from './stacked-blend.ts';
import type { StoredRun } from './stored-run.ts';
import { predictionColumns, submissionForm } from './submission-form.ts';
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
  const { members, reference, leftOut, ids, y, testIds } = await blendMembers(runs, options.pipelines);
  const classes = reference.competition.task === 'regression' ? null : reference.classes;
  const metric = scorer(reference.competition.metric as ScorerName);
  const task: BlendTask = { predictions: members.map(({ outOfFold }) => asMatrix(outOfFold, classes)), y, classes, scorer: metric };
  const [{ outOfFold: { folds } }] = members;
  const nested = await nestedBlend(task, folds, BLEND_METHODS[method], reference.cv.inTime !== undefined);
  const said = await nested.blend.combine(members.map(({ test: { probabilities, values } }) => probabilities ?? DenseMatrix.column(values as Float64Array)));
  const submitted = await blendSubmission(competition, reference, asPrediction(said, classes), testIds);

  const own = blendRecord(method, nested, members, Object.fromEntries(scorersOf(members).map((name) => [name, foldScores(task, folds, nested.combined, scorer(name))])));
  const order = bestFirst(metric.better);
  const meanOf = ({ scores }: PipelineRecord): number => scores[reference.competition.metric].mean;
  const pipelines = [own, ...members.map(({ record, label }): PipelineRecord => ({ ...record, name: label }))].sort((a, b) => order(meanOf(a), meanOf(b)));
  const byLabel = <Value>(valueOf: (member: BlendMember) => Value): Record<string, Value> => Object.fromEntries(members.map((member) => [member.label, valueOf(member)]));
  return {
    nested,
    members,
    leftOut,
    run: {
      record: { ...reference, pipelines, winner: BLEND, warnings: [] },
      times: {
        options: { pipelines: members.map(({ label }) => label), seed: reference.seed, search: false, workers: null },
        started: started.toISOString(),
        seconds: (performance.now() - clock) / 1000,
        pipelines: { [BLEND]: { fit: nested.seconds, score: nested.seconds.map(() => 0) }, ...byLabel(({ seconds }) => seconds) },
        refitSeconds: 0,
        versions: packageVersions(),
        machine: thisMachine(),
      },
      ids,
      y,
      outOfFold: { [BLEND]: outOfFoldOf(nested.combined, folds, classes), ...byLabel(({ outOfFold }) => outOfFold) },
      ...submitted,
      foldPredictions: undefined,
      testPredictions: { [BLEND]: classes === null ? { values: Float64Array.from(said.data) } : { probabilities: said }, ...byLabel(({ test }) => test) },
    },
  };
}

/** The blend's submission, checked against the sample where there is one. */
async function blendSubmission(judged: LoadedCompetition, { competition, classes }: RunRecord, prediction: Prediction, testIds: string[]): Promise<Pick<WritableRun, 'submission' | 'sample'>> {
  const { definition } = judged;
  const sample = sampleFile(judged);
  const form = await submissionForm(definition, competition.task, classes, sample);
  const submission = { [definition.id]: testIds, ...predictionColumns(prediction, form) };
  if (sample !== undefined) await checkSubmission(submission, { sample, testIds });
  return { submission, sample };
}

/** What the blend said of training rows; nothing of a row that is in no fold. */
function outOfFoldOf(combined: DenseMatrix, folds: Int32Array, classes: readonly Label[] | null): OutOfFold {
  if (classes === null) return { folds, labels: [], values: Float64Array.from(combined.data) };
  const labels = (asPrediction(combined, classes).labels as Label[]).map((label, row) => (folds[row] < 0 ? null : label) as Label);
  return { folds, labels, probabilities: combined };
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
