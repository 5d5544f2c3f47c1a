import { DataError, RefitError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { showList, show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction, Scorer } from '../metrics/make-scorer.ts';
import { alignColumns, alignScores } from './align-classes.ts';
import { askModel, learnedBy, ownerOf, predictorOf, stagesOf, type Model, type PredictionMethod } from './model.ts';
import type { Split } from './splitter.ts';

/** One fold's work: all that is needed to do it here or elsewhere. */
export interface FoldTask {
  /** Copied before it is fitted. */
  model: Model;
  X: unknown;
  y: Labels;
  split: Split;
  /** 0-based. */
  fold: number;
  /** All classes, ascending; null for regression. */
  classes: readonly Label[] | null;
  methods: readonly PredictionMethod[];
  scorers: readonly Scorer[];
  sampleWeight: Float64Array | undefined;
}

/** What came of one fold's work. */
export interface FoldOutcome {
  scores: Record<string, number>;
  fitSeconds: number;
  scoreSeconds: number;
  estimator: Model;
  notes: string[];
  prediction: Prediction;
}

/** Fits a copy of the model on the training rows, predicts the test rows once, and lets every scorer judge. */
export async function fitAndScore({ model, X, y, split, fold, classes, methods, scorers, sampleWeight }: FoldTask): Promise<FoldOutcome> {
  try {
    const estimator = model.clone();
    const ytrain = takeRows(y, split.train);
    const started = performance.now();
    await estimator.fit(takeRows(X, split.train), ytrain, sampleWeight && { sampleWeight: takeRows(sampleWeight, split.train) });
    const fitted = performance.now();

    const prediction = await predictRows(estimator, takeRows(X, split.test), methods, classes);
    const ytest = takeRows(y, split.test);
    const weights = sampleWeight && { sampleWeight: takeRows(sampleWeight, split.test) };
    const scores: Record<string, number> = {};
    for (const scorer of scorers) scores[scorer.metricName] = scorer.score(ytest, prediction, weights);
    const scored = performance.now();

    return {
      scores,
      fitSeconds: (fitted - started) / 1000,
      scoreSeconds: (scored - fitted) / 1000,
      estimator,
      notes: [...modelNotes(estimator), ...foldNotes(fold, ytrain, classes, scores)],
      prediction,
    };
  } catch (error) {
    if (error instanceof RefitError) error.message = `fold ${fold + 1}: ${error.message}`;
    throw error;
  }
}

/** What a fitted model says of rows, classes in the order of `classes`; numbers where `classes` is null. */
export async function predictRows(
  model: Model,
  X: unknown,
  methods: readonly PredictionMethod[],
  classes: readonly Label[] | null,
): Promise<Prediction> {
  const answers = await askModel(model, X, methods);
  const predicted = answers.get('predict') as ArrayLike<Label>;
  if (classes === null) return { values: numbers(model, predicted) };
  const owner = ownerOf(predictorOf(model));
  const learned = learnedBy(predictorOf(model)).classes ?? classes;
  const probabilities = answers.get('predictProba') as DenseMatrix | undefined;
  const scores = answers.get('decisionFunction') as Float64Array | DenseMatrix | undefined;
  return {
    classes,
    labels: Array.from(predicted),
    ...(typeof classes[0] === 'number' && { values: numbers(model, predicted) }),
    ...(probabilities && { probabilities: alignColumns(owner, probabilities, learned, classes, 0) }),
    ...(scores && { scores: alignScores(owner, scores, learned, classes) }),
  };
}

function numbers(model: Model, predicted: ArrayLike<Label>): Float64Array {
  return Float64Array.from(predicted, (value, i) => {
    if (typeof value === 'number') return value;
    throw new DataError(`${ownerOf(model)}: predictions must be numbers, row ${i} got ${show(value)}.`);
  });
}

/** What the stages say of themselves: notes they took, and solvers that gave up. */
function modelNotes(model: object): string[] {
  return stagesOf(model).flatMap((stage) => {
    const { notes, converged, iterations } = learnedBy(stage);
    const own = Array.isArray(notes) ? (notes as string[]) : [];
    if (converged !== false) return own;
    const after = typeof iterations === 'number' ? ` in ${iterations} iterations` : '';
    return [...own, `${ownerOf(stage)}: did not converge${after}. Raise maxIter or scale X.`];
  });
}

function foldNotes(fold: number, ytrain: Labels, classes: readonly Label[] | null, scores: Readonly<Record<string, number>>): string[] {
  const notes: string[] = [];
  if (classes !== null) {
    const known = new Set(uniqueLabels('crossValidate', ytrain));
    const missing = classes.filter((label) => !known.has(label));
    if (missing.length > 0) {
      notes.push(`Fold ${fold + 1} has no training row of ${showList(missing.map(show))}. Use stratified folds, or fewer of them.`);
    }
  }
  for (const [name, score] of Object.entries(scores)) {
    if (Number.isNaN(score)) notes.push(`${name} is not defined on the test rows of fold ${fold + 1}.`);
  }
  return notes;
}
