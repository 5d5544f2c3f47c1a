import { GroupKFold } from '../model-selection/group-k-fold.ts';
import { KFold } from '../model-selection/k-fold.ts';
import { StratifiedGroupKFold } from '../model-selection/stratified-group-k-fold.ts';
import { StratifiedKFold } from '../model-selection/stratified-k-fold.ts';
import type { Competition } from './define-competition.ts';

/** The splitter that a definition asks for, with the run's seed. */
export function competitionSplitter(cv: Competition['cv'], task: 'classification' | 'regression', seed: number) {
  const stratified = cv.stratified ?? task === 'classification';
  const options = { nSplits: cv.nSplits, shuffle: cv.shuffle, randomState: cv.shuffle ? seed : null };
  if (cv.groups !== null) return stratified ? new StratifiedGroupKFold(options) : new GroupKFold(options);
  return stratified ? new StratifiedKFold(options) : new KFold(options);
}
