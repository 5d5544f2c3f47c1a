import type { FitOptions } from '../core/fit-options.ts';
import type { Label } from '../core/labels.ts';

/** What cross-validation asks of a model: every classifier, regressor and pipeline keeps it, and so may your own. */
export interface Model {
  clone(): Model;
  fit(X: any, y: any, options?: FitOptions): Promise<unknown>;
  predict(X: any): Promise<ArrayLike<Label>>;
}

/** Ways to ask a fitted model about rows. */
export type PredictionMethod = 'predict' | 'predictProba' | 'predictLogProba' | 'decisionFunction';

interface PipelineLike {
  readonly steps: readonly (readonly [name: string, stage: object])[];
  transformBeforeLast(X: unknown): Promise<unknown>;
}

interface Learned {
  readonly classes?: readonly Label[];
  readonly converged?: unknown;
  readonly iterations?: unknown;
  readonly notes?: unknown;
}

function asPipeline(model: object): PipelineLike | undefined {
  const { steps, transformBeforeLast } = model as Partial<PipelineLike>;
  return Array.isArray(steps) && typeof transformBeforeLast === 'function' ? (model as PipelineLike) : undefined;
}

/** Whether a model's own fit heeds `sampleWeight`. A pipeline hands it to its last stage only, and counts as one that does not. */
export function weighsRows(model: object): boolean {
  return asPipeline(model) === undefined && (model.constructor as { weighsRows?: boolean }).weighsRows !== false;
}

/** The stages of a pipeline, those of pipelines within it too; the model itself when it is none. */
export function stagesOf(model: object): object[] {
  const pipeline = asPipeline(model);
  return pipeline ? pipeline.steps.flatMap(([, stage]) => stagesOf(stage)) : [model];
}

/** The stage that predicts. */
export function predictorOf(model: object): object {
  const stages = stagesOf(model);
  return stages[stages.length - 1];
}

/** Whether the stage that predicts has a method; one that stands for another model says so by `can`. */
export function canPredict(model: object, method: PredictionMethod): boolean {
  const predictor = predictorOf(model) as { can?(method: string): boolean } & Record<string, unknown>;
  return typeof predictor.can === 'function' ? predictor.can(method) : typeof predictor[method] === 'function';
}

/**
 * Whether a model predicts classes: it says so by `estimatorType: 'classifier'`, or it can tell
 * probabilities or decision values.
 */
export function isClassifier(model: object): boolean {
  const { estimatorType } = predictorOf(model) as { estimatorType?: unknown };
  if (typeof estimatorType === 'string') return estimatorType === 'classifier';
  return canPredict(model, 'predictProba') || canPredict(model, 'decisionFunction');
}

/** The class's name, for messages. */
export function ownerOf(model: object): string {
  return (model as { owner?: string }).owner ?? model.constructor.name;
}

/** What a stage has learned, or nothing when it keeps that to itself. */
export function learnedBy(stage: object): Learned {
  return ((stage as { fitted?: Learned }).fitted ?? stage) as Learned;
}

/**
 * What a fitted model says of rows, by each method asked for. A pipeline's stages before the last transform the rows once,
 * whatever the number of methods; a model that knows a shorter way to several answers has it in `askAll`.
 */
export async function askModel(model: object, X: unknown, methods: readonly PredictionMethod[]): Promise<Map<PredictionMethod, unknown>> {
  const pipeline = asPipeline(model);
  if (pipeline) return askModel(pipeline.steps[pipeline.steps.length - 1][1], await pipeline.transformBeforeLast(X), methods);
  const { askAll } = model as { askAll?: (X: unknown, methods: readonly PredictionMethod[]) => Promise<Map<PredictionMethod, unknown>> };
  if (methods.length > 1 && typeof askAll === 'function') return askAll.call(model, X, methods);
  const answers = new Map<PredictionMethod, unknown>();
  for (const method of methods) {
    answers.set(method, await (model as Record<PredictionMethod, (X: unknown) => Promise<unknown>>)[method](X));
  }
  return answers;
}
