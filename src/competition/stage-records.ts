import { ColumnTransformer } from '../pipeline/column-transformer.ts';
import type { Stage, Step } from '../pipeline/stage.ts';
import type { StageRecord } from './run-record.ts';

/** A model's stages with their options, as JSON can hold them; stages of nested pipelines and of parts are named `outer.inner`. */
export function stageRecords(model: Stage, prefix = ''): StageRecord[] {
  const steps = (model as Stage & { steps?: readonly Step[] }).steps;
  if (steps) return steps.flatMap(([name, stage]) => stageRecords(stage, prefix ? `${prefix}.${name}` : name));
  if (model instanceof ColumnTransformer) return partRecords(model, prefix);
  const options = Object.fromEntries(Object.entries(model.options).map(([name, value]) => [name, plain(value)]));
  return [{ name: prefix || 'model', estimator: model.constructor.name, options }];
}

/** The transformer itself with its choices of columns, then the stages of its parts. */
function partRecords(model: ColumnTransformer, prefix: string): StageRecord[] {
  const { transformers, remainder, ...settings } = model.options;
  const nameOf = (stage: unknown): unknown => (typeof stage === 'string' ? stage : (stage as object).constructor.name);
  const parts = transformers.map(([name, stage, selector]) => [name, nameOf(stage), plain(selector)]);
  const named = [...transformers.map(([name, stage]) => [name, stage] as const), ['remainder', remainder] as const];
  return [
    { name: prefix || 'model', estimator: model.constructor.name, options: { transformers: parts, remainder: nameOf(remainder), ...settings } },
    ...named.flatMap(([name, stage]) => (typeof stage === 'string' ? [] : stageRecords(stage, prefix ? `${prefix}.${name}` : name))),
  ];
}

/** A value as JSON can hold it. */
export function plain(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'function') return `function ${value.name || '(unnamed)'}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [String(k), plain(v)]));
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, plain);
  // A search's estimator, a stage that another one wraps.
  if (isStage(value)) return stageRecords(value);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return String(value);
}

function isStage(value: unknown): value is Stage {
  return typeof (value as Stage).fit === 'function' && typeof (value as Stage).options === 'object';
}
