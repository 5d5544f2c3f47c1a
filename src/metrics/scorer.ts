import { DataError, OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { accuracyScore } from './accuracy-score.ts';
import { averagePrecisionScore } from './average-precision-score.ts';
import { balancedAccuracyScore } from './balanced-accuracy-score.ts';
import { brierScoreLoss } from './brier-score-loss.ts';
import { cohenKappaScore } from './cohen-kappa-score.ts';
import { d2AbsoluteErrorScore } from './d2-absolute-error-score.ts';
import { d2BrierScore } from './d2-brier-score.ts';
import { d2LogLossScore } from './d2-log-loss-score.ts';
import { dcgScore } from './dcg-score.ts';
import { explainedVarianceScore } from './explained-variance-score.ts';
import { f1Score } from './f1-score.ts';
import { jaccardScore } from './jaccard-score.ts';
import { logLoss } from './log-loss.ts';
import { makeScorer, type Scorer, type ScoringContext } from './make-scorer.ts';
import { matthewsCorrcoef } from './matthews-corrcoef.ts';
import { maxError } from './max-error.ts';
import { meanAbsoluteError } from './mean-absolute-error.ts';
import { meanAbsolutePercentageError } from './mean-absolute-percentage-error.ts';
import { meanGammaDeviance } from './mean-gamma-deviance.ts';
import { meanPoissonDeviance } from './mean-poisson-deviance.ts';
import { meanSquaredError } from './mean-squared-error.ts';
import { meanSquaredLogError } from './mean-squared-log-error.ts';
import { medianAbsoluteError } from './median-absolute-error.ts';
import type { MetricInfo } from './metric.ts';
import { ndcgScore } from './ndcg-score.ts';
import { precisionScore } from './precision-score.ts';
import { r2Score } from './r2-score.ts';
import { recallScore } from './recall-score.ts';
import { rocAucScore } from './roc-auc-score.ts';
import { rootMeanSquaredError } from './root-mean-squared-error.ts';
import { rootMeanSquaredLogError } from './root-mean-squared-log-error.ts';
import type { ScoreRows } from './score-matrix.ts';
import { topKAccuracyScore } from './top-k-accuracy-score.ts';

type LabelMetric = ((yTrue: Labels, yPred: Labels, options?: any) => any) & MetricInfo;

/** 'f1' for two classes, and its averages for any number. */
function averagedScorers<Name extends string>(name: Name, metric: LabelMetric): Record<Name | `${Name}${'Macro' | 'Micro' | 'Weighted'}`, Scorer> {
  const averaged = (ending: 'Macro' | 'Micro' | 'Weighted'): [string, Scorer] => [
    name + ending,
    makeScorer(name + ending, metric, { options: { average: ending.toLowerCase() } }),
  ];
  const binary = makeScorer(name, metric, {
    options: (context) => ({ posLabel: positiveOfTwo(name, context, `'${name}Macro', '${name}Micro' or '${name}Weighted'`), average: 'binary' }),
  });
  return Object.fromEntries([[name, binary], averaged('Macro'), averaged('Micro'), averaged('Weighted')]) as Record<
    Name | `${Name}${'Macro' | 'Micro' | 'Weighted'}`,
    Scorer
  >;
}

function positiveOfTwo(name: string, { classes, positive }: ScoringContext, instead: string): unknown {
  if (classes.length <= 2) return positive;
  throw new OptionError(`${name}: there must be two classes, got ${classes.length} (${showList(classes.map(show))}). Use ${instead}.`);
}

/** ROC AUC with 1 for the positive class, so that its place among the labels does not matter. */
const binaryRocAuc = makeScorer('rocAuc', (yTrue: Labels, scores, { positive, ...options }) => rocAucScore(isLabel(yTrue, positive), scores, options), {
  ...infoOf(rocAucScore),
  options: (context) => ({ positive: positiveOfTwo('rocAuc', context, "'rocAucOvr' or 'rocAucOvo'") }),
});

const multiclassRocAuc = (name: string, multiClass: 'ovr' | 'ovo', average: 'macro' | 'weighted'): Scorer =>
  makeScorer(
    name,
    (yTrue: Labels, scores, { classes, positive, ...options }) =>
      classes.length <= 2
        ? rocAucScore(isLabel(yTrue, positive), scores, options)
        : rocAucScore(yTrue, scores, { ...options, multiClass, average, labels: classes }),
    { ...infoOf(rocAucScore), needs: 'probabilities', options: (context) => context },
  );

function infoOf({ better, range, needs }: MetricInfo): Pick<MetricInfo, 'better' | 'range' | 'needs'> {
  return { better, range, needs };
}

/** For metrics that are of all classes alike, or whose positive class is the greater one in any case. */
const withoutPosLabel = (inner: Scorer): Scorer => ({
  ...inner,
  score: (yTrue, prediction, { sampleWeight } = {}) => inner.score(yTrue, prediction, { sampleWeight }),
});

const isLabel = (yTrue: Labels, label: unknown): boolean[] => Array.from(yTrue, (value) => value === label);

/** The mean over rows that may have several labels: yTrue and the prediction's labelRows are rows × labels of 0 and 1. */
const rowScorer = (name: string, metric: (yTrue: ScoreRows, yPred: ScoreRows, options: object) => number, { better, range, needs }: MetricInfo): Scorer => ({
  metricName: name,
  better,
  range,
  needs,
  score(yTrue, { labelRows }, { sampleWeight } = {}) {
    if (labelRows === undefined) throw new DataError(`${name}: the prediction must hold labelRows, got none. Use a model of several labels a row, or another scorer.`);
    return metric(yTrue as ScoreRows, labelRows, { average: 'samples', ...(sampleWeight && { sampleWeight }) });
  },
});

/** How well a classifier ranks the classes of each row: the true one is worth 1, others nothing. */
const rankingScorer = (name: string, metric: (yTrue: ScoreRows, yScore: ScoreRows, options: object) => number, { better, range, needs }: MetricInfo): Scorer => ({
  metricName: name,
  better,
  range,
  needs,
  score(yTrue, { classes, probabilities, scores }, { sampleWeight } = {}) {
    const columns = probabilities ?? (scores instanceof Float64Array ? ofTwo(scores) : scores);
    if (classes === undefined || columns === undefined) throw new DataError(`${name}: the prediction must hold classes with scores or probabilities, got none. Use a classifier that gives them.`);
    const worth = DenseMatrix.from(Array.from(yTrue, (label) => classes.map((one) => Number(one === label))));
    return metric(worth, columns, sampleWeight ? { sampleWeight } : {});
  },
});

/** Decision values of the lesser and the greater of two classes. */
const ofTwo = (scores: Float64Array): DenseMatrix => DenseMatrix.from(Array.from(scores, (score) => [-score, score]));

const scorers = {
  accuracy: makeScorer('accuracy', accuracyScore),
  balancedAccuracy: makeScorer('balancedAccuracy', balancedAccuracyScore),
  topKAccuracy: withoutPosLabel(makeScorer('topKAccuracy', topKAccuracyScore, { options: ({ classes }) => ({ labels: classes }) })),
  averagePrecision: makeScorer('averagePrecision', averagePrecisionScore, {
    options: ({ classes, positive }) => (classes.length > 2 ? {} : { posLabel: positive }),
  }),
  brierScore: makeScorer('brierScore', brierScoreLoss, {
    options: ({ classes, positive }) => (classes.length > 2 ? { labels: classes } : { posLabel: positive }),
  }),
  ...averagedScorers('f1', f1Score),
  ...averagedScorers('precision', precisionScore),
  ...averagedScorers('recall', recallScore),
  ...averagedScorers('jaccard', jaccardScore),
  f1Samples: rowScorer('f1Samples', f1Score, f1Score),
  precisionSamples: rowScorer('precisionSamples', precisionScore, precisionScore),
  recallSamples: rowScorer('recallSamples', recallScore, recallScore),
  jaccardSamples: rowScorer('jaccardSamples', jaccardScore, jaccardScore),
  logLoss: withoutPosLabel(makeScorer('logLoss', logLoss, { options: ({ classes }) => ({ labels: classes }) })),
  d2LogLossScore: withoutPosLabel(makeScorer('d2LogLossScore', d2LogLossScore, { options: ({ classes }) => ({ labels: classes }) })),
  d2BrierScore: makeScorer('d2BrierScore', d2BrierScore, {
    options: ({ classes, positive }) => (classes.length > 2 ? { labels: classes } : { posLabel: positive }),
  }),
  ndcg: rankingScorer('ndcg', ndcgScore, ndcgScore),
  dcg: rankingScorer('dcg', dcgScore, dcgScore),
  matthewsCorrcoef: makeScorer('matthewsCorrcoef', matthewsCorrcoef),
  quadraticWeightedKappa: withoutPosLabel(makeScorer('quadraticWeightedKappa', cohenKappaScore, { options: ({ classes }) => ({ weights: 'quadratic', labels: classes }) })),
  rocAuc: binaryRocAuc,
  rocAucOvr: multiclassRocAuc('rocAucOvr', 'ovr', 'macro'),
  rocAucOvo: multiclassRocAuc('rocAucOvo', 'ovo', 'macro'),
  rocAucOvrWeighted: multiclassRocAuc('rocAucOvrWeighted', 'ovr', 'weighted'),
  rocAucOvoWeighted: multiclassRocAuc('rocAucOvoWeighted', 'ovo', 'weighted'),
  explainedVariance: makeScorer('explainedVariance', explainedVarianceScore),
  r2: makeScorer('r2', r2Score),
  maxError: makeScorer('maxError', maxError),
  meanAbsoluteError: makeScorer('meanAbsoluteError', meanAbsoluteError),
  meanSquaredError: makeScorer('meanSquaredError', meanSquaredError),
  rootMeanSquaredError: makeScorer('rootMeanSquaredError', rootMeanSquaredError),
  meanSquaredLogError: makeScorer('meanSquaredLogError', meanSquaredLogError),
  rootMeanSquaredLogError: makeScorer('rootMeanSquaredLogError', rootMeanSquaredLogError),
  medianAbsoluteError: makeScorer('medianAbsoluteError', medianAbsoluteError),
  meanAbsolutePercentageError: makeScorer('meanAbsolutePercentageError', meanAbsolutePercentageError),
  meanPoissonDeviance: makeScorer('meanPoissonDeviance', meanPoissonDeviance),
  meanGammaDeviance: makeScorer('meanGammaDeviance', meanGammaDeviance),
  d2AbsoluteErrorScore: makeScorer('d2AbsoluteErrorScore', d2AbsoluteErrorScore),
};

/** A built-in scorer: scikit-learn's name in camelCase, without the `neg` prefix. */
export type ScorerName = keyof typeof scorers;

/** Every name that `scorer` knows. */
export const scorerNames = Object.freeze(Object.keys(scorers)) as readonly ScorerName[];

/** Whether a name is that of a scorer of this library. */
export const isBuiltIn = (name: string): boolean => Object.hasOwn(scorers, name);

/** Whether a name is that of a scorer of this library, or of one's own that was named before. */
export const isKnown = (name: string): name is ScorerName => isBuiltIn(name) || ownScorers.has(name);

/** What competitions call scorers for short. */
const ABBREVIATIONS: Readonly<Record<string, ScorerName>> = {
  auc: 'rocAuc', auroc: 'rocAuc', prauc: 'averagePrecision', auprc: 'averagePrecision', qwk: 'quadraticWeightedKappa', kappa: 'quadraticWeightedKappa', mcc: 'matthewsCorrcoef',
  crossentropy: 'logLoss', mae: 'meanAbsoluteError', mse: 'meanSquaredError', rmse: 'rootMeanSquaredError', msle: 'meanSquaredLogError', rmsle: 'rootMeanSquaredLogError', mape: 'meanAbsolutePercentageError',
};

/** Scorers of a user's own, by their names. */
const ownScorers = new Map<string, Scorer>();

/**
 * Lets a scorer of one's own be asked for by its name from here on, in this process: a later one of the same name takes its place.
 * @throws OptionError for the name of a built-in one
 */
export function nameScorer(own: Scorer): ScorerName {
  const name = own.metricName as ScorerName;
  if (Object.hasOwn(scorers, name)) throw new OptionError(`scorer: a scorer of one's own must have a name of its own, ${show(name)} is built in. Give makeScorer another name.`);
  ownScorers.set(name, own);
  return name;
}

/**
 * The scorer of a name, built in or a competition's own; a scorer is returned as it is.
 *
 * Losses and errors keep their sign and say `better: 'lower'`; scikit-learn negates them and writes neg_.
 * The positive one of two classes is the greater one, so that text labels work and a model's
 * probabilities of classes[1] fit. scikit-learn's 'f1', 'precision', 'recall' and 'jaccard' take label 1
 * instead, which differs for labels such as 1 and 2.
 *
 * 'f1Samples', 'precisionSamples', 'recallSamples' and 'jaccardSamples' hold rows × labels of 0 and 1 against `labelRows`, as
 * MultiOutputClassifier and ClassifierChain predict them. They are for such predictions in hand: crossValidate and searches
 * take one label a row.
 *
 * 'quadraticWeightedKappa' is cohenKappaScore with quadratic weights; scikit-learn has no name for it.
 *
 * 'ndcg' and 'dcg' judge how a classifier ranks the classes of a row, of which the true one is worth 1.
 *
 * Counterpart: scikit-learn's get_scorer.
 *
 * @throws OptionError for an unknown name, naming a near one and the list
 * @example
 * scorer('logLoss').better; // 'lower'
 * scorer('f1').score(['ham', 'spam'], { labels: ['ham', 'ham'] }); // 0
 */
export function scorer(nameOrScorer: ScorerName | Scorer): Scorer {
  if (typeof nameOrScorer === 'string') {
    if (Object.hasOwn(scorers, nameOrScorer)) return scorers[nameOrScorer];
    const own = ownScorers.get(nameOrScorer);
    if (own !== undefined) return own;
    const near = meantName(nameOrScorer);
    throw new OptionError(`scorer: there is no scorer ${show(nameOrScorer)}.${near ? ` Did you mean ${near}?` : ''} Scorers are ${showList(scorerNames, 50)}.`);
  }
  if (typeof nameOrScorer === 'object' && nameOrScorer !== null && typeof nameOrScorer.score === 'function') return nameOrScorer;
  throw new OptionError(`scorer: scoring must be a name or a scorer, got ${show(nameOrScorer)}. Make one of a metric with makeScorer.`);
}

/** The scorer that an abbreviation, scikit-learn's spelling, a metric function's name or a misspelling stands for. */
function meantName(name: string): string | undefined {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^neg(?=[A-Z])/, '');
  const short = name.toLowerCase().replace(/[^a-z]/g, '');
  if (Object.hasOwn(ABBREVIATIONS, short)) return ABBREVIATIONS[short];
  const spellings: readonly string[] = [camel, camel.replace(/(Score|Loss)$/, '')];
  return scorerNames.find((known) => spellings.includes(known)) ?? nearestName(camel, scorerNames);
}
