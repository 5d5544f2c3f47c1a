import type { Flow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';

/** Writes a stage by its name in messages. */
export type WriteStage = (w: OnnxWriter, name: string, stage: object, X: Flow) => Flow;

/** Writes what a fitted stage does to X; `write` is for the stages within it. */
export type StageWriter = (w: OnnxWriter, stage: any, X: Flow, write: WriteStage) => Flow;
