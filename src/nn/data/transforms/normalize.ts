import { OptionError, ShapeError } from '../../../core/errors.ts';
import { show } from '../../../core/show.ts';
import type { ImageTensor } from './to-tensor.ts';

export interface NormalizeOptions {
  /** Per channel. */
  mean: readonly number[];
  /** Per channel, above 0. */
  std: readonly number[];
}

/**
 * (x − mean) / std, channel by channel.
 *
 * Counterpart: torchvision.transforms.Normalize.
 * @throws OptionError for a std that is not above 0; ShapeError for an image of another number of channels
 */
export function normalize({ mean, std }: NormalizeOptions): (image: ImageTensor) => ImageTensor {
  if (mean.length !== std.length) throw new OptionError(`transforms.normalize: mean and std must be of one length, got ${mean.length} and ${std.length}.`);
  const bad = std.find((value) => !(value > 0 && value < Infinity));
  if (bad !== undefined) throw new OptionError(`transforms.normalize: std must be above 0 in every channel, got ${show(bad)}.`);
  return ({ shape, data }) => {
    const [channels, height, width] = shape;
    if (channels !== mean.length) throw new ShapeError(`transforms.normalize: mean has ${mean.length} channels, but the image has ${channels}.`);
    return { shape, data: data.map((value, i) => (value - mean[Math.floor(i / (height * width))]) / std[Math.floor(i / (height * width))]) };
  };
}
