import { OptionError } from '../../../core/errors.ts';
import type { RandomState } from '../../../core/random-state.ts';
import { show } from '../../../core/show.ts';
import { heightOf, rearrange, widthOf, type Picture } from './pixels.ts';

export interface FlipOptions {
  /** How likely an image is flipped. Default 0.5. */
  p?: number;
}

/** Left becomes right, with probability p. Counterpart: torchvision.transforms.RandomHorizontalFlip. */
export function randomHorizontalFlip({ p = 0.5 }: FlipOptions = {}) {
  checkProbability('randomHorizontalFlip', p);
  return <P extends Picture>(picture: P, random: RandomState): P => {
    if (random.randomSample() >= p) return picture;
    const [height, width] = [heightOf(picture), widthOf(picture)];
    return rearrange(picture, height, width, (row, column) => row * width + (width - 1 - column));
  };
}

/** Top becomes bottom, with probability p. Counterpart: torchvision.transforms.RandomVerticalFlip. */
export function randomVerticalFlip({ p = 0.5 }: FlipOptions = {}) {
  checkProbability('randomVerticalFlip', p);
  return <P extends Picture>(picture: P, random: RandomState): P => {
    if (random.randomSample() >= p) return picture;
    const [height, width] = [heightOf(picture), widthOf(picture)];
    return rearrange(picture, height, width, (row, column) => (height - 1 - row) * width + column);
  };
}

function checkProbability(name: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new OptionError(`transforms.${name}: p must be a number in [0, 1], got ${show(p)}.`);
}
