import { DataError, OptionError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { custom, integer, optional, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { InOf, PredictionOf } from '../pipeline/stage.ts';
import { checkCv, iterateSplits, type Cv } from './check-cv.ts';
import type { FoldEvaluation } from './evaluate-variants.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { canPredict, isClassifier, learnedBy, ownerOf, predictorOf, type Model, type PredictionMethod } from './model.ts';
import { predictRows } from './predict-rows.ts';
import { SearchJournal } from './search-journal.ts';
import { searchResults, type Candidate } from './search-results.ts';
import type { Params, SearchSpaces } from './search-space.ts';
import { SearchStudy, type SearchEvent } from './search-study.ts';

/** A model whose options can be changed. */
export interface SearchableModel extends Model {
  with(changes: any): SearchableModel;
}

/** The options that all searches have. */
export interface SearchOptions<M> {
  /** What is searched: a pipeline or an estimator. It stays unfitted. */
  estimator: M;
  /** Options to try, in the shape of the estimator; several spaces are tried one after the other. */
  searchSpace: SearchSpaces<M>;
  /** How to judge. The first scorer chooses, unless `refit` names another. Default: accuracy for classifiers, else r2. */
  scoring?: Scoring | readonly Scoring[] | null;
  /** Whether to fit the best candidate on all rows; a scorer's name lets that one choose the best. Default true. */
  refit?: boolean | string;
  /** A splitter, ready splits, or a number of unshuffled folds (stratified for classifiers). Default 5. */
  cv?: Cv;
  /** How many threads to work in; see crossValidate. Default null: one per core. */
  workers?: number | null;
  /** What a failing fit scores: a number, NaN among them, or 'raise' to throw its error. Default NaN. */
  errorScore?: number | 'raise';
}

/** What may accompany X and y in a search's `fit`. */
export interface SearchFitOptions extends FitOptions {
  /** One group per row, for group splitters. */
  groups?: Labels;
  /** Stops the work with the signal's reason. */
  signal?: AbortSignal;
  /** A file that keeps every finished fold: a search that was interrupted goes on where it was. Default: none is kept. */
  journal?: string;
  /** Told of every round of candidates, and of every fold as it is done; folds of a journal are not told of again. */
  onEvent?: (event: SearchEvent) => void;
}

export interface SearchFitted<M> {
  /** One row per candidate, in the order in which they were listed. */
  results: readonly Candidate[];
  /** Position of the best candidate: the first of rank 1. */
  bestIndex: number;
  bestParams: Params;
  /** Its mean score over the folds. It was used to choose, and so is a little too good. */
  bestScore: number;
  /** The best candidate, fitted on all rows; unfitted with `refit: false`. */
  bestEstimator: M;
  /** Name of the scorer that chose. */
  scorerName: string;
  /** Number of folds. */
  nSplits: number;
  /** Seconds of the fit on all rows; 0 with `refit: false`. */
  refitSeconds: number;
  /** Ascending; of classifiers that have been fitted. */
  classes?: readonly Label[];
  /** Candidates that failed, why there are fewer than were asked for, and what the best one says of itself. */
  notes: readonly string[];
}

const isScoring = (v: unknown): boolean => v === null || typeof v === 'string' || (typeof v === 'object' && v !== null);

/** What a search may learn from between rounds. */
export interface ScoresSoFar {
  /** Mean score of a candidate by the scorer that chooses; NaN where a fold failed. */
  scoreOf(candidate: number): number;
  better: 'higher' | 'lower';
}

/** Rules of the options that all searches have. */
export const searchRules: Rules<SearchOptions<unknown>> = {
  estimator: custom(null, 'a model with fit, predict and with', (v) => typeof (v as SearchableModel | null)?.predict === 'function' && typeof (v as SearchableModel).with === 'function', 0),
  searchSpace: custom({}, 'an object of options with the values to try', (v) => typeof v === 'object' && v !== null, 0),
  scoring: custom(null, 'a scorer name, a Scorer, a list of them, or null', isScoring, 0),
  refit: custom(true, "true, false or a scorer's name", (v) => typeof v === 'boolean' || typeof v === 'string', 0),
  cv: custom<Cv>(5, 'a number of folds, a splitter or a list of { train, test }', (v) => typeof v === 'number' || (typeof v === 'object' && v !== null), 'folds'),
  workers: optional(integer(1, { min: 1 })),
  errorScore: custom(Number.NaN, "a number or 'raise'", (v) => typeof v === 'number' || v === 'raise', 'NaN'),
};

/**
 * What all searches share: every candidate is cross-validated on the same folds, the best is fitted
 * on all rows, and from then on stands for the search in `predict` and the like. A subclass lists the candidates.
 */
export abstract class Search<M extends SearchableModel, Options extends SearchOptions<M>> extends Estimator<Options, SearchFitted<M>> {
  /** The changes of options that are tried, in the order of the results; of a search that tries them all at once. */
  protected abstract candidates(): Params[];

  /** Tries candidates. A search that learns from what it has tried does so in rounds. */
  protected async explore(study: SearchStudy, _scores: ScoresSoFar): Promise<void> {
    await study.evaluate(this.candidates());
  }

  /** Position of the best candidate: the first of rank 1. */
  protected bestOf(results: readonly Candidate[], scorerName: string): number {
    return results.findIndex(({ scores }) => scores[scorerName].rank === 1);
  }

  /**
   * Tries all candidates.
   * @throws OptionError for an option or a value that the estimator does not take; DataError when every fit fails. @returns this
   */
  async fit(X: InOf<M>, y: Labels, fitOptions: SearchFitOptions = {}): Promise<this> {
    const { estimator, cv, refit, workers } = this.#options;
    if (estimator == null) throw new OptionError(`${this.owner}: estimator must be given, got ${show(estimator)}.`);
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label or number per row.`);
    checkSameRows(this.owner, { X, y, groups: fitOptions.groups });
    const sampleWeight = checkSampleWeight(this.owner, fitOptions.sampleWeight, y.length);
    const judged = judgedModel(this.owner, estimator, y, this.#options.scoring);
    const chooser = this.#chooser(judged.scorers.map(({ metricName }) => metricName));
    const splits = [...iterateSplits(checkCv(this.owner, cv, y, judged.classes !== null), X, y, fitOptions.groups)];
    if (splits.length === 0) throw new DataError(`${this.owner}: cv must give at least one split, got none.`);

    const rows = new HoistedRows(X);
    const scorers = judged.scorers.map(({ metricName }) => metricName);
    const study = new SearchStudy({
      estimator,
      judged,
      rows,
      y,
      sampleWeight,
      splits,
      workers,
      signal: fitOptions.signal ?? null,
      errors: this.#options.errorScore === 'raise' ? 'throw' : 'keep',
      journal: fitOptions.journal === undefined ? null : new SearchJournal(this.owner, fitOptions.journal, { owner: this.owner, estimator, scorers, X, y: Array.from(y), sampleWeight, splits }),
      onEvent: fitOptions.onEvent ?? null,
    });
    const scoreOf = (candidate: number): number => study.meanScore(candidate, chooser, Number(this.#options.errorScore));
    const { better } = judged.scorers.find(({ metricName }) => metricName === chooser) as { better: 'higher' | 'lower' };
    await this.explore(study, { scoreOf, better });
    const { params, models, evaluations, rounds } = study;
    const failures = this.#failures(evaluations);
    const results = searchResults(params, evaluations, judged.scorers, Number(this.#options.errorScore)).map((row, c) => ({ ...row, ...rounds[c] }));
    const bestIndex = this.bestOf(results, chooser);
    const best = models[bestIndex] as M;
    const started = performance.now();
    if (refit !== false) await best.fit(rows.for(best) as never, y as never, sampleWeight && { sampleWeight });
    const { classes, notes } = refit === false ? {} : learnedBy(predictorOf(best));
    return this.restore({
      results,
      bestIndex,
      bestParams: params[bestIndex],
      bestScore: results[bestIndex].scores[chooser].mean,
      bestEstimator: best,
      scorerName: chooser,
      nSplits: splits.length,
      refitSeconds: refit === false ? 0 : (performance.now() - started) / 1000,
      ...(classes && { classes }),
      notes: [...failures, ...study.notes, ...(Array.isArray(notes) ? (notes as string[]) : [])],
    });
  }

  /** The best candidate's predictions. @throws NotFittedError with `refit: false` */
  async predict(X: InOf<M>): Promise<PredictionOf<M>> {
    return this.#ask('predict', X) as Promise<PredictionOf<M>>;
  }

  /** rows × classes, in the order of `fitted.classes`. */
  async predictProba(X: InOf<M>): Promise<DenseMatrix> {
    return this.#ask('predictProba', X) as Promise<DenseMatrix>;
  }

  async decisionFunction(X: InOf<M>): Promise<Float64Array | DenseMatrix> {
    return this.#ask('decisionFunction', X) as Promise<Float64Array | DenseMatrix>;
  }

  /** The best candidate's score by the scorer that chose it. */
  async score(X: InOf<M>, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    const { bestEstimator, scorerName, classes } = this.fitted;
    const { scorers, methods } = judgedModel(this.owner, bestEstimator, y, this.#options.scoring);
    const prediction = await predictRows(bestEstimator, X, methods, classes ?? null);
    const scorer = scorers.find(({ metricName }) => metricName === scorerName);
    return scorer?.score(y as ArrayLike<never>, prediction, sampleWeight && { sampleWeight }) ?? Number.NaN;
  }

  /** What the estimator can do; a search can do no more. */
  can(method: string): boolean {
    const { estimator } = this.#options;
    return estimator != null && canPredict(estimator, method as PredictionMethod);
  }

  get estimatorType(): 'classifier' | 'regressor' | undefined {
    const { estimator } = this.#options;
    if (estimator == null) return undefined;
    return isClassifier(estimator) ? 'classifier' : 'regressor';
  }

  get #options(): Readonly<Required<SearchOptions<M>>> {
    return this.options as Readonly<Required<SearchOptions<M>>>;
  }

  async #ask(method: PredictionMethod, X: unknown): Promise<unknown> {
    const best = this.fitted.bestEstimator as SearchableModel & Partial<Record<PredictionMethod, (X: unknown) => Promise<unknown>>>;
    const ask = best[method];
    if (typeof ask !== 'function') throw new OptionError(`${this.owner}: the estimator must have ${method}, ${ownerOf(predictorOf(best))} has none.`);
    return ask.call(best, X);
  }

  #chooser(names: readonly string[]): string {
    const { refit } = this.#options;
    if (typeof refit !== 'string') return names[0];
    if (names.includes(refit)) return refit;
    throw new OptionError(`${this.owner}: refit must be true, false or one of the scorers ${names.join(', ')}, got ${show(refit)}.`);
  }

  #failures(variants: readonly (readonly FoldEvaluation[])[]): string[] {
    const fits = variants.reduce((sum, folds) => sum + folds.length, 0);
    const errors = variants.flatMap((folds) => folds.flatMap((fold) => ('error' in fold ? [fold.error] : [])));
    if (errors.length === 0) return [];
    const messages = [...new Set(errors.map((error) => (error instanceof Error ? error.message : String(error))))];
    if (errors.length === fits) {
      throw new DataError(`${this.owner}: all ${errors.length} fits failed. ${showList(messages, 2)}`, { cause: errors[0] });
    }
    return [`${this.owner}: ${errors.length} of ${fits} fits failed: ${showList(messages, 3)}`];
  }
}
