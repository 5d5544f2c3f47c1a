import { isImage, type Image } from '../image.ts';
import type { ImageTensor } from './to-tensor.ts';

/** What geometric transforms take and return: an image, or what toTensor made of one. */
export type Picture = Image | ImageTensor;

export const heightOf = (picture: Picture): number => (isImage(picture) ? picture.height : picture.shape[1]);
export const widthOf = (picture: Picture): number => (isImage(picture) ? picture.width : picture.shape[2]);

/**
 * A picture of another size whose pixel (row, column) is the given one of the old picture; 0 where that lies outside.
 * @param from position in the old picture, row · width + column, or −1 for outside
 */
export function rearrange<P extends Picture>(picture: P, height: number, width: number, from: (row: number, column: number) => number): P {
  const [channels, old] = isImage(picture) ? [picture.channels, 0] : [picture.shape[0], picture.shape[1] * picture.shape[2]];
  const Class = picture.data.constructor as new (length: number) => Float32Array;
  const data = new Class(channels * height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const source = from(row, column);
      if (source < 0) continue;
      const target = row * width + column;
      for (let c = 0; c < channels; c++) {
        if (isImage(picture)) data[target * channels + c] = picture.data[source * channels + c];
        else data[c * height * width + target] = picture.data[c * old + source];
      }
    }
  }
  return (isImage(picture) ? { ...picture, width, height, data } : { shape: [channels, height, width], data }) as P;
}

/** The part of a picture that begins there; 0 where it reaches beyond. */
export function crop<P extends Picture>(picture: P, top: number, left: number, height: number, width: number): P {
  const [tall, wide] = [heightOf(picture), widthOf(picture)];
  return rearrange(picture, height, width, (row, column) => {
    const [y, x] = [row + top, column + left];
    return y >= 0 && y < tall && x >= 0 && x < wide ? y * wide + x : -1;
  });
}
