import { choice, completeOptions, flag, integer, number, type Rules } from '../../core/rules.ts';
import { uniform } from '../init.ts';
import { lstm } from '../operators/lstm.ts';
import { cat, permute } from '../operators/rearrange.ts';
import { type Cell, gru, type Recurrence, simpleRecurrence } from '../operators/recurrence.ts';
import { showShape } from '../shape.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { Dropout } from './dropout.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface RecurrentOptions {
  /** Layers on top of each other. Default 1. */
  numLayers?: number;
  /** Whether a second pass goes from the last step to the first; results lie side by side. Default false. */
  bidirectional?: boolean;
  /** Dropout between layers. Default 0. */
  dropout?: number;
  /** 'all' gives every step's hidden state, [N, T, H·directions]; 'last' that after the last step of each direction, [N, H·directions]. Default 'all'. */
  returns?: 'all' | 'last';
}

const rules: Rules<RecurrentOptions> = {
  numLayers: integer(1, { min: 1 }),
  bidirectional: flag(false),
  dropout: number(0, { min: 0, max: 1, openMax: true }),
  returns: choice('all', ['all', 'last']),
};

/**
 * What recurrent layers share: parameters by PyTorch's names (weight_ih_l0, …, bias_hh_l1_reverse), all drawn evenly
 * from ±1/√hiddenSize, layers on top of each other, two directions. x: [N, T, inputSize].
 *
 * Differs from PyTorch: the batch always comes first, the state before the first step is zero, and `returns` says
 * which states are wanted.
 */
abstract class Recurrent extends Module {
  readonly hiddenSize: number;
  readonly inputSize: number;
  readonly bidirectional: boolean;
  readonly returns: 'all' | 'last';
  readonly dropout: Dropout;
  readonly #layers: readonly (readonly Cell[])[];
  readonly #recurrence: Recurrence;

  constructor(inputSize: number, hiddenSize: number, gates: number, recurrence: Recurrence, options: RecurrentOptions) {
    super();
    const owner = new.target.name;
    const { numLayers, bidirectional, dropout, returns } = completeOptions<RecurrentOptions>(owner, options, rules);
    this.inputSize = sizeOption(owner, 'inputSize', inputSize);
    this.hiddenSize = sizeOption(owner, 'hiddenSize', hiddenSize);
    this.bidirectional = bidirectional;
    this.returns = returns;
    this.dropout = new Dropout(dropout);
    this.#recurrence = recurrence;
    const directions = bidirectional ? ['', '_reverse'] : [''];
    this.#layers = Array.from({ length: numLayers }, (_, layer) =>
      directions.map((direction) => {
        const size = layer === 0 ? inputSize : hiddenSize * directions.length;
        const cell = {
          weightIh: new Parameter([gates * hiddenSize, size]),
          weightHh: new Parameter([gates * hiddenSize, hiddenSize]),
          biasIh: new Parameter([gates * hiddenSize]),
          biasHh: new Parameter([gates * hiddenSize]),
        };
        const end = `l${layer}${direction}`;
        Object.assign(this, { [`weight_ih_${end}`]: cell.weightIh, [`weight_hh_${end}`]: cell.weightHh, [`bias_ih_${end}`]: cell.biasIh, [`bias_hh_${end}`]: cell.biasHh });
        return cell;
      }),
    );
    this.resetParameters();
  }

  override forward(x: Tensor): Tensor {
    if (x.shape.length !== 3 || x.shape[2] !== this.inputSize) throw shapeError('recurrent', `x must be [N, steps, ${this.inputSize}], got ${showShape(x.shape)}.`);
    let states = permute(x, [1, 0, 2]);
    let last = x;
    this.#layers.forEach((cells, layer) => {
      if (layer > 0) states = this.dropout.forward(states);
      const directions = cells.map((cell, direction) => this.#recurrence(states, cell, direction === 1));
      states = cat(directions.map(({ all }) => all), 2);
      last = cat(directions.map((direction) => direction.last), 1);
    });
    return this.returns === 'all' ? permute(states, [1, 0, 2]) : last;
  }

  override resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.#layers.flat().flatMap((cell) => Object.values(cell) as Parameter[])) uniform(parameter, { low: -bound, high: bound });
  }
}

/**
 * Long short-term memory. x: [N, T, inputSize]; result: see `returns`.
 * Counterpart: torch.nn.LSTM. Source: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997.
 *
 * @example
 * new nn.Sequential(new nn.Embedding(2000, 32), new nn.LSTM(32, 32, { returns: 'last' }), new nn.Linear(32, 2))
 */
export class LSTM extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(inputSize, hiddenSize, 4, lstm, options);
  }
}

/** Gated recurrent units. Counterpart: torch.nn.GRU. Source: Cho et al., EMNLP 2014. */
export class GRU extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(inputSize, hiddenSize, 3, gru, options);
  }
}

export interface RNNOptions extends RecurrentOptions {
  /** The function f. Default 'tanh'. */
  nonlinearity?: 'tanh' | 'relu';
}

const nonlinearities = choice('tanh', ['tanh', 'relu']);

/** The simple recurrent layer h ← f(Wx + b + Vh + c). Counterpart: torch.nn.RNN. Source: Elman, Cognitive Science 14(2), 1990. */
export class RNN extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, { nonlinearity, ...options }: RNNOptions = {}) {
    const { nonlinearity: f } = completeOptions<Pick<RNNOptions, 'nonlinearity'>>('RNN', { nonlinearity }, { nonlinearity: nonlinearities });
    super(inputSize, hiddenSize, 1, simpleRecurrence(f), options);
  }
}
