import { basename } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { labelCodes, uniqueLabels, type Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { iterateSplits } from '../model-selection/check-cv.ts';
import { GroupKFold } from '../model-selection/group-k-fold.ts';
import { KFold } from '../model-selection/k-fold.ts';
import { PredefinedSplit } from '../model-selection/predefined-split.ts';
import type { Split, Splitter } from '../model-selection/splitter.ts';
import { StratifiedGroupKFold } from '../model-selection/stratified-group-k-fold.ts';
import { StratifiedKFold } from '../model-selection/stratified-k-fold.ts';
import { TimeSeriesSplit } from '../model-selection/time-series-split.ts';
import type { CompetitionData } from './competition-data.ts';
import type { Competition } from './define-competition.ts';

/** How a competition's training rows are cut, and the folds. */
export interface CompetitionSplits {
  splitter: Splitter<any>;
  /** In the order of time, rows stand from the earliest to the latest. */
  splits: Split[];
}

/**
 * The folds that a definition asks for, with the run's seed.
 * @throws DataError for too few rows or groups, CompetitionError for a fold in the order of time that would learn one class only
 */
export function competitionSplits({ cv, train, target }: Competition, data: CompetitionData, seed: number): CompetitionSplits {
  if (data.folds !== undefined) return givenSplits(data, train, target);
  const splitter = splitterOf(cv, data.task, seed);
  const splits = [...iterateSplits(splitter, data.X, data.y, data.groups)];
  if (data.times === undefined) return { splitter, splits };
  const { order } = data.times;
  const inTime = splits.map((split): Split => ({ train: split.train.map((place) => order[place]), test: split.test.map((place) => order[place]) }));
  if (data.task === 'classification') {
    const fold = inTime.findIndex((split) => split.train.every((row) => data.y[row] === data.y[split.train[0]]));
    if (fold >= 0) {
      const { length } = inTime[fold].train;
      throw new CompetitionError(
        `${basename(train)}: fold ${fold + 1} in the order of time must have two classes of ${target} to learn from, all ${length} rows before it have ${show(data.y[inTime[fold].train[0]])}. ` +
          'Lower cv.nSplits, cv.testSize or cv.gap, or raise cv.maxTrainSize.',
      );
    }
  }
  return { splitter, splits: inTime };
}

/** @throws CompetitionError for one fold only, and for one whose other rows are of one class */
function givenSplits({ folds, X, y, task }: CompetitionData, train: string, target: string): CompetitionSplits {
  const values = uniqueLabels(basename(train), folds as Label[]);
  if (values.length < 2) throw new CompetitionError(`${basename(train)}: there must be two folds at least, every row is in ${show(values[0])}. Leave cv.folds out, or name another column.`);
  const splitter = new PredefinedSplit({ testFold: labelCodes('Folds', folds as Label[], values) });
  const splits = [...iterateSplits(splitter, X, y, undefined)];
  const lone = task === 'regression' ? -1 : splits.findIndex((split) => split.train.every((row) => y[row] === y[split.train[0]]));
  if (lone >= 0) throw new CompetitionError(`${basename(train)}: beside fold ${show(values[lone])} there must be two classes of ${target} to learn from, all rows have ${show(y[splits[lone].train[0]])}. Deal the rows otherwise.`);
  return { splitter, splits };
}

function splitterOf(cv: Competition['cv'], task: 'classification' | 'regression', seed: number): Splitter<any> {
  const { nSplits, gap, testSize, maxTrainSize } = cv;
  if (cv.timeOrder !== null) return new TimeSeriesSplit({ nSplits, gap, testSize, maxTrainSize });
  const stratified = cv.stratified ?? task === 'classification';
  const options = { nSplits, shuffle: cv.shuffle, randomState: cv.shuffle ? seed : null };
  if (cv.groups !== null) return stratified ? new StratifiedGroupKFold(options) : new GroupKFold(options);
  return stratified ? new StratifiedKFold(options) : new KFold(options);
}
