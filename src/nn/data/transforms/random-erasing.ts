import { OptionError } from '../../../core/errors.ts';
import type { RandomState } from '../../../core/random-state.ts';
import { show } from '../../../core/show.ts';
import { isImage } from '../image.ts';
import { heightOf, type Picture, widthOf } from './pixels.ts';
import { drawPart, isRange } from './random-part.ts';

export interface RandomErasingOptions {
  /** How likely a part is erased. Default 0.5. */
  p?: number;
  /** Share of the picture's area that is erased, from and to. Default [0.02, 0.33]. */
  scale?: readonly [number, number];
  /** Width over height of what is erased, from and to. Default [0.3, 3.3]. */
  ratio?: readonly [number, number];
  /** What is written there: a level for an image, a number for a tensor. Default 0. */
  value?: number;
}

/**
 * Writes one number over a part of drawn area, proportions and place, with probability p.
 *
 * Counterpart: torchvision.transforms.RandomErasing. Source: Zhong et al., "Random Erasing Data Augmentation", AAAI 2020.
 * @throws OptionError for a p that is no probability and ranges that are none
 */
export function randomErasing({ p = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 }: RandomErasingOptions = {}) {
  if (!(p >= 0 && p <= 1)) throw new OptionError(`transforms.randomErasing: p must be a number in [0, 1], got ${show(p)}.`);
  if (!isRange(scale, 1)) throw new OptionError(`transforms.randomErasing: scale must be two numbers in (0, 1], the smaller first, got ${show(scale)}.`);
  if (!isRange(ratio)) throw new OptionError(`transforms.randomErasing: ratio must be two numbers above 0, the smaller first, got ${show(ratio)}.`);
  return <P extends Picture>(picture: P, random: RandomState): P => {
    if (random.randomSample() >= p) return picture;
    const [tall, wide] = [heightOf(picture), widthOf(picture)];
    const part = drawPart(random, tall, wide, { scale, ratio });
    return part ? erased(picture, part, value) : picture;
  };
}

function erased<P extends Picture>(picture: P, { top, left, height, width }: { top: number; left: number; height: number; width: number }, value: number): P {
  const [apart, together] = isImage(picture) ? [1, picture.channels] : [picture.shape[0], 1];
  const [tall, wide] = [heightOf(picture), widthOf(picture)];
  const data = picture.data.slice();
  for (let c = 0; c < apart; c++) {
    for (let row = top; row < top + height; row++) {
      const start = (c * tall + row) * wide + left;
      data.fill(value, start * together, (start + width) * together);
    }
  }
  return { ...picture, data };
}
