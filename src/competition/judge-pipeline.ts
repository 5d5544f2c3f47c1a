import type { Prediction } from '../metrics/make-scorer.ts';
import { CrossValidation } from '../model-selection/cross-validation.ts';
import type { FoldEvaluation } from '../model-selection/evaluate-variants.ts';
import { collectOutOfFold } from '../model-selection/out-of-fold.ts';
import { searchResults } from '../model-selection/search-results.ts';
import type { Model } from './load-competition.ts';
import type { PipelineVariants } from './pipeline-variants.ts';
import type { OutOfFold, PipelineRecord } from './run-record.ts';
import { plain, stageRecords } from './stage-records.ts';
import { averagePrediction, type TestPrediction } from './test-prediction.ts';

/** What a run keeps of one pipeline: of its best candidate, where it was searched. */
export interface JudgedPipeline {
  /** Unfitted. */
  model: Model;
  record: PipelineRecord;
  outOfFold: OutOfFold;
  seconds: { fit: number[]; score: number[] };
  /** The fold models' predictions of the test rows. */
  testPredictions: Prediction[];
  /** Their average; in the order of time the last one's, which has learned from the latest rows. */
  testPrediction: TestPrediction;
}

/**
 * Chooses a pipeline's best candidate by the competition's metric, and says so: the folds that chose it also score it.
 * @param evaluations by candidate and fold, none of them failed
 * @param codes a hash of each candidate
 */
export function judgePipeline(
  { name, models, params }: PipelineVariants,
  evaluations: FoldEvaluation[][],
  { metric, rows, codes, inTimeOrder }: { metric: string; rows: number; codes: readonly string[]; inTimeOrder: boolean },
): JudgedPipeline {
  const results = searchResults(params ?? [{}], evaluations, models[0].scorers, Number.NaN);
  const best = results.findIndex(({ scores }) => scores[metric].rank === 1);
  const folds = evaluations[best] as Extract<FoldEvaluation, { result: unknown }>[];
  const outOfFold = collectOutOfFold(rows, folds.map(({ result, prediction }) => ({ test: result.test, prediction })));
  const cv = new CrossValidation(folds.map(({ result }) => result), outOfFold, models[best].scorers, []);
  const { model } = models[best];
  const testPredictions = folds.flatMap(({ also }) => (also ? [also] : []));
  return {
    model: model as Model,
    record: {
      name,
      stages: stageRecords(model as Model),
      code: codes[best],
      size: Math.round(cv.folds.reduce((sum, fold) => sum + fold.learnedNumbers, 0) / cv.folds.length),
      scores: cv.summary(),
      warnings: [...(params ? [searchNote(params, best)] : []), ...cv.notes],
      ...(params && {
        search: {
          best,
          candidates: results.map(({ scores }, c) => ({ params: plain(params[c]) as Record<string, unknown>, scores })),
        },
      }),
    },
    outOfFold,
    seconds: { fit: cv.folds.map((fold) => fold.fitSeconds), score: cv.folds.map((fold) => fold.scoreSeconds) },
    testPredictions,
    testPrediction: averagePrediction(inTimeOrder ? testPredictions.slice(-1) : testPredictions, models[best].classes),
  };
}

function searchNote(params: readonly Record<string, unknown>[], best: number): string {
  const chosen = Object.entries(params[best]).map(([name, value]) => `${name} ${JSON.stringify(plain(value))}`);
  return (
    `${chosen.join(', ')} is the best of ${params.length} candidates on the same folds that give its score, ` +
    'which is therefore a little too good; the solution, or rows kept apart, would tell by how much.'
  );
}
