import { Adam, AdamW } from '../optimizers/adam.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import { RMSprop } from '../optimizers/rmsprop.ts';
import { SGD } from '../optimizers/sgd.ts';
import type { CompleteNeuralOptions } from './neural-options.ts';

const classes = { adam: Adam, adamW: AdamW, sgd: SGD, rmsprop: RMSprop };

export function makeOptimizer({ optimizer, learningRate, weightDecay }: CompleteNeuralOptions): Optimizer<any> {
  return optimizer instanceof Optimizer ? optimizer : new classes[optimizer]({ lr: learningRate, weightDecay });
}
