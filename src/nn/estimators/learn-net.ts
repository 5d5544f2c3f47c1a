import type { Matrix } from '../../matrix/matrix.ts';
import { ArrayDataset } from '../data/array-dataset.ts';
import { DataLoader } from '../data/data-loader.ts';
import type { Loss } from '../losses/loss.ts';
import { Module } from '../modules/module.ts';
import { exportOnnx } from '../export-onnx.ts';
import { trainNet } from '../training/train-net.ts';
import { inputOfRows } from './input-of-rows.ts';
import { makeNet } from './make-net.ts';
import { makeOptimizer } from './make-optimizer.ts';
import type { NeuralFitted } from './neural-fitted.ts';
import type { CompleteNeuralOptions } from './neural-options.ts';

/** Rows and what they should become. */
export interface Lesson {
  X: Matrix;
  target: Int32Array | Float32Array;
  sampleWeight: Float64Array | undefined;
  loss: Loss;
  nOutputs: number;
}

/** Makes a net, trains it, and keeps it as a file. Sparse rows become dense by the batch. */
export async function learnNet(owner: string, options: CompleteNeuralOptions, { X, target, sampleWeight, loss, nOutputs }: Lesson): Promise<NeuralFitted> {
  const { schedule, epochs, batchSize, earlyStopping, validationFraction, nIterNoChange, clipGradNorm, randomState, verbose } = options;
  const inputs = { x: inputOfRows(owner, options, X.cols) };
  const net = makeNet(owner, options, { nFeatures: X.cols, nOutputs });
  const given = options.module instanceof Module ? net.stateDict() : null;
  try {
    const rows = earlyStopping ? X.rows - Math.ceil(validationFraction * X.rows) : X.rows;
    const history = await trainNet(owner, net, {
      // A last batch of one row would have no spread for a batch norm.
      data: new DataLoader(new ArrayDataset({ x: X, target, ...(sampleWeight && { weight: sampleWeight }) }), { batchSize, shuffle: true, randomState, dropLast: rows > batchSize && rows % batchSize === 1 }),
      inputs,
      loss,
      optimizer: makeOptimizer(options),
      sampleWeight: sampleWeight !== undefined,
      validation: earlyStopping ? validationFraction : null,
      earlyStopping: earlyStopping ? { patience: nIterNoChange } : null,
      schedule,
      epochs,
      clipGradNorm,
      randomState,
      progress: verbose,
    });
    return { onnx: exportOnnx(net, { inputs }), history, notes: history.notes };
  } finally {
    // An option never changes.
    if (given !== null) net.loadStateDict(given);
  }
}
