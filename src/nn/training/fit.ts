import type { Module } from '../modules/module.ts';
import type { FitOptions } from './fit-options.ts';
import type { History } from './history.ts';
import { trainNet } from './train-net.ts';

/**
 * Trains a net: epochs over batches, validation, early stopping, checkpoints, and a record of it all.
 *
 * The net's own weights are changed; it ends with those of the last epoch, or of the best with `earlyStopping`. The
 * same net, data and seed give the same weights, bit for bit, also when the training was interrupted and goes on from
 * its checkpoint: order, dropout and random transforms depend on seed, epoch and batch alone.
 *
 * Counterpart: the loop that PyTorch leaves to its users.
 * @throws OptionError for wrong options; DataError for NaN, for targets that cannot be, for an epoch without a batch, and
 * for a loss or gradient that explodes (it says what to try);
 * ShapeError for samples of another shape, and for a checkpoint of another net; ParseError for a damaged checkpoint
 *
 * @example
 * const history = await nn.fit(model, {
 *   data: { x: images, target: labels }, inputs: { x: { shape: [1, 28, 28] } }, validation: 0.1,
 *   loss: nn.crossEntropy(), optimizer: new nn.Adam({ lr: 1e-3 }), epochs: 10, metrics: { accuracy: nn.accuracy },
 * });
 */
export async function fit(model: Module, options: FitOptions): Promise<History> {
  return trainNet('nn.fit', model, options);
}
