import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { scorer } from '../metrics/scorer.ts';
import { BayesianSearch } from '../model-selection/bayesian-search.ts';
import { RandomizedSearch } from '../model-selection/randomized-search.ts';
import type { Search } from '../model-selection/search.ts';
import type { Candidate } from '../model-selection/search-results.ts';
import { dimensionsOf, flatParams } from '../model-selection/search-space.ts';
import type { SearchEvent } from '../model-selection/search-study.ts';
import { writeFileAtomically } from '../table/write-file-atomically.ts';
import { competitionData } from './competition-data.ts';
import { competitionSplits } from './competition-splits.ts';
import { inPipeline } from './in-pipeline.ts';
import { loadPipelineFile, type LoadedCompetition } from './load-competition.ts';
import { plain } from './stage-records.ts';
import { timeFolds } from './time-folds.ts';
import { timeFoldsSentence } from './time-folds-sentence.ts';

export interface TuneOptions {
  pipeline: string;
  /** How many candidates to try in all, those of earlier runs among them. */
  trials: number;
  /** How candidates are chosen: each from the scores of those before it, or at random. Default 'bayesian'. */
  method?: 'bayesian' | 'random';
  /** Seed of folds, stages and candidates. Default: the competition's. */
  seed?: number;
  workers?: number | null;
  /** Where runs are kept; the journal and the table go to `<out>/<competition>/tune/`. */
  out: string;
  onEvent?: (event: SearchEvent) => void;
}

/** One candidate as tables show it. */
export interface TunedCandidate {
  rank: number;
  /** By `step.option`. */
  params: Record<string, unknown>;
  mean: number;
  std: number;
  folds: number[];
}

export interface TuneResult {
  competition: string;
  pipeline: string;
  method: 'bayesian' | 'random';
  seed: number;
  metric: string;
  better: 'higher' | 'lower';
  nSplits: number;
  /** Best first. */
  candidates: TunedCandidate[];
  /** What the best candidate changes, as `with` takes it. */
  best: unknown;
  /** Where every fold of every candidate is kept. */
  journal: string;
  /** Where this result is kept. */
  file: string;
  notes: readonly string[];
}

/**
 * Searches a pipeline's `searchSpace` on the competition's folds. Every finished fold is kept in a journal, so that the
 * same command goes on where it was interrupted, and with more trials adds to those there are.
 *
 * @throws CompetitionError for a pipeline without searchSpace; what the search throws, with the pipeline's name in front
 */
export async function tuneCompetition(competition: LoadedCompetition, options: TuneOptions): Promise<TuneResult> {
  const { definition, name } = competition;
  const { pipeline, trials, method = 'bayesian', out } = options;
  const seed = options.seed ?? definition.cv.randomState;
  const { model, searchSpace } = await loadPipelineFile(competition, pipeline, { seed });
  if (searchSpace === null) {
    throw new CompetitionError(`${pipeline}: the pipeline file must export a searchSpace to be tuned, got none. Write export const searchSpace = { step: { option: [values] } }.`);
  }
  const data = await competitionData(competition);
  const { splits } = competitionSplits(definition, data, seed);
  const stem = join(out, name, 'tune', `${pipeline}-${method}-${seed}`);
  mkdirSync(dirname(stem), { recursive: true });
  const shared = { estimator: model, searchSpace, cv: splits, scoring: definition.metric, refit: false, workers: options.workers ?? null, nIter: trials, randomState: seed };
  const search: Search<any, any> = method === 'bayesian' ? new BayesianSearch<any>(shared as never) : new RandomizedSearch<any>(shared as never);
  await inPipeline(pipeline, () => search.fit(data.X as never, data.y, { journal: `${stem}.jsonl`, ...(options.onEvent && { onEvent: options.onEvent }) }));

  const { results, bestParams, notes } = search.fitted;
  const dimensions = dimensionsOf('searchSpace', searchSpace);
  const shown = (row: Candidate): TunedCandidate => {
    const { rank, mean, std, folds } = row.scores[definition.metric];
    return { rank, params: plain(flatParams(row.params, dimensions)) as Record<string, unknown>, mean, std, folds };
  };
  const result: TuneResult = {
    competition: name,
    pipeline,
    method,
    seed,
    metric: definition.metric,
    better: scorer(definition.metric).better,
    nSplits: splits.length,
    candidates: results.map(shown).sort((a, b) => a.rank - b.rank),
    best: plain(bestParams),
    journal: `${stem}.jsonl`,
    file: `${stem}.json`,
    notes: [...(data.times ? [timeFoldsSentence(timeFolds(data.times, splits), data.y.length)] : []), ...notes],
  };
  await writeFileAtomically(result.file, `${JSON.stringify(result, null, 2)}\n`);
  return result;
}
