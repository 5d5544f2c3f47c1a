import type { DummyClassifier } from '../../dummy/dummy-classifier.ts';
import type { DummyRegressor } from '../../dummy/dummy-regressor.ts';
import type { ThresholdFitted } from '../../calibration/thresholded-classifier.ts';
import type { Label } from '../../core/labels.ts';
import type { ColumnTransformer, PartStage, Plain } from '../../pipeline/column-transformer.ts';
import type { TargetFunctionName } from '../../pipeline/target-function.ts';
import type { Step } from '../../pipeline/stage.ts';
import type { TransformedTarget } from '../../pipeline/transformed-target.ts';
import { restoreStage } from '../../pipeline/restore-stage.ts';
import type { Flow, MatrixFlow, PredictionFlow, TableFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import type { WriteStage } from './stage-writer.ts';
import { predictionOf } from './write-ensembles.ts';

interface Steps {
  readonly steps: readonly Step[];
}

export function writePipeline(w: OnnxWriter, { steps }: Steps, X: Flow, write: WriteStage): Flow {
  return steps.reduce((flow: Flow, [name, stage]) => write(w, name, stage, flow), X);
}

export function writeFeatureUnion(w: OnnxWriter, { steps }: Steps, X: Flow, write: WriteStage): MatrixFlow {
  return sideBySide(w, steps.map(([name, stage]) => w.matrixOf(write(w, name, stage, X))));
}

const sideBySide = (w: OnnxWriter, parts: readonly MatrixFlow[]): MatrixFlow => w.matrix(w.concat(parts.map(({ name }) => name)), parts.reduce((sum, { cols }) => sum + cols, 0));

export function writeColumnTransformer(w: OnnxWriter, { fitted, options }: ColumnTransformer, X: Flow, write: WriteStage): MatrixFlow {
  const table = w.tableOf(X);
  const named = new Map(table.columns.map((column) => [column.title, column]));
  const works: (readonly [string, PartStage | Plain])[] = [...options.transformers.map(([name, stage]) => [name, stage] as const), ['remainder', options.remainder]];
  const parts = works.flatMap(([name, stage]): MatrixFlow[] => {
    const titles = fitted.columns[name];
    if (titles.length === 0 || stage === 'drop') return [];
    const columns = titles.map((title) => named.get(title) ?? w.refuse(`column ${JSON.stringify(title)} must come in, it does not.`));
    const chosen: TableFlow = { kind: 'table', columns };
    if (stage === 'passthrough') return [w.matrixOf(chosen)];
    return [w.matrixOf(write(w, name, stage as PartStage, partFlow(w, chosen, (stage as PartStage).takes ?? 'matrix')))];
  });
  return sideBySide(w, parts);
}

/** The chosen columns in the form that a stage takes; see columnsFor in pipeline/column-parts.ts. */
function partFlow(w: OnnxWriter, chosen: TableFlow, takes: NonNullable<PartStage['takes']>): Flow {
  if (takes === 'texts') return { kind: 'texts', name: w.flat(chosen.columns[0].name) };
  const isNumbers = chosen.columns.every(({ type }) => type === 'number');
  return takes === 'matrix' || (takes === 'any' && isNumbers) ? w.matrixOf(chosen) : chosen;
}

export function writeTransformedTarget(w: OnnxWriter, stage: TransformedTarget<any>, X: Flow, write: WriteStage): PredictionFlow {
  const { func, inverseFunc } = stage.options;
  if (stage.transformer !== null) return w.refuse('TransformedTarget: transformer must be null to be written as ONNX. Use func.');
  if (typeof func === 'function' || inverseFunc !== null) return w.refuse("TransformedTarget: func must be a name to be written as ONNX, got a function. Use 'log1p', 'log', 'sqrt' or 'standardize'.");
  const { mean, scale } = stage.fitted;
  const { values } = predictionOf(w, 'regressor', stage.regressor as object, X, write);
  return { kind: 'prediction', classes: null, values: backFrom(w, func, values as string, mean, scale) };
}

function backFrom(w: OnnxWriter, func: TargetFunctionName | null, t: string, mean: number, scale: number): string {
  if (func === 'standardize') return w.add(w.mul(t, w.double(scale)), w.double(mean));
  if (func === 'sqrt') return w.mul(t, t);
  if (func === 'log') return w.op('Exp', [t]);
  if (func === 'log1p') return w.sub(w.op('Exp', [t]), w.double(1));
  return t;
}

/** What a search found best. */
export function writeSearch(w: OnnxWriter, { fitted }: { readonly fitted: { readonly bestEstimator: object } }, X: Flow, write: WriteStage): Flow {
  return write(w, 'bestEstimator', fitted.bestEstimator, X);
}

interface Thresholded {
  readonly options: { readonly estimator: any };
  readonly fitted: ThresholdFitted & { readonly classes: readonly Label[] };
}

/** The positive class from a threshold on. */
export function writeThreshold(w: OnnxWriter, { options, fitted }: Thresholded, X: Flow, write: WriteStage): PredictionFlow {
  const model = options.estimator.clone();
  restoreStage(model, fitted.estimator);
  const answer = predictionOf(w, 'estimator', model, X, write);
  const { classes, posLabel, threshold, responseMethod } = fitted;
  const positive = classes.indexOf(posLabel);
  const response = responseMethod === 'predictProba' ? answer.probabilities && w.columns(answer.probabilities, [positive]) : answer.scores && (positive === 1 ? answer.scores : w.op('Neg', [answer.scores]));
  if (response === undefined) return w.refuse(`the estimator must give ${responseMethod} in ONNX, it does not.`);
  const isPositive = w.flat(w.op('GreaterOrEqual', [response, w.double(threshold)]));
  const codes = w.op('Where', [isPositive, w.int(positive), w.int(1 - positive)]);
  return { ...answer, codes };
}

export function writeDummyClassifier(w: OnnxWriter, { options, fitted }: DummyClassifier, X: Flow): PredictionFlow {
  const { strategy, constant } = options;
  const { classes, classPrior } = fitted;
  if (strategy === 'stratified' || strategy === 'uniform') return w.refuse(`DummyClassifier: strategy must not draw to be written as ONNX, got '${strategy}'.`);
  const always = strategy === 'constant' ? classes.indexOf(constant as Label) : classPrior.indexOf(Math.max(...classPrior));
  const row = strategy === 'prior' ? classPrior : classes.map((_, k) => Number(k === always));
  return w.probable(classes, w.repeat(row, anyValue(X)));
}

export function writeDummyRegressor(w: OnnxWriter, { fitted }: DummyRegressor, X: Flow): PredictionFlow {
  return { kind: 'prediction', classes: null, values: w.flat(w.repeat([fitted.constant], anyValue(X))) };
}

const anyValue = (X: Flow): string => (X.kind === 'table' ? X.columns[0].name : (X as MatrixFlow).name);
