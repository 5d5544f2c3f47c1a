import { isImage, type Image } from '../image.ts';
import type { Picture } from './pixels.ts';
import type { ImageTensor } from './to-tensor.ts';

/**
 * One channel of brightness, L = 0.299 R + 0.587 G + 0.114 B; a grey picture stays as it is.
 *
 * Counterpart: torchvision.transforms.Grayscale. Levels are rounded as Pillow does, in 16 binary digits.
 * Source: ITU-R BT.601.
 */
export const grayscale =
  () =>
  <P extends Picture>(picture: P): P =>
    (isImage(picture) ? greyImage(picture) : greyTensor(picture as ImageTensor)) as P;

function greyImage(image: Image): Image {
  if (image.channels === 1) return image;
  const data = new Uint8Array(image.width * image.height);
  for (let i = 0; i < data.length; i++) data[i] = (image.data[3 * i] * 19595 + image.data[3 * i + 1] * 38470 + image.data[3 * i + 2] * 7471 + 0x8000) >> 16;
  return { ...image, channels: 1, data };
}

function greyTensor(tensor: ImageTensor): ImageTensor {
  const [channels, height, width] = tensor.shape;
  if (channels === 1) return tensor;
  const n = height * width;
  const { data } = tensor;
  return { shape: [1, height, width], data: Float32Array.from({ length: n }, (_, i) => 0.299 * data[i] + 0.587 * data[n + i] + 0.114 * data[2 * n + i]) };
}
