import { CompetitionError } from '../core/errors.ts';
import { pairedDifference, type PairedDifference } from '../model-selection/paired-difference.ts';
import { bestFirst } from './best-first.ts';
import type { PipelineRecord, RunHashes, RunRecord, ScoreSummary } from './run-record.ts';
import type { StoredRun } from './stored-run.ts';
import { testShare } from './test-share.ts';

/** A pipeline of some run among its rivals. */
export interface ComparedPipeline {
  /** The pipeline's name; with its run behind it where another version of it competes too. */
  label: string;
  run: string;
  record: PipelineRecord;
  /** By the competition's metric. */
  score: ScoreSummary;
  /** Seconds of a fold's fit, on average. */
  fitSeconds: number;
  /** How far behind the best, positive however the metric ranks; undefined for the best and where a score is not defined. */
  behind: PairedDifference | undefined;
}

/** Pipelines that saw the same rows in the same folds, best first. */
export interface Comparison {
  competition: RunRecord['competition'];
  cv: RunRecord['cv'];
  seed: number;
  pipelines: ComparedPipeline[];
  /** Runs that cannot be compared, and why. */
  leftOut: { run: string; reason: string }[];
}

/**
 * Puts the pipelines of several runs side by side: those of the newest run, and of all earlier ones with the same training
 * file, target, folds and metric. The same pipeline with the same code and options counts once, in its newest run.
 *
 * Differences to the best are paired by fold; their interval is corrected for the training rows that folds share (see pairedDifference).
 *
 * @param runs the oldest first
 * @throws CompetitionError for no run
 */
export function compareRuns(runs: readonly StoredRun[]): Comparison {
  const newest = runs.at(-1);
  if (newest === undefined) throw new CompetitionError('Compare: there must be at least one run, got none. Run refit run <competition> first.');
  const { competition, cv, seed } = newest.record;
  const leftOut: Comparison['leftOut'] = [];
  const found = new Map<string, Omit<ComparedPipeline, 'label' | 'behind'>>();
  for (const run of [...runs].reverse()) {
    const reason = whyNot(run.record, newest.record);
    if (reason !== undefined) {
      leftOut.push({ run: run.name, reason });
      continue;
    }
    for (const record of run.record.pipelines) {
      const key = `${record.name} ${record.code}`;
      const { fit } = run.times.pipelines[record.name];
      if (!found.has(key)) found.set(key, { run: run.name, record, score: record.scores[competition.metric], fitSeconds: fit.reduce((a, b) => a + b, 0) / fit.length });
    }
  }
  const sign = competition.better === 'higher' ? 1 : -1;
  const order = bestFirst(competition.better);
  const ranked = [...found.values()].sort((a, b) => order(a.score.mean, b.score.mean));
  const [best] = ranked;
  const versions = (name: string): number => ranked.filter(({ record }) => record.name === name).length;
  return {
    competition,
    cv,
    seed,
    pipelines: ranked.map((one) => ({
      ...one,
      label: versions(one.record.name) > 1 ? `${one.record.name} (${one.run})` : one.record.name,
      behind: one === best ? undefined : behind(best.score, one.score, sign, testShare(cv)),
    })),
    leftOut,
  };
}

/** Why a run's scores cannot stand beside another's; undefined where they can. */
export function whyNot(run: RunRecord, reference: RunRecord): string | undefined {
  const differs = (name: keyof RunHashes): boolean => run.hashes[name] !== reference.hashes[name];
  if (differs('metric')) {
    const [one, other] = [run.competition.metric, reference.competition.metric];
    return one === other ? 'it predicted something else (labels, not probabilities, or the other way round), or another metric had the same name' : `it ranked by ${one}, not by ${other}`;
  }
  if (differs('train')) return 'its training file was another';
  if (differs('target')) return `its target was another (${run.competition.target}, not ${reference.competition.target})`;
  if (!differs('folds')) return undefined;
  if (run.cv.splitter !== reference.cv.splitter) return `its folds were of ${run.cv.splitter}, not of ${reference.cv.splitter}`;
  if (run.cv.nSplits !== reference.cv.nSplits) return `its rows were dealt to ${run.cv.nSplits} folds, not ${reference.cv.nSplits}`;
  if (run.cv.inTime !== undefined) return 'its folds in the order of time were others';
  if (run.seed !== reference.seed) return `its rows were dealt to other folds (seed ${run.seed}, not ${reference.seed})`;
  return 'its rows were dealt to other folds';
}

function behind(best: ScoreSummary, { folds }: ScoreSummary, sign: number, share: number): PairedDifference | undefined {
  if (![...best.folds, ...folds].every(Number.isFinite) || folds.length < 2) return undefined;
  return pairedDifference(best.folds.map((score) => sign * score), folds.map((score) => sign * score), { testShare: share });
}
