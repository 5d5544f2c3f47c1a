import { OptionError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { ReLU } from '../modules/activations.ts';
import { Linear } from '../modules/linear.ts';
import { Module } from '../modules/module.ts';
import { Sequential } from '../modules/sequential.ts';
import { withSeed } from '../weight-generator.ts';
import type { CompleteNeuralOptions, NetShape } from './neural-options.ts';

/** The net that the options ask for. @throws OptionError for a function that returns no Module */
export function makeNet(owner: string, { module, hiddenLayerSizes, randomState }: CompleteNeuralOptions, shape: NetShape): Module {
  if (module instanceof Module) return module;
  return withSeed(randomState ?? 0, () => {
    if (module === null) return layers([shape.nFeatures, ...hiddenLayerSizes, shape.nOutputs]);
    const net: unknown = module(shape);
    if (net instanceof Module) return net;
    throw new OptionError(`${owner}: module must return a Module, got ${show(net)}. Write ({ nFeatures, nOutputs }) => new nn.Sequential(…).`);
  });
}

function layers(sizes: readonly number[]): Module {
  const linear = sizes.slice(1).map((size, i) => new Linear(sizes[i], size));
  return new Sequential(...linear.flatMap((layer, i) => (i === 0 ? [layer] : [new ReLU(), layer])));
}
