import type { Image } from '../image.ts';

/** Numbers of an image for a net: channels × height × width. */
export interface ImageTensor {
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly data: Float32Array;
}

/**
 * From levels 0 … 255, channels side by side, to channels × height × width in [0, 1].
 *
 * Counterpart: torchvision.transforms.ToTensor.
 */
export const toTensor =
  () =>
  ({ width, height, channels, data }: Image): ImageTensor => {
    const values = new Float32Array(channels * height * width);
    const pixels = height * width;
    for (let c = 0; c < channels; c++) for (let p = 0; p < pixels; p++) values[c * pixels + p] = data[p * channels + c] / 255;
    return { shape: [channels, height, width], data: values };
  };
