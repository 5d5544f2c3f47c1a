/**
 * Cross-validated scores of every family's models on four data sets, fold by fold, as a line of JSON each: for
 * bench/peers/model_scores.py, which does the same in scikit-learn and shows the differences.
 *
 *     node --import ./dist/register.js bench/model-scores.ts > scores.jsonl
 *     python bench/peers/model_scores.py competitions scores.jsonl
 *
 * Words after the script leave out what has none of them in “<set> <task>: <model>”, task being classes or numbers. Scores are accuracies (of both labels together
 * where there are two) and R²; where a model gives probabilities, its log loss stands beside.
 */
import * as refit from 'refit';
import { classifiers, regressors, type Front, type ScoredModel } from './scored-models.ts';

interface ScoredSet {
  name: string;
  task: 'classes' | 'numbers';
  X: string[] | refit.DenseMatrix;
  /** What there is to learn; see ScoredModel. */
  targets: Record<ScoredModel['target'], any>;
  fronts: Record<Front, () => refit.Stage[]>;
  components: number;
}

/** One model on one set; losses are null where there are no probabilities. */
interface ModelScores {
  set: string;
  task: ScoredSet['task'];
  model: string;
  rows: number;
  /** Per seed, per fold. */
  scores: number[][];
  losses: number[][] | null;
  seconds: number;
}

/** Documents that slow models learn from. */
const FEWER = 1200;

const texts: ScoredSet['fronts'] = {
  scaled: () => [new refit.TfidfVectorizer({ minDf: 3 })],
  nonNegative: () => [new refit.CountVectorizer({ minDf: 3 })],
  dense: () => [new refit.TfidfVectorizer({ minDf: 3 }), new refit.TruncatedSVD({ nComponents: 30, algorithm: 'arpack', randomState: 0 })],
} as never;
const scaled = () => [new refit.SimpleImputer(), new refit.StandardScaler()];
const tables: ScoredSet['fronts'] = { scaled, dense: scaled, nonNegative: () => [new refit.SimpleImputer(), new refit.MinMaxScaler({ clip: true })] } as never;

const read = (name: string): Promise<refit.Table> => refit.readCsv(`competitions/${name}/data/train.csv`);
const [spam, penguins, cars] = await Promise.all([read('spam-detector'), read('penguins'), read('cars')]);
const images = await refit.nn.readIdx('competitions/digits/data/train-images-idx3-ubyte.gz');
const digits = Array.from((await refit.nn.readIdx('competitions/digits/data/train-labels-idx1-ubyte.gz')).data);

/** Columns as rows of numbers, NaN where a value is missing. */
const matrix = (...columns: ArrayLike<number>[]): refit.DenseMatrix => refit.DenseMatrix.from(Array.from(columns[0], (_, i) => columns.map((column) => column[i])));
const rows = (...columns: ArrayLike<number>[]): number[][] => matrix(...columns).toArray();
const flags = (values: ArrayLike<unknown>, test: (value: any) => boolean): number[] => Array.from(values, (value) => Number(test(value)));

const contents = Array.from(spam.strings('content'));
const label = Array.from(spam.numbers('label'));
const words = contents.map((content) => content.split(' ').length);
const sex = Array.from(penguins.strings('sex'));
const mass = Array.from(penguins.numbers('body_mass_g'), (grams) => grams / 1000);
const numbersOf = (table: refit.Table, ...names: string[]): refit.DenseMatrix => matrix(...names.map((name) => table.numbers(name)));
const miles = Array.from(cars.numbers('miles_per_gallon'));

const sets: ScoredSet[] = [
  { name: 'spam-detector', task: 'classes', X: contents, targets: { y: label, two: label, columns: rows(label, flags(words, (n) => n > 60)) }, fronts: texts, components: 20 },
  {
    name: 'digits',
    task: 'classes',
    X: new refit.DenseMatrix(digits.length, 64, Float64Array.from(images.data)),
    targets: { y: digits, two: flags(digits, (digit) => digit % 2 === 0), columns: rows(flags(digits, (digit) => digit % 2 === 0), flags(digits, (digit) => digit >= 5)) },
    fronts: tables,
    components: 20,
  },
  {
    name: 'penguins',
    task: 'classes',
    X: numbersOf(penguins, 'beak_length_mm', 'beak_depth_mm', 'flipper_length_mm', 'body_mass_g'),
    targets: { y: sex, two: sex, columns: rows(flags(sex, (word) => word === 'male'), flags(penguins.strings('species'), (word) => word === 'Adelie')) },
    fronts: tables,
    components: 2,
  },
  { name: 'spam-detector', task: 'numbers', X: contents, targets: { y: label, two: null, columns: rows(label, words.map(Math.log)) }, fronts: texts, components: 20 },
  {
    name: 'cars',
    task: 'numbers',
    X: numbersOf(cars, 'cylinders', 'displacement', 'horsepower', 'weight_lbs'),
    targets: { y: miles, two: null, columns: rows(miles, cars.numbers('acceleration')) },
    fronts: tables,
    components: 2,
  },
  {
    name: 'penguins',
    task: 'numbers',
    X: matrix(penguins.numbers('beak_length_mm'), penguins.numbers('beak_depth_mm'), flags(sex, (word) => word === 'male')),
    targets: { y: mass, two: null, columns: rows(mass, penguins.numbers('flipper_length_mm')) },
    fronts: tables,
    components: 2,
  },
];

const take = (values: any, at: ArrayLike<number>): any => (Array.isArray(values) ? Array.from(at, (i) => values[i]) : values.take(at));

/** What crossValidate does, for targets of several columns, which it does not take. */
async function columnScores(model: any, X: any, Y: any, splits: readonly refit.Split[]): Promise<number[]> {
  const found: number[] = [];
  for (const { train, test } of splits) {
    const copy = await model.clone().fit(take(X, train), take(Y, train));
    found.push(await copy.score(take(X, test), take(Y, test)));
  }
  return found;
}

async function judge(set: ScoredSet, name: string, scored: ScoredModel): Promise<ModelScores> {
  const started = performance.now();
  const count = scored.isSlow && set.name === 'spam-detector' ? FEWER : set.targets.y.length;
  const at = Array.from({ length: count }, (_, i) => i);
  const [X, y, target] = [set.X, set.targets.y, set.targets[scored.target]].map((values) => take(values, at));
  const isClasses = set.task === 'classes';
  const cv = new (isClasses ? refit.StratifiedKFold : refit.KFold)({ nSplits: 5, shuffle: true, randomState: 43 });
  const splits = cv.split(X, scored.target === 'two' ? target : y);
  const scores: number[][] = [];
  const losses: number[][] = [];
  for (let seed = 0; seed < scored.seeds; seed++) {
    const stages = [...set.fronts[scored.front](), ...scored.stages(seed, set.components)];
    const model: any = new refit.Pipeline(stages.map((stage, i) => [`stage${i}`, stage]) as never);
    if (scored.target === 'columns') {
      scores.push(await columnScores(model, X, target, splits));
      continue;
    }
    const scoring = isClasses ? (model.can('predictProba') ? ['accuracy', 'logLoss'] as const : ['accuracy'] as const) : ['r2'] as const;
    const { folds } = await refit.crossValidate(model, X, target, { cv: splits, scoring, workers: 1 });
    scores.push(folds.map((fold) => (fold.scores as Record<string, number>)[scoring[0]]));
    if (scoring.length > 1) losses.push(folds.map((fold) => (fold.scores as Record<string, number>).logLoss));
  }
  const seconds = (performance.now() - started) / 1000;
  return { set: set.name, task: set.task, model: name, rows: count, scores, losses: losses.length > 0 ? losses : null, seconds };
}

const only = process.argv.slice(2);
for (const set of sets) {
  for (const [name, scored] of Object.entries(set.task === 'classes' ? classifiers : regressors)) {
    if (only.length > 0 && !only.some((word) => `${set.name} ${set.task}: ${name}`.includes(word))) continue;
    process.stdout.write(`${JSON.stringify(await judge(set, name, scored))}\n`);
  }
}
