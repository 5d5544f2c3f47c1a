import type { FoldEvaluation, JudgedModel } from '../model-selection/evaluate-variants.ts';
import type { LoadedPipeline, Model } from './load-competition.ts';
import type { PipelineVariants } from './pipeline-variants.ts';
import { sourceHash, textHash } from './run-hashes.ts';
import type { JournalPlace } from './run-journal.ts';
import { stageRecords } from './stage-records.ts';

/** What is cross-validated, and where the journal keeps it. */
export interface RunCandidate {
  model: JudgedModel;
  place: Omit<JournalPlace, 'fold'>;
}

/** The candidates of all pipelines, in their order. */
export function candidatesOf(entries: readonly PipelineVariants[], loaded: ReadonlyMap<string, LoadedPipeline>, seed: number): RunCandidate[] {
  return entries.flatMap(({ name, models }) => {
    const source = sourceHash((loaded.get(name) as LoadedPipeline).url);
    return models.map((model, candidate) => ({
      model,
      place: { pipeline: name, candidate, code: textHash(JSON.stringify([source, seed, stageRecords(model.model as Model)])) },
    }));
  });
}

/** What an interrupted run has kept: by pipeline the number of folds, and their scores by candidate. */
export function keptScores(
  entries: readonly PipelineVariants[],
  candidates: readonly RunCandidate[],
  nSplits: number,
  metric: string,
  keptOf: (variant: number, fold: number) => FoldEvaluation | undefined,
): { steps: Record<string, number>; scores: Record<string, number[][]> } {
  const scoresOf = (variant: number): number[] =>
    Array.from({ length: nSplits }, (_, fold) => keptOf(variant, fold)).flatMap((kept) => (kept && 'result' in kept ? [kept.result.scores[metric]] : []));
  const done = entries.map(({ name }) => [name, candidates.flatMap(({ place }, variant) => (place.pipeline === name ? [scoresOf(variant)] : []))] as const);
  return { steps: Object.fromEntries(done.map(([name, scores]) => [name, scores.flat().length])), scores: Object.fromEntries(done) };
}
