import { OptionError } from '../../core/errors.ts';
import { sizeOf } from '../shape.ts';
import type { InputSpec } from '../trace-net.ts';
import type { CompleteNeuralOptions } from './neural-options.ts';

/** What a row of X is to the net. @throws OptionError for a shape of another number of values */
export function inputOfRows(owner: string, { inputShape, inputType }: CompleteNeuralOptions, nFeatures: number): InputSpec {
  const shape = inputShape ?? [nFeatures];
  if (sizeOf(shape) !== nFeatures) {
    throw new OptionError(`${owner}: inputShape must hold as many values as X has columns (${nFeatures}), got ${shape.join(' × ')} = ${sizeOf(shape)}.`);
  }
  return { shape, type: inputType };
}
