import { readFile } from 'node:fs/promises';
import { ParseError } from '../../core/errors.ts';
import { imageHead } from './image-head.ts';
import type { Image } from './image.ts';

export interface DecodeImageOptions {
  /** Name for messages. Default 'the image'. */
  name?: string;
}

/** Loaded with the first image. */
let decoder: Promise<typeof import('@resvg/resvg-js')> | undefined;

/**
 * Decodes a PNG or JPEG file; transparent parts lie on white.
 *
 * The work is done by resvg, which draws the charts too, in Node's own threads, so that several images are decoded at
 * the same time. PNG levels are exact; JPEG decoders differ from each other by a few levels.
 *
 * @returns three channels, also for grey images
 * @throws ParseError for a file of another kind, or one that is damaged or ends early
 *
 * Counterpart: torchvision.io.decode_image with ImageReadMode.RGB, which leaves transparency out instead.
 */
export async function decodeImage(bytes: Uint8Array, { name = 'the image' }: DecodeImageOptions = {}): Promise<Image> {
  const { kind, width, height } = imageHead(name, bytes);
  const { renderAsync } = await (decoder ??= import('@resvg/resvg-js'));
  const address = `data:image/${kind};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} image-rendering="optimizeSpeed" href="${address}"/></svg>`;
  const { pixels } = await renderAsync(svg, { font: { loadSystemFonts: false }, logLevel: 'off' });
  const data = new Uint8Array(width * height * 3);
  let drawn = false;
  for (let i = 0; i < width * height; i++) {
    const clear = 255 - pixels[4 * i + 3];
    drawn ||= clear < 255;
    // Levels come multiplied by their opacity.
    for (let c = 0; c < 3; c++) data[3 * i + c] = pixels[4 * i + c] + clear;
  }
  // A file that cannot be decoded is left out of the drawing, without a word.
  if (!drawn) throw new ParseError(`decodeImage: ${name} must be a whole ${kind.toUpperCase()} file with something to see, got none. It may be damaged or end early.`);
  return { width, height, channels: 3, data };
}

/** Reads and decodes an image file. @throws ParseError */
export async function readImage(path: string): Promise<Image> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ParseError(`readImage: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`, { cause: error });
  }
  return decodeImage(bytes, { name: path });
}
