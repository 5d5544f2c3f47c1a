import { DataError, OptionError } from '../core/errors.ts';
import { uniqueLabels, type Labels } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { Scorer } from '../metrics/make-scorer.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import type { JudgedModel } from './evaluate-variants.ts';
import { canPredict, isClassifier, ownerOf, predictorOf, type Model, type PredictionMethod } from './model.ts';

/** A scorer by name, or one of your own. */
export type Scoring = ScorerName | Scorer;

/** The names under which the scores of `scoring` are kept. */
export type ScoringNames<S> = S extends readonly (infer One)[] ? ScoringNames<One> : S extends string ? S : string;

/**
 * How a model is to be judged on y: classes and questions for a classifier, numbers for a regressor.
 * @param scoring null for accuracy or r2
 * @param keepsPredictions whether predictions are of interest themselves: otherwise only what scorers need is asked for
 * @throws OptionError for an unknown or double scorer, or one that asks for what the model cannot tell; DataError for labels that are none,
 * and for a y of several columns
 */
export function judgedModel(owner: string, model: Model, y: Labels, scoring: Scoring | readonly Scoring[] | null, keepsPredictions = false): JudgedModel {
  if (typeof y[0] === 'object' && y[0] !== null) {
    throw new DataError(`${owner}: y must hold one label or number a row, row 0 has ${show(y[0])}. Fit each split by yourself, and judge by a metric or scorer('f1Samples').`);
  }
  const classifier = judgedByClass(model, y);
  const scorers = resolveScoring(owner, scoring ?? (classifier ? 'accuracy' : 'r2'), model);
  const onlyLabels = !keepsPredictions && scorers.every(({ needs }) => needs === 'labels' || needs === 'values');
  const methods = onlyLabels || !classifier ? (['predict'] as const) : methodsFor(scorers, model);
  return { name: null, model, scorers, classes: classifier ? uniqueLabels(owner, y) : null, methods, source: null };
}

/** Whether predictions are labels: those of a classifier, of an outlier detector (−1 and 1), or of any model where y holds no numbers. */
function judgedByClass(model: Model, y: Labels): boolean {
  const { estimatorType } = predictorOf(model) as { estimatorType?: unknown };
  return isClassifier(model) || estimatorType === 'outlierDetector' || typeof y[0] !== 'number';
}

function resolveScoring(owner: string, scoring: Scoring | readonly Scoring[], model: Model): Scorer[] {
  const list = Array.isArray(scoring) ? (scoring as readonly Scoring[]) : [scoring as Scoring];
  if (list.length === 0) throw new OptionError(`${owner}: scoring must name at least one scorer, got none.`);
  const scorers = list.map((one) => scorer(one));
  const names = new Set<string>();
  for (const { metricName, needs } of scorers) {
    if (names.has(metricName)) throw new OptionError(`${owner}: scorers must be distinct, ${metricName} stands twice.`);
    names.add(metricName);
    const methods: PredictionMethod[] = needs === 'probabilities' ? ['predictProba'] : needs === 'scores' ? ['predictProba', 'decisionFunction'] : [];
    if (methods.length > 0 && !methods.some((method) => canPredict(model, method))) {
      throw new OptionError(`${owner}: ${metricName} needs ${methods.join(' or ')}, ${ownerOf(predictorOf(model))} has none. Use another scorer or model.`);
    }
  }
  return scorers;
}

/** Labels always; probabilities where the model has them; decision values where a scorer ranks by them or there is nothing else. */
function methodsFor(scorers: readonly Scorer[], model: Model): PredictionMethod[] {
  const methods: PredictionMethod[] = ['predict'];
  const probabilities = canPredict(model, 'predictProba');
  if (probabilities) methods.push('predictProba');
  const ranks = scorers.some(({ needs }) => needs === 'scores');
  if ((ranks || !probabilities) && canPredict(model, 'decisionFunction')) methods.push('decisionFunction');
  return methods;
}

