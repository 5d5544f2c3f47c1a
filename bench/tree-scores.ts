/**
 * Cross-validated scores of boosting and of random forests on tables of one's own, as JSON on standard output: for
 * bench/peers/tree_scores.py, which scores LightGBM and scikit-learn on the same folds and shows the differences.
 *
 *     node --import ./dist/register.js bench/tree-scores.ts tables > scores.json
 *     python bench/peers/tree_scores.py tables scores.json
 *
 * Every CSV in the folder is a set: its column `target` holds classes where it is text (scored by accuracy) and numbers
 * otherwise (scored by R²); its other columns of text are categories. Names after the folder leave out other sets.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as refit from 'refit';

const SEEDS = 5;
const [folder, ...only] = process.argv.slice(2);

/** Columns as they are, or, for forests, numbers: categories as their place among the sorted words, missing ones as NaN. */
function coded(table: refit.Table): refit.DenseMatrix {
  const X = new refit.DenseMatrix(table.rows, table.names.length);
  table.names.forEach((name, j) => {
    const values = Array.from({ length: table.rows }, (_, i) => table.column(name).at(i) as number | string | null);
    const words = table.kind(name) === 'text' ? [...new Set(values)].filter((word) => word !== null).sort() : undefined;
    const places = words && new Map(words.map((word, place) => [word, place]));
    values.forEach((value, i) => (X.data[i * X.cols + j] = value === null ? Number.NaN : places ? places.get(value)! : (value as number)));
  });
  return X;
}

/** Per seed, the mean over five folds. */
async function scores(model: (seed: number) => any, X: any, y: any, isClassified: boolean): Promise<number[]> {
  const means: number[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const cv = new (isClassified ? refit.StratifiedKFold : refit.KFold)({ nSplits: 5, shuffle: true, randomState: seed });
    const scoring = isClassified ? 'accuracy' : 'r2';
    const { folds } = await refit.crossValidate(model(seed), X, y, { cv, scoring, workers: 1 });
    means.push(folds.reduce((sum, fold) => sum + (fold.scores as Record<string, number>)[scoring], 0) / folds.length);
  }
  return means;
}

const found: Record<string, Record<string, number[]>> = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv')).sort()) {
  const set = file.slice(0, -4);
  if (only.length > 0 && !only.includes(set)) continue;
  const table = await refit.readCsv(join(folder, file));
  const X = table.drop('target');
  const isClassified = table.kind('target') === 'text';
  const y = isClassified ? table.strings('target') : (table.column('target').values as Float64Array);
  const Boosting = isClassified ? refit.HistGradientBoostingClassifier : refit.HistGradientBoostingRegressor;
  const Forest = isClassified ? refit.RandomForestClassifier : refit.RandomForestRegressor;
  const boosting = () => new Boosting({ earlyStopping: false, workers: 1 });
  found[set] = {
    'boosting, native categories': await scores(boosting, X, y, isClassified),
    'boosting, coded categories': await scores(boosting, coded(X), y, isClassified),
    forest: await scores((seed) => new Forest({ randomState: seed, workers: 1 }), coded(X), y, isClassified),
  };
  process.stderr.write(`${set}\n`);
}
process.stdout.write(`${JSON.stringify(found, null, 1)}\n`);
