import { isImage } from '../image.ts';
import { heightOf, type Picture, widthOf } from './pixels.ts';

/** What one pixel of a side takes from the old side: so many pixels from `start` on, by their weights. */
interface Share {
  readonly start: number;
  readonly weights: readonly number[];
}

/** How many binary digits of weights Pillow counts with. */
const DIGITS = 22;

/** A picture of another size, side after side, as Pillow makes it: see resize. */
export function resample<P extends Picture>(picture: P, height: number, width: number): P {
  const [tall, wide] = [heightOf(picture), widthOf(picture)];
  const channels = isImage(picture) ? picture.channels : picture.shape[0];
  // An image has the channels of a pixel side by side, a tensor has them apart.
  const [apart, together] = isImage(picture) ? [1, channels] : [channels, 1];
  const along = isImage(picture) ? levelsAlong : numbersAlong;
  let data: Uint8Array | Float32Array = picture.data;
  if (width !== wide) data = along(data as never, { outer: apart * tall, from: wide, inner: together }, shares(wide, width));
  if (height !== tall) data = along(data as never, { outer: apart, from: tall, inner: width * together }, shares(tall, height));
  if (data === picture.data) return picture;
  return (isImage(picture) ? { ...picture, width, height, data } : { shape: [channels, height, width], data }) as P;
}

/** Triangles around the middles of new pixels, wide enough to reach each old one, of sum 1. */
function shares(from: number, to: number): Share[] {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(middle - reach + 0.5));
    const end = Math.min(from, Math.trunc(middle + reach + 0.5));
    const weights = Array.from({ length: end - start }, (__, k) => Math.max(0, 1 - Math.abs((start + k - middle + 0.5) / reach)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
}

/** Where a side lies in memory: `outer` times `from` times `inner` numbers, the side in the middle. */
interface Side {
  readonly outer: number;
  readonly from: number;
  readonly inner: number;
}

function numbersAlong(data: Float32Array, { outer, from, inner }: Side, parts: readonly Share[]): Float32Array {
  const into = new Float32Array(outer * parts.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const { start, weights } of parts) {
      const first = (o * from + start) * inner;
      for (let c = 0; c < inner; c++) {
        let sum = 0;
        for (let k = 0, p = first + c; k < weights.length; k++, p += inner) sum += weights[k] * data[p];
        into[at++] = sum;
      }
    }
  }
  return into;
}

/** Levels, with weights and sums in whole numbers as Pillow has them. */
function levelsAlong(data: Uint8Array, { outer, from, inner }: Side, parts: readonly Share[]): Uint8Array {
  const into = new Uint8Array(outer * parts.length * inner);
  const wholes = parts.map(({ weights }) => Int32Array.from(weights, (weight) => Math.floor(0.5 + weight * 2 ** DIGITS)));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < parts.length; i++) {
      const weights = wholes[i];
      const first = (o * from + parts[i].start) * inner;
      for (let c = 0; c < inner; c++) {
        let sum = 1 << (DIGITS - 1);
        for (let k = 0, p = first + c; k < weights.length; k++, p += inner) sum += Math.imul(weights[k], data[p]);
        // Weights are not below 0, but the sum of their rounded ones may be above 1.
        into[at++] = Math.min(255, sum >> DIGITS);
      }
    }
  }
  return into;
}
