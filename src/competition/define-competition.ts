import { OptionError } from '../core/errors.ts';
import { choice, custom, flag, integer, optional, completeOptions, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import { nameScorer, scorer, type ScorerName } from '../metrics/scorer.ts';
import { readCsvRules } from '../table/read-csv.ts';
import { TimeSeriesSplit } from '../model-selection/time-series-split.ts';

/** Folds of rows that have no order: dealt out, each fold tested by what was learned from all others. */
export interface DealtFolds {
  /** Number of folds. Default 5. */
  nSplits?: number;
  /** Whether every fold gets each class in the same proportion. Default true for classification. */
  stratified?: boolean | null;
  /** Whether rows are shuffled before they are dealt to folds. Default true. */
  shuffle?: boolean;
  /** Seed of the shuffling; `refit run --seed` replaces it. Default 0. */
  randomState?: number;
  /** Column whose equal values must stay in one fold (a customer, a patient); a feature only if `features` names it. Default none. */
  groups?: string | null;
  folds?: null;
  timeOrder?: null;
  gap?: 0;
  testSize?: null;
  maxTrainSize?: null;
}

/**
 * Folds in the order of time: each is tested by what was learned from rows before it, never after. The earliest rows are in
 * no test fold: they are only learned from, and have no out-of-fold prediction. See TimeSeriesSplit, which has the same options.
 */
export interface TimeOrderedFolds {
  /**
   * Column of dates or numbers that says when a row was; a feature only if `features` names it. Rows of equal time keep the
   * file's order. Or true: the file's rows are in the order of time.
   */
  timeOrder: string | true;
  /** Number of folds. Default 5. */
  nSplits?: number;
  /** Rows left out between training and test rows. Default 0. */
  gap?: number;
  /** Rows of each test fold. Default null: ⌊rows / (nSplits + 1)⌋. */
  testSize?: number | null;
  /** Most rows to train on, the latest ones. Default null: all that came before. */
  maxTrainSize?: number | null;
  /** Seed of the pipelines' stages; the folds have nothing random. Default 0. */
  randomState?: number;
  stratified?: false | null;
  shuffle?: false;
  groups?: null;
  folds?: null;
}

/** Folds that were decided before, and stand in a column of the training file. */
export interface GivenFolds {
  /** Column whose equal values are one fold; there are as many folds as values. No feature, and the test file need not have it. */
  folds: string;
  /** Seed of the pipelines' stages. Default 0. */
  randomState?: number;
  nSplits?: undefined;
  stratified?: null;
  shuffle?: undefined;
  groups?: null;
  timeOrder?: null;
  gap?: 0;
  testSize?: null;
  maxTrainSize?: null;
}

/** How a competition cross-validates. The same folds serve every pipeline. */
export type CvDefinition = DealtFolds | TimeOrderedFolds | GivenFolds;

/** A complete CvDefinition. */
interface CompleteCv {
  nSplits: number;
  stratified: boolean | null;
  shuffle: boolean;
  randomState: number;
  groups: string | null;
  folds: string | null;
  timeOrder: string | true | null;
  gap: number;
  testSize: number | null;
  maxTrainSize: number | null;
}

/** What the competition wants uploaded. */
export interface SubmissionDefinition {
  /** The sample submission: the header, the ids and their order are taken from it. */
  sample?: string | null;
  /**
   * Whether to submit labels or probabilities: the larger class's, or, where there are more than two classes or the sample has them,
   * each class's in a column called as the class. Default: probabilities when the metric ranks by them (rocAuc, logLoss, …), else labels.
   */
  values?: 'labels' | 'probabilities' | null;
}

/** A competition in one object; paths are relative to the file that defines it. */
export interface CompetitionDefinition {
  /** One line for the head of the leaderboard and the report. */
  title: string;
  /** CSV with id, target and features; or, with `labels`, an IDX file of images. */
  train: string;
  /** CSV with id and features; or, with `labels`, an IDX file of images. */
  test: string;
  /**
   * IDX file of the training images' labels, for a competition of images as MNIST packs them. An image is a row with a
   * column of levels for each pixel, `pixel0` …; the id is its number in the file, from 0. Default: the files are CSV.
   */
  labels?: string | null;
  /** Column that names a row. */
  id: string;
  /** Column to predict. */
  target: string;
  /** One text column; or several columns, which reach the pipeline as a Table. Default: all but id, target, `cv.groups`, `cv.timeOrder` and `cv.folds`. */
  features?: string | readonly string[] | null;
  /**
   * Scorer that the leaderboard ranks by: a name, or one of your own, made with makeScorer. Runs are compared by the metric's name
   * and the text of its function.
   */
  metric: ScorerName | Scorer;
  /** Further scorers to show. Default: a choice that suits the task. */
  scoring?: readonly (ScorerName | Scorer)[] | null;
  /** Default: taken from the metric and the target. */
  task?: 'classification' | 'regression' | null;
  cv?: CvDefinition;
  submission?: SubmissionDefinition;
  /** CSV with id and true target of the test rows (with `labels`, an IDX file of labels), where it is known: `refit score` uses it. */
  solution?: string | null;
  /** File names of pipelines, without ending, from `pipelines/` beside `competitions/` or in the competition's folder. */
  pipelines: readonly string[];
  /** Where a user finds the data when they are not there; shown by the error. */
  dataSource?: string | null;
  /** Encoding of the CSV files, as TextDecoder names it; the sample submission is UTF-8. Default 'utf-8'. */
  encoding?: string;
  /** What stands between fields of the CSV files; the sample submission has commas. Default null: a tab in files called .tsv, else a comma. */
  delimiter?: string | null;
  /** What stands before decimals in the CSV files. Default '.'. */
  decimal?: '.' | ',';
}

/** A complete and checked definition. */
export type Competition = Readonly<Required<Omit<CompetitionDefinition, 'cv' | 'submission' | 'metric' | 'scoring'>>> & {
  /** Names; scorers of one's own are known by theirs. */
  readonly metric: ScorerName;
  readonly scoring: readonly ScorerName[] | null;
  readonly cv: Readonly<CompleteCv>;
  readonly submission: Readonly<Required<SubmissionDefinition>>;
};

const isText = (v: unknown): boolean => typeof v === 'string' && v !== '';
const isTextList = (v: unknown): boolean => Array.isArray(v) && v.length > 0 && v.every(isText);
const isObject = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v);
const isScoring = (v: unknown): boolean => isText(v) || (isObject(v) && typeof (v as Partial<Scorer>).score === 'function');
const text = (name: string) => custom('', `${name} as text`, isText, 0);
const anObject = (members: string) => custom({}, `an object of ${members}`, isObject, 0);

const rules: Rules<CompetitionDefinition> = {
  title: text('one line'),
  train: text('the path of a CSV file'),
  test: text('the path of a CSV file'),
  labels: optional(text('the path of an IDX file')),
  id: text('a column name'),
  target: text('a column name'),
  features: custom(null, 'a column name, a list of column names, or null', (v) => v === null || isText(v) || isTextList(v), 0),
  metric: custom<ScorerName | Scorer>('accuracy', 'a scorer name, or a scorer made with makeScorer', isScoring, 0),
  scoring: custom(null, 'a list of scorer names or scorers, or null', (v) => v === null || (Array.isArray(v) && v.length > 0 && v.every(isScoring)), 0),
  task: optional(choice('classification', ['classification', 'regression'])),
  cv: anObject('nSplits, stratified, shuffle, randomState, groups, folds, timeOrder, gap, testSize, maxTrainSize'),
  submission: anObject('sample, values'),
  solution: optional(text('the path of a CSV file')),
  pipelines: custom([], 'a list of at least one pipeline name', isTextList, []),
  dataSource: optional(text('one sentence')),
  encoding: custom('utf-8', 'an encoding that TextDecoder knows', isText, 0),
  delimiter: optional(readCsvRules.delimiter),
  decimal: readCsvRules.decimal,
};

const cvRules: Rules<CompleteCv> = {
  nSplits: integer(5, { min: 2 }),
  stratified: optional(flag(true)),
  shuffle: flag(true),
  randomState: integer(0, { min: 0, max: 2 ** 32 - 1 }),
  groups: optional(text('a column name')),
  folds: optional(text('a column name')),
  timeOrder: custom(null, 'a column name, true where the rows are in the order of time, or null', (v) => v === null || v === true || isText(v), 0),
  gap: TimeSeriesSplit.rules.gap,
  testSize: TimeSeriesSplit.rules.testSize,
  maxTrainSize: TimeSeriesSplit.rules.maxTrainSize,
};

const submissionRules: Rules<SubmissionDefinition> = {
  sample: optional(text('the path of a CSV file')),
  values: optional(choice('labels', ['labels', 'probabilities'])),
};

const required = ['title', 'train', 'test', 'id', 'target', 'metric', 'pipelines'] as const;

/**
 * Describes a competition: what the data are, never how to model them. Checks names and values at once
 * and fills in the defaults; files are looked at when it runs.
 *
 * @throws OptionError for a missing, unknown or wrong entry.
 * @example
 * export default defineCompetition({ title: 'Spam?', train: 'data/train.csv', test: 'data/test.csv',
 *   id: 'name', target: 'label', features: 'content', metric: 'accuracy', pipelines: ['count-logistic'] });
 */
export function defineCompetition(definition: CompetitionDefinition): Competition {
  const complete = completeOptions<CompetitionDefinition>('defineCompetition', definition, rules);
  for (const name of required) {
    if (definition[name] === undefined) throw new OptionError(`defineCompetition: ${name} must be given. It is ${rules[name].expected}.`);
  }
  return Object.freeze({
    ...complete,
    metric: scorerNamed(complete.metric),
    scoring: complete.scoring?.map(scorerNamed) ?? null,
    cv: completeCv(complete),
    submission: completeOptions<SubmissionDefinition>('defineCompetition: submission', complete.submission, submissionRules),
  });
}

/** The name by which a scorer is known. @throws OptionError for an unknown one, and for one's own with the name of another */
function scorerNamed(one: ScorerName | Scorer): ScorerName {
  return typeof one === 'string' ? (scorer(one).metricName as ScorerName) : nameScorer(one);
}

/** @throws OptionError for options of dealt folds and of folds in the order of time together */
function completeCv({ cv, target }: Pick<CompetitionDefinition, 'target'> & { cv: CvDefinition }): Readonly<CompleteCv> {
  const owner = 'defineCompetition: cv';
  const complete = completeOptions<CompleteCv>(owner, cv, cvRules);
  const { timeOrder, folds } = complete;
  if (folds !== null) {
    const other = (['nSplits', 'stratified', 'shuffle', 'groups', 'timeOrder', 'gap', 'testSize', 'maxTrainSize'] as const).find((one) => cv[one]);
    if (other !== undefined) throw new OptionError(`${owner}: ${other} must not be given beside folds, got ${show(cv[other])}: the column ${show(folds)} says all. Leave ${other} out.`);
    if (folds === target) throw new OptionError(`${owner}: folds must not be the target, got ${show(folds)}.`);
    return complete;
  }
  if (timeOrder === null) {
    const name = (['gap', 'testSize', 'maxTrainSize'] as const).find((one) => complete[one]);
    if (name !== undefined) throw new OptionError(`${owner}: ${name} is for folds in the order of time, and timeOrder is not given. Name the column of time as timeOrder, or leave ${name} out.`);
    return complete;
  }
  if (complete.groups !== null) {
    throw new OptionError(`${owner}: timeOrder and groups must not both be given, got ${show(timeOrder)} and ${show(complete.groups)}: time cuts through groups. Choose one of them.`);
  }
  for (const name of ['stratified', 'shuffle'] as const) {
    if (cv[name]) throw new OptionError(`${owner}: ${name} must not be true beside timeOrder, since it would test rows by what came after them. Leave ${name} out.`);
  }
  if (timeOrder === target) throw new OptionError(`${owner}: timeOrder must not be the target, got ${show(timeOrder)}.`);
  return Object.freeze({ ...complete, stratified: false, shuffle: false });
}
