import type { Label } from '../core/labels.ts';
import type { ColumnKind } from '../table/column-data.ts';
import type { ScoreSummary } from '../model-selection/cross-validation.ts';
import type { RunHashes } from './run-hashes.ts';
import type { TimeFolds } from './time-folds.ts';

export type { ScoreSummary } from '../model-selection/cross-validation.ts';
export type { RunHashes } from './run-hashes.ts';
export type { OutOfFold } from '../model-selection/out-of-fold.ts';

/** A stage of a pipeline as the record keeps it. */
export interface StageRecord {
  name: string;
  estimator: string;
  options: Record<string, unknown>;
}

/** One row of the leaderboard. */
export interface PipelineRecord {
  /** File name of the pipeline, without ending. */
  name: string;
  stages: StageRecord[];
  /** SHA-256 of the pipeline's file with all that it imports from beside it, and of its options. */
  code: string;
  /** How many numbers a fold's model has learned, on average; texts do not count. */
  size: number;
  /** By scorer name. */
  scores: Record<string, ScoreSummary>;
  /** What a user should know: a solver that did not converge in fold 3, a metric that was not defined. */
  warnings: string[];
  /** What was tried; only where the pipeline's search space was searched. All else here is of the best candidate. */
  search?: SearchRecord;
}

/** The candidates of a pipeline's search. */
export interface SearchRecord {
  /** Position of the one that competes. */
  best: number;
  candidates: {
    /** By `step.option`. */
    params: Record<string, unknown>;
    /** By scorer name; equal means share the smaller rank. */
    scores: Record<string, ScoreSummary & { rank: number }>;
  }[];
}

/**
 * Everything a run found, apart from times and machine: written as scores.json.
 * The same data, code, options and seed give the same bytes.
 */
export interface RunRecord {
  format: 1;
  competition: {
    name: string;
    title: string;
    /** The scorer that ranks. */
    metric: string;
    better: 'higher' | 'lower';
    task: 'classification' | 'regression';
    id: string;
    target: string;
    features: string[];
    /** What each feature holds, so that new rows are read alike; nothing of a column without any value. */
    kinds: Record<string, ColumnKind>;
    trainRows: number;
    testRows: number;
  };
  seed: number;
  cv: {
    splitter: string;
    nSplits: number;
    options: Record<string, unknown>;
    /** What each fold learned from and was tested on; only where folds are in the order of time. */
    inTime?: TimeFolds;
  };
  /** Ascending; empty for regression. */
  classes: readonly Label[];
  /** Best first by mean of the competition's metric. */
  pipelines: PipelineRecord[];
  /** Name of the pipeline that was refitted on all rows; 'blend' for a blend, of which nothing is refitted. */
  winner: string;
  /** What a user should know of the data. */
  warnings: string[];
  /** What scores can be compared by: runs with equal hashes saw the same rows in the same folds. */
  hashes: RunHashes;
}

/** How, when and where a run was made: written as run.json. */
export interface RunTimes {
  /** What was asked for. */
  options: { pipelines: readonly string[]; seed: number; search: boolean; workers: number | null };
  /** ISO time at which the run started. */
  started: string;
  seconds: number;
  /** Seconds of fit and of prediction plus scoring, per pipeline and fold. */
  pipelines: Record<string, { fit: number[]; score: number[] }>;
  refitSeconds: number;
  versions: Record<string, string>;
  machine: { platform: string; cpu: string; cores: number; memoryGiB: number };
}
