import { sizeOf, type Size } from './picture-size.ts';
import { heightOf, type Picture, widthOf } from './pixels.ts';
import { resample } from './resample.ts';

/**
 * The picture in another size: a pixel is the mean of those that it covers, weighed by a triangle around its middle. One
 * number is the length of the shorter side, and the picture keeps its proportions; two are height and width.
 *
 * Counterpart: torchvision.transforms.Resize, bilinear with antialias, which resizes images as Pillow does; so does this, to the level.
 * @throws OptionError for sizes that are no whole numbers above 0
 *
 * @example
 * new nn.ImageFolder('pets', { transform: compose([resize(64), centerCrop(64), toTensor()]) });
 */
export function resize(size: Size) {
  const [height, width] = sizeOf('resize', size);
  return <P extends Picture>(picture: P): P => {
    if (typeof size !== 'number') return resample(picture, height, width);
    const [tall, wide] = [heightOf(picture), widthOf(picture)];
    const along = (side: number): number => Math.max(1, Math.floor((size * side) / Math.min(tall, wide)));
    return resample(picture, along(tall), along(wide));
  };
}
