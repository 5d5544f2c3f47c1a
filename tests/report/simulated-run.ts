import { RandomState } from '../../src/core/random-state.ts';
import type { Label } from '../../src/core/labels.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { OutOfFold, PipelineRecord, ScoreSummary } from '../../src/competition/run-record.ts';
import type { ReportData } from '../../src/report/report-data.ts';

export interface SimulationOptions {
  classes?: readonly Label[];
  rows?: number;
  folds?: number;
  /** Name and how far apart the pipeline's scores of the classes lie. */
  pipelines?: readonly (readonly [name: string, separation: number])[];
  title?: string;
  seed?: number;
}

/** A classification run that never happened: seeded normal scores turned into probabilities. */
export function simulatedRun({
  classes = ['ham', 'spam'],
  rows = 3000,
  folds = 5,
  pipelines = [
    ['tfidf-logistic', 4.2],
    ['count-logistic', 3.4],
    ['count-bayes', 2.6],
  ],
  title = 'Which messages are spam?',
  seed = 43,
}: SimulationOptions = {}): ReportData {
  const random = new RandomState(seed);
  const codes = Int32Array.from({ length: rows }, (_, i) => (i < classes.length ? i : Math.min(classes.length - 1, Math.floor(random.randomSample() ** 1.6 * classes.length))));
  const fold = Int32Array.from({ length: rows }, (_, i) => i % folds);
  const y = Array.from(codes, (code) => classes[code]);
  const outOfFold: Record<string, OutOfFold> = {};
  const records: PipelineRecord[] = [];
  for (const [name, separation] of pipelines) {
    const probabilities = new DenseMatrix(rows, classes.length);
    const labels: Label[] = [];
    for (let i = 0; i < rows; i++) {
      const logits = classes.map((_, k) => random.standardNormal() + (k === codes[i] ? separation * (classes.length === 2 ? 0.7 : 1) : 0));
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      logits.forEach((logit, k) => (probabilities.data[i * classes.length + k] = Math.exp(logit) / total));
      labels.push(classes[logits.indexOf(Math.max(...logits))]);
    }
    outOfFold[name] = { folds: fold, labels, probabilities };
    const accuracy = summary(folds, (f) => share(rows, (i) => fold[i] === f, (i) => labels[i] === y[i]));
    const logLoss = summary(folds, (f) => share(rows, (i) => fold[i] === f, (i) => -Math.log(probabilities.data[i * classes.length + codes[i]])));
    records.push({
      name,
      code: 'c0de',
      size: 37_920,
      stages: [
        { name: 'count', estimator: 'CountVectorizer', options: { tokenPattern: '/\\w+/gu', ngramRange: [1, 1], minDf: 1, maxFeatures: null, stopWords: null, lowercase: true } },
        { name: 'classify', estimator: 'LogisticRegression', options: { C: 1, maxIter: 50000, tol: 1e-4, classWeight: null, fitIntercept: true } },
      ],
      scores: { accuracy, logLoss },
      warnings: name === 'count-logistic' ? ['LogisticRegression did not converge within 50000 iterations in fold 3.'] : [],
    });
  }
  return {
    record: {
      format: 1,
      competition: { name: 'spam-detector', title, metric: 'accuracy', better: 'higher', task: 'classification', id: 'name', target: 'label', features: ['content'], kinds: { content: 'text' }, trainRows: rows, testRows: Math.floor(rows / 3) },
      seed,
      cv: { splitter: 'StratifiedKFold', nSplits: folds, options: { nSplits: folds, shuffle: true, randomState: seed } },
      classes,
      pipelines: records,
      winner: pipelines[0][0],
      warnings: [],
      hashes: { train: 'a1', test: 'b2', target: 'c3', folds: 'd4', metric: 'e5' },
    },
    times: times(pipelines.map(([name]) => name), folds),
    y,
    outOfFold,
  };
}

/** A regression run that never happened: y uniform in [0, 300), predicted with normal errors. */
export function simulatedRegression(rows = 800, folds = 5): ReportData {
  const random = new RandomState(7);
  const y = Float64Array.from({ length: rows }, () => random.randomSample() * 300);
  const fold = Int32Array.from({ length: rows }, (_, i) => i % folds);
  const base = simulatedRun({ rows: 20, folds });
  const outOfFold: Record<string, OutOfFold> = {};
  const records = (['ridge', 'mean'] as const).map((name): PipelineRecord => {
    const values = y.map((value) => (name === 'mean' ? 150 : value + 20 * random.standardNormal()));
    outOfFold[name] = { folds: fold, labels: [], values };
    const rootMeanSquaredError = summary(folds, (f) => Math.sqrt(share(rows, (i) => fold[i] === f, (i) => (values[i] - y[i]) ** 2)));
    return { name, code: 'c0de', size: 12, stages: [{ name: 'model', estimator: name === 'mean' ? 'DummyRegressor' : 'Ridge', options: {} }], scores: { rootMeanSquaredError }, warnings: [] };
  });
  const competition = { ...base.record.competition, name: 'house-prices', title: 'What does a house cost?', metric: 'rootMeanSquaredError', better: 'lower' as const, task: 'regression' as const, target: 'price', trainRows: rows };
  return { record: { ...base.record, competition, classes: [], pipelines: records, winner: 'ridge' }, times: times(['ridge', 'mean'], folds), y, outOfFold };
}

function share(rows: number, within: (i: number) => boolean, value: (i: number) => number | boolean): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rows; i++) {
    if (!within(i)) continue;
    sum += Number(value(i));
    count += 1;
  }
  return sum / count;
}

function summary(folds: number, score: (fold: number) => number): ScoreSummary {
  const values = Array.from({ length: folds }, (_, f) => score(f));
  const mean = values.reduce((a, b) => a + b, 0) / folds;
  return { mean, std: Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / folds), folds: values };
}

function times(names: readonly string[], folds: number): ReportData['times'] {
  const pipelines = Object.fromEntries(names.map((name, p) => [name, { fit: Array.from({ length: folds }, (_, f) => 0.4 + 0.3 * p + 0.01 * f), score: Array.from({ length: folds }, () => 0.05) }]));
  return { options: { pipelines: names, seed: 43, search: false, workers: null }, started: '2026-03-04T05:06:07.000Z', seconds: 12.5, pipelines, refitSeconds: 0.75, versions: { refit: '0.1.0', node: '20.20.2' }, machine: { platform: 'linux x64', cpu: 'Example CPU', cores: 2, memoryGiB: 8 } };
}
