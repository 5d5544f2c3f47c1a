import type { Rules } from '../../core/rules.ts';
import { completeOptions } from '../../core/rules.ts';

/** Stretches of one vector: where values, gradients and what the optimiser remembers lie, number by number. */
export interface Update {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  /** One vector per name in `slots`. */
  readonly slots: readonly Float32Array[];
  /** Learning rate of this step. */
  readonly lr: number;
  /** 1 for the first step. */
  readonly step: number;
}

/**
 * How gradients change parameters. It holds options only; what it remembers from step to step belongs to the
 * compiled step.
 */
export abstract class Optimizer<Options extends { lr?: number } = { lr?: number }> {
  static readonly rules: Rules<any> = {};
  readonly options: Readonly<Required<Options>>;

  constructor(options: Options = {} as Options) {
    this.options = completeOptions<Options>(new.target.name, options, new.target.rules as Rules<Options>);
  }

  /** Names of the vectors it remembers, each as long as all parameters together. */
  abstract readonly slots: readonly string[];

  /** Changes values and slots in place. */
  abstract update(update: Update): void;
}
