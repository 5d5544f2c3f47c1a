import { Adam, AdamW } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { RMSprop } from './rmsprop.ts';
import { SGD } from './sgd.ts';

const classes = { SGD, Adam, AdamW, RMSprop };

/** An optimiser as plain data: it may go to another thread. */
export interface OptimizerRecord {
  readonly name: keyof typeof classes;
  readonly options: object;
}

/** undefined for an optimiser of a user's own, whose functions cannot leave their thread. */
export function optimizerRecord({ constructor, options }: Optimizer<any>): OptimizerRecord | undefined {
  const name = (Object.keys(classes) as OptimizerRecord['name'][]).find((key) => classes[key] === constructor);
  return name && { name, options };
}

export const optimizerOf = ({ name, options }: OptimizerRecord): Optimizer<any> => new classes[name](options);
