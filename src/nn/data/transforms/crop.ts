import { ShapeError } from '../../../core/errors.ts';
import type { RandomState } from '../../../core/random-state.ts';
import { sizeOf, type Size } from './picture-size.ts';
import { crop, heightOf, widthOf, type Picture } from './pixels.ts';

export interface CropOptions {
  /** Pixels of black that are added on each side first. Default 0. */
  padding?: number;
}

/**
 * A part of the given size, anywhere in the image with equal probability.
 *
 * Counterpart: torchvision.transforms.RandomCrop.
 * @throws ShapeError for an image that is smaller
 */
export function randomCrop(size: Size, { padding = 0 }: CropOptions = {}) {
  const [height, width] = sizeOf('randomCrop', size);
  return <P extends Picture>(picture: P, random: RandomState): P => {
    const [tallest, widest] = [heightOf(picture) + 2 * padding, widthOf(picture) + 2 * padding];
    if (tallest < height || widest < width) {
      throw new ShapeError(`transforms.randomCrop: the image must be at least ${height} × ${width} pixels, got ${heightOf(picture)} × ${widthOf(picture)} and padding ${padding}. Resize it, or raise padding.`);
    }
    const top = random.randint(tallest - height + 1) - padding;
    const left = random.randint(widest - width + 1) - padding;
    return crop(picture, top, left, height, width);
  };
}

/**
 * The part of the given size in the middle; black around it where the image is smaller.
 *
 * Counterpart: torchvision.transforms.CenterCrop. Halves of a pixel are rounded to the even neighbour, as there.
 */
export function centerCrop(size: Size) {
  const [height, width] = sizeOf('centerCrop', size);
  return <P extends Picture>(picture: P): P => {
    // Where the image is smaller, it is padded first: half of what lacks before it, rounded down.
    const start = (has: number, wants: number): number => (has < wants ? -Math.floor((wants - has) / 2) : roundHalfEven((has - wants) / 2));
    return crop(picture, start(heightOf(picture), height), start(widthOf(picture), width), height, width);
  };
}

function roundHalfEven(value: number): number {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
}
