import { OptionError } from '../../../core/errors.ts';
import type { RandomState } from '../../../core/random-state.ts';
import { show } from '../../../core/show.ts';
import { sizeOf, type Size } from './picture-size.ts';
import { crop, heightOf, type Picture, widthOf } from './pixels.ts';
import { drawPart, isRange } from './random-part.ts';
import { resample } from './resample.ts';

export interface RandomResizedCropOptions {
  /** Share of the image's area that is taken, from and to. Default [0.08, 1]. */
  scale?: readonly [number, number];
  /** Width over height of what is taken, from and to. Default [3/4, 4/3]. */
  ratio?: readonly [number, number];
}

/**
 * A part of the image of drawn area, proportions and place, brought to the given size.
 *
 * Counterpart: torchvision.transforms.RandomResizedCrop. Source: Szegedy et al., "Going Deeper with Convolutions", CVPR 2015.
 * @throws OptionError for ranges that are none
 */
export function randomResizedCrop(size: Size, { scale = [0.08, 1], ratio = [3 / 4, 4 / 3] }: RandomResizedCropOptions = {}) {
  const [height, width] = sizeOf('randomResizedCrop', size);
  if (!isRange(scale, 1)) throw new OptionError(`transforms.randomResizedCrop: scale must be two numbers in (0, 1], the smaller first, got ${show(scale)}.`);
  if (!isRange(ratio)) throw new OptionError(`transforms.randomResizedCrop: ratio must be two numbers above 0, the smaller first, got ${show(ratio)}.`);
  return <P extends Picture>(picture: P, random: RandomState): P => {
    const [tall, wide] = [heightOf(picture), widthOf(picture)];
    const part = drawPart(random, tall, wide, { scale, ratio }) ?? middle(tall, wide, ratio);
    return resample(crop(picture, part.top, part.left, part.height, part.width), height, width);
  };
}

/** The largest part in the middle whose proportions are allowed. */
function middle(tall: number, wide: number, [narrow, broad]: readonly [number, number]): { top: number; left: number; height: number; width: number } {
  const height = wide / tall < narrow ? Math.max(1, Math.round(wide / narrow)) : tall;
  const width = wide / tall > broad ? Math.max(1, Math.round(tall * broad)) : wide;
  return { top: Math.floor((tall - height) / 2), left: Math.floor((wide - width) / 2), height, width };
}
