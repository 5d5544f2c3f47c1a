import { closeSync, openSync, readSync } from 'node:fs';
import type { InputComponent, InputOptions } from '../component.ts';
import { imageType, type ImageType } from '../image-type.ts';
import { UploadedFile } from '../uploaded-file.ts';
import { UserError } from '../user-error.ts';
import { fileSchema } from './file.ts';

/** An uploaded image; its bytes are not decoded. */
export class UploadedImage extends UploadedFile {
  readonly format: ImageType;

  constructor({ path, name, size }: UploadedFile, format: ImageType) {
    super(path, name, size);
    this.format = format;
  }
}

/** An uploaded PNG, JPEG, GIF or WebP image, told by its first bytes. */
export function image({ label = 'Image', name, help }: InputOptions = {}): InputComponent<UploadedImage> {
  return {
    type: 'image',
    label,
    name: name ?? null,
    initial: undefined,
    example: null,
    schema: fileSchema,
    pythonType: 'filepath',
    page: { accept: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'], help: help ?? null },
    read(payload, files) {
      const upload = files.uploaded(label, payload);
      const format = imageType(firstBytes(upload.path));
      if (format === undefined) throw new UserError(`${label}: it must be a PNG, JPEG, GIF or WebP image, and ${upload.name} is none.`);
      return new UploadedImage(upload, format);
    },
  };
}

function firstBytes(path: string): Uint8Array {
  const bytes = new Uint8Array(12);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes);
  } finally {
    closeSync(file);
  }
  return bytes;
}
