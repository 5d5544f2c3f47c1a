import type { BenchItem } from './bench-item.ts';
import { boostingCategories } from './items/boosting-categories.ts';
import { boostingCrossValidation } from './items/boosting-cross-validation.ts';
import { boostingGrowth } from './items/boosting-growth.ts';
import { boostingGrowthColumns } from './items/boosting-growth-columns.ts';
import { boostingOneThread } from './items/boosting-one-thread.ts';
import { boostingPredict } from './items/boosting-predict.ts';
import { boostingTableBest, boostingTableOneThread } from './items/boosting-table.ts';
import { boostingTwoThreads } from './items/boosting-two-threads.ts';
import { charTfidf } from './items/char-tfidf.ts';
import { countWords } from './items/count-words.ts';
import { crossValidation } from './items/cross-validation.ts';
import { decisionTreeText } from './items/decision-tree-text.ts';
import { gaussianMixture } from './items/gaussian-mixture.ts';
import { gradientBoosting } from './items/gradient-boosting.ts';
import { gridSearch } from './items/grid-search.ts';
import { gridSearchCached } from './items/grid-search-cached.ts';
import { growth } from './items/growth.ts';
import { isolationForest } from './items/isolation-forest.ts';
import { knnFewColumns, knnManyColumns } from './items/knn-table.ts';
import { knnText } from './items/knn-text.ts';
import { linearSvcText } from './items/linear-svc-text.ts';
import { logisticRegression } from './items/logistic-regression.ts';
import { nets } from './items/nets.ts';
import { pca } from './items/pca.ts';
import { randomForestOneThread, randomForestTwoThreads } from './items/random-forest.ts';
import { readLargeCsv } from './items/read-csv.ts';
import { seedScript } from './items/seed-script.ts';
import { startUp } from './items/start-up.ts';
import { tableCrossValidation } from './items/table-cross-validation.ts';
import { svcRbf } from './items/svc-rbf.ts';
import { truncatedSvdText } from './items/truncated-svd-text.ts';

/** Every item, in the order of the table. */
export const items: readonly BenchItem[] = [
  seedScript,
  crossValidation,
  gridSearch,
  gridSearchCached,
  countWords,
  charTfidf,
  logisticRegression,
  tableCrossValidation,
  readLargeCsv,
  decisionTreeText,
  randomForestOneThread,
  randomForestTwoThreads,
  boostingOneThread,
  boostingTwoThreads,
  boostingPredict,
  boostingTableOneThread,
  boostingTableBest,
  boostingCategories,
  boostingCrossValidation,
  boostingGrowth,
  boostingGrowthColumns,
  gradientBoosting,
  knnText,
  knnFewColumns,
  knnManyColumns,
  linearSvcText,
  svcRbf,
  truncatedSvdText,
  pca,
  gaussianMixture,
  isolationForest,
  ...nets,
  growth,
  startUp,
];

/** An item by name. @throws Error naming those there are. */
export function item(name: string): BenchItem {
  const found = items.find((one) => one.name === name);
  if (found === undefined) throw new Error(`bench: there is no item ${name}. Items are ${items.map((one) => one.name).join(', ')}.`);
  return found;
}
