import type { OutputComponent, OutputOptions } from '../component.ts';
import { imageType } from '../image-type.ts';
import { fileSchema } from '../inputs/file.ts';

/** A PNG, JPEG, GIF or WebP image as bytes; callers get a file to fetch. */
export function image({ label = 'Image' }: OutputOptions = {}): OutputComponent<Uint8Array> {
  return {
    type: 'image',
    label,
    schema: fileSchema,
    pythonType: 'filepath',
    page: {},
    write(value, files) {
      const format = value instanceof Uint8Array ? imageType(value) : undefined;
      if (format === undefined) throw new TypeError(`${label}: the function must return the bytes of a PNG, JPEG, GIF or WebP image. Return charts through outputs.chart.`);
      return files.offer(`image.${format === 'jpeg' ? 'jpg' : format}`, value);
    },
  };
}
