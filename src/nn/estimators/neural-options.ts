import { choice, custom, flag, integer, number, optional, positive, seed, type Rules } from '../../core/rules.ts';
import { Module } from '../modules/module.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import { Schedule } from '../schedules/schedule.ts';

/** What a function that makes a net is told. */
export interface NetShape {
  /** Columns of X. */
  nFeatures: number;
  /** Outputs that the last layer must have: one per class, or one number. */
  nOutputs: number;
}

/** What NeuralClassifier and NeuralRegressor share. */
export interface NeuralOptions {
  /**
   * The net: a function from the number of features and outputs to a Module, whose weights are drawn anew in each fit; or
   * a Module, whose weights each fit starts from and leaves as they are. Default null: Linear layers of
   * `hiddenLayerSizes` with ReLU between them.
   */
  module?: ((shape: NetShape) => Module) | Module | null;
  /** Widths of the hidden layers where module is null; [] for a linear model. Default [100]. */
  hiddenLayerSizes?: readonly number[];
  /** What a row of X becomes for the net: [1, 28, 28] for 784 columns. Default null: [nFeatures]. */
  inputShape?: readonly number[] | null;
  /** Whether the net takes whole numbers, as nn.Embedding does. Default 'float32'. */
  inputType?: 'float32' | 'int32';
  /** Default 'adam'; or an optimiser with options of its own, whose lr then counts. */
  optimizer?: 'adam' | 'adamW' | 'sgd' | 'rmsprop' | Optimizer<any>;
  /** Learning rate. Default 0.001. */
  learningRate?: number;
  /** How the learning rate changes. Default null: it does not. */
  schedule?: Schedule<any> | null;
  /** How strongly weights are pulled to zero; see nn.Adam and nn.AdamW. Default 0. */
  weightDecay?: number;
  /** How often all rows are gone through. Default 20. */
  epochs?: number;
  /** Rows in a batch. Default 64. */
  batchSize?: number;
  /** Whether `validationFraction` of the rows are kept apart, and training ends when their loss stops falling. The best weights are kept. Default false. */
  earlyStopping?: boolean;
  /** Share of the rows that early stopping watches. Default 0.1. */
  validationFraction?: number;
  /** Epochs without a lower loss that early stopping waits for. Default 10. */
  nIterNoChange?: number;
  /** Gradients are scaled down to this norm. Default null: not at all. */
  clipGradNorm?: number | null;
  /** Seed of weights, order and dropout. Default null: 0. */
  randomState?: number | null;
  /** Whether a bar, or lines where there is no terminal, shows how fit goes. Default false. */
  verbose?: boolean;
}

const areSizes = (v: unknown): boolean => Array.isArray(v) && v.every((n) => Number.isInteger(n) && n > 0);

export const neuralRules: Rules<NeuralOptions> = {
  module: custom<unknown>(null, 'a function that returns a Module, a Module, or null', (v) => v === null || typeof v === 'function' || v instanceof Module),
  hiddenLayerSizes: custom<readonly number[]>([100], 'a list of whole numbers above 0', areSizes),
  inputShape: custom<readonly number[] | null>(null, 'a list of whole numbers above 0, or null', (v) => v === null || (areSizes(v) && (v as number[]).length > 0)),
  inputType: choice('float32', ['float32', 'int32']),
  optimizer: custom<unknown>('adam', "'adam', 'adamW', 'sgd', 'rmsprop' or an optimiser", (v) => v instanceof Optimizer || ['adam', 'adamW', 'sgd', 'rmsprop'].includes(v as string)),
  learningRate: positive(1e-3),
  schedule: custom<unknown>(null, 'a schedule, or null', (v) => v === null || v instanceof Schedule),
  weightDecay: number(0, { min: 0 }),
  epochs: integer(20, { min: 1 }),
  batchSize: integer(64, { min: 1 }),
  earlyStopping: flag(false),
  validationFraction: number(0.1, { min: 0, max: 1, openMin: true, openMax: true }),
  nIterNoChange: integer(10, { min: 1 }),
  clipGradNorm: optional(positive(1)),
  randomState: seed(),
  verbose: flag(false),
};

export type CompleteNeuralOptions = Readonly<Required<NeuralOptions>>;
