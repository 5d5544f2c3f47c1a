import type { Labels } from '../core/labels.ts';
import type { FoldEvaluation } from './evaluate-variants.ts';
import { evaluateVariants, type JudgedModel } from './evaluate-variants.ts';
import type { HoistedRows } from './hoisted-rows.ts';
import type { SearchJournal } from './search-journal.ts';
import type { Params } from './search-space.ts';
import type { Model } from './model.ts';
import type { Split } from './splitter.ts';

/** What a search tells while it works. */
export type SearchEvent =
  | {
      type: 'round';
      /** Candidates of this round, and of all rounds so far. */
      candidates: number;
      total: number;
      /** Rows, or what else a halving search gives out, per candidate. */
      resources?: number;
    }
  | {
      type: 'fold';
      candidate: number;
      params: Params;
      fold: number;
      nSplits: number;
      /** By scorer name. */
      scores: Record<string, number>;
      /** Of fitting and scoring. */
      seconds: number;
    };

/** What a round of a halving search adds to its candidates' rows of the table. */
export interface Round {
  iteration: number;
  resources: number;
}

export interface StudyOptions {
  estimator: { with(changes: any): Model };
  judged: JudgedModel;
  rows: HoistedRows;
  y: Labels;
  sampleWeight: Float64Array | undefined;
  splits: readonly Split[];
  workers: number | null;
  signal: AbortSignal | null;
  errors: 'throw' | 'keep';
  journal: SearchJournal | null;
  onEvent: ((event: SearchEvent) => void) | null;
}

/** The candidates that a search has tried, and what came of them; a search decides which to try next. */
export class SearchStudy {
  readonly options: StudyOptions;
  readonly params: Params[] = [];
  readonly models: Model[] = [];
  /** By candidate, then by fold. */
  readonly evaluations: FoldEvaluation[][] = [];
  readonly rounds: (Round | undefined)[] = [];
  /** What the search has to say of its candidates. */
  readonly notes: string[] = [];

  constructor(options: StudyOptions) {
    this.options = options;
  }

  /**
   * Cross-validates some more candidates, side by side.
   * @throws OptionError for an option or a value that the estimator does not take, before anything is fitted
   */
  async evaluate(params: readonly Params[], { splits = this.options.splits, round }: { splits?: readonly Split[]; round?: Round } = {}): Promise<void> {
    const { estimator, judged, journal, onEvent, ...shared } = this.options;
    const models = params.map((changes) => estimator.with(changes));
    const first = this.params.length;
    onEvent?.({ type: 'round', candidates: params.length, total: first + params.length, ...(round && { resources: round.resources }) });
    const { variants } = await evaluateVariants(
      models.map((model) => ({ ...judged, model })),
      {
        ...shared,
        splits,
        also: null,
        keepEstimators: false,
        journal: journal && { find: (v, fold) => journal.find(first + v, params[v], splits[fold], fold), keep: (v, fold, evaluation) => journal.keep(first + v, params[v], splits[fold], fold, evaluation) },
        onFold:
          onEvent &&
          ((v, { fold, scores, fitSeconds, scoreSeconds }) =>
            onEvent({ type: 'fold', candidate: first + v, params: params[v], fold, nSplits: splits.length, scores, seconds: fitSeconds + scoreSeconds })),
      },
    );
    this.params.push(...params);
    this.models.push(...models);
    this.evaluations.push(...variants);
    this.rounds.push(...params.map(() => round));
  }

  /** A candidate's mean score; NaN where a fold failed. */
  meanScore(candidate: number, scorerName: string, errorScore: number): number {
    const scores = this.evaluations[candidate].map((fold) => ('result' in fold ? fold.result.scores[scorerName] : errorScore));
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }
}
