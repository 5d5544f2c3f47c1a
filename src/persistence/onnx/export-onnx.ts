import { ModelError } from '../../core/errors.ts';
import type { Takes } from '../../core/estimator.ts';
import type { Label } from '../../core/labels.ts';
import { packageVersions } from '../../core/package-versions.ts';
import { encodeOnnx } from '../../formats/encode-onnx.ts';
import { WrappedClassifier } from '../../calibration/wrapped-classifier.ts';
import { ColumnTransformer } from '../../pipeline/column-transformer.ts';
import { restoreStage } from '../../pipeline/restore-stage.ts';
import type { Stage } from '../../pipeline/stage.ts';
import { TransformedTarget } from '../../pipeline/transformed-target.ts';
import type { ColumnKind } from '../../table/column-data.ts';
import type { ColumnFlow, Flow, PredictionFlow } from './flow.ts';
import { OnnxWriter, OPSETS } from './onnx-writer.ts';
import { passOn, writerOf } from './stage-writers.ts';
import type { WriteStage } from './stage-writer.ts';

const IR_VERSION = 10;

interface FittedStage {
  readonly isFitted?: boolean;
  readonly takes?: Takes;
  readonly fitted: object;
  readonly steps?: readonly (readonly [name: string, stage: FittedStage])[];
}

/**
 * A fitted pipeline as one ONNX graph, from raw rows to predictions, for onnxruntime in Python, Node, the browser and elsewhere.
 *
 * Inputs, by what the pipeline takes: texts are `text` (N strings), a matrix is `X` (N × columns doubles), and a table has
 * one input per column, of the column's name (N doubles, NaN where a value is missing, booleans as 0 and 1; or N strings, ''
 * where one is missing). Outputs: `label` (N strings, whole numbers or booleans) with `probabilities` (N × classes doubles,
 * classes ascending) and `scores` where the model has them; a regressor's `prediction` (N doubles); a transformer's `output`.
 *
 * Numbers are doubles throughout, so that results are the pipeline's own but for the last digits. What ONNX has no words for
 * (functions of one's own, neighbours, hashing) is refused with the stage's name. Texts need ONNX Runtime's Tokenizer, which is
 * in its builds for Python, Node and the browser.
 *
 * @returns the bytes of an .onnx file: operator sets ai.onnx 20, ai.onnx.ml 5, com.microsoft 1
 * @throws ModelError for a model that is not fitted, and for a stage that cannot be written, naming it.
 *
 * Counterpart: skl2onnx's convert_sklearn.
 *
 * @example
 * await writeFile('model.onnx', exportOnnx(await pipeline.fit(X, y)));
 */
export function exportOnnx(model: object): Uint8Array {
  const stage = model as FittedStage;
  if (stage.isFitted !== true) throw new ModelError('exportOnnx: the model must be fitted. Call await fit(X, y) first.');
  const w = new OnnxWriter('refit');
  const result = writeStage(w, '', model, inputOf(w, stage));
  if (result.kind === 'prediction') writePrediction(w, result);
  else writeTransformed(w, result);
  const { refit } = packageVersions();
  const metadata: Record<string, string> = { refit };
  if (result.kind === 'prediction' && result.classes !== null) metadata.classes = JSON.stringify(result.classes);
  return encodeOnnx(w.builder.model({ opsets: OPSETS, irVersion: IR_VERSION, metadata }));
}

const writeStage: WriteStage = (w, name, stage, X) => {
  if (name !== '') w.place.push(name);
  const writer = writerOf(stage);
  if (writer === undefined) return w.refuse(`${stage.constructor.name} cannot be written as ONNX. Leave it out, or save the model with saveModel.`);
  const flow = writer(w, stage, X, writeStage);
  if (name !== '') w.place.pop();
  return flow;
};

/** The first stage that is no pipeline, and does more than to choose rows for training, decides what comes in. */
function inputOf(w: OnnxWriter, stage: FittedStage): Flow {
  if (stage instanceof ColumnTransformer) return tableInput(w, stage.fitted.kinds);
  if (stage.steps) return inputOf(w, (stage.steps.find(([, one]) => writerOf(one) !== passOn) ?? stage.steps[0])[1]);
  if (stage.takes === 'texts') return { kind: 'texts', name: w.builder.input('text', 'string', ['N']) };
  const { nFeaturesIn, categories, featureNamesIn, statistics } = stage.fitted as { nFeaturesIn?: number; categories?: (readonly unknown[] | null)[]; featureNamesIn?: readonly string[] | null; statistics?: ArrayLike<unknown> };
  if (nFeaturesIn !== undefined && (stage.takes === 'table' || stage.takes === 'any')) {
    const names = featureNamesIn ?? Array.from({ length: nFeaturesIn }, (_, j) => `x${j}`);
    const isText = (j: number): boolean => categories?.[j]?.some((one) => typeof one === 'string') ?? typeof statistics?.[j] === 'string';
    if (featureNamesIn != null || names.some((_, j) => isText(j))) return tableInput(w, Object.fromEntries(names.map((name, j) => [name, isText(j) ? 'text' : 'number'])));
  }
  const inner = innerStage(stage);
  if (inner !== undefined) return inputOf(w, inner);
  if (nFeaturesIn === undefined) return w.refuse(`${stage.constructor.name} must know what X is, it does not. Put it behind a stage that takes a matrix, a table or texts.`);
  return w.matrix(w.builder.input('X', 'double', ['N', nFeaturesIn]), nFeaturesIn);
}

/** A fitted stage within one that takes what that takes: of an ensemble, a search, a transformed target, a calibrated classifier. */
function innerStage(stage: FittedStage): FittedStage | undefined {
  if (stage instanceof TransformedTarget) return stage.regressor as FittedStage;
  if (stage instanceof WrappedClassifier) {
    const { parts, estimator } = stage.fitted as { parts?: readonly { estimator: object }[]; estimator?: object };
    const model = stage.options.estimator.clone() as Stage;
    restoreStage(model, (parts?.[0].estimator ?? estimator) as object);
    return model;
  }
  const { estimators, bestEstimator, estimatorsFeatures = null } = stage.fitted as { estimators?: readonly FittedStage[]; bestEstimator?: FittedStage; estimatorsFeatures?: unknown };
  return bestEstimator ?? (estimatorsFeatures === null ? estimators?.[0] : undefined);
}

function tableInput(w: OnnxWriter, kinds: Readonly<Record<string, ColumnKind | 'empty'>>): Flow {
  const columns = Object.entries(kinds).map(([title, kind]): ColumnFlow => {
    if (kind === 'date') return w.refuse(`column ${JSON.stringify(title)} must hold numbers or text to be written as ONNX, it holds dates. Turn it into numbers first.`);
    const type = kind === 'text' || kind === 'category' ? 'text' : 'number';
    return { title, type, name: w.reshape(w.builder.input(title, type === 'text' ? 'string' : 'double', ['N']), [-1, 1]) };
  });
  return { kind: 'table', columns };
}

function writePrediction(w: OnnxWriter, { classes, codes, probabilities, scores, values }: PredictionFlow): void {
  if (classes === null) {
    w.builder.output('prediction', values as string, 'double', ['N']);
    return;
  }
  const [type, labels] = labelConstant(w, classes);
  w.builder.output('label', w.op('Gather', [labels, codes as string]), type, ['N']);
  if (probabilities) w.builder.output('probabilities', probabilities, 'double', ['N', classes.length]);
  if (scores) w.builder.output('scores', scores, 'double', ['N', classes.length === 2 ? 1 : classes.length]);
}

function labelConstant(w: OnnxWriter, classes: readonly Label[]): ['string' | 'int64' | 'bool', string] {
  if (classes.every((label) => typeof label === 'number')) return ['int64', w.ints(classes as number[])];
  if (classes.every((label) => typeof label === 'boolean')) return ['bool', w.bools(classes as boolean[])];
  return ['string', w.texts(classes.map(String))];
}

function writeTransformed(w: OnnxWriter, flow: Exclude<Flow, PredictionFlow>): void {
  const { name, cols } = w.matrixOf(flow);
  w.builder.output('output', name, 'double', ['N', cols]);
}
