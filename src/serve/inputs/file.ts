import { extname } from 'node:path';
import type { InputComponent, InputOptions } from '../component.ts';
import type { UploadedFile } from '../uploaded-file.ts';
import { UserError } from '../user-error.ts';

export interface FileInputOptions extends InputOptions {
  /** Endings it takes, such as '.csv'. Default all. */
  accept?: readonly string[];
  /** Most bytes it takes; the server's limit of uploads holds besides. Default no further limit. */
  maxBytes?: number;
}

/** An uploaded file. */
export function file({ label = 'File', name, help, accept = [], maxBytes = Infinity }: FileInputOptions = {}): InputComponent<UploadedFile> {
  return {
    type: 'file',
    label,
    name: name ?? null,
    initial: undefined,
    example: null,
    schema: fileSchema,
    pythonType: 'filepath',
    page: { accept: [...accept], help: help ?? null },
    read(payload, files) {
      const upload = files.uploaded(label, payload);
      if (accept.length > 0 && !accept.includes(extname(upload.name).toLowerCase())) {
        throw new UserError(`${label}: it must be a file ending in ${accept.join(' or ')}, got ${upload.name}.`);
      }
      if (upload.size > maxBytes) throw new UserError(`${label}: it must have at most ${maxBytes} bytes, got ${upload.size}.`);
      return upload;
    },
  };
}

/** How a file travels: by the path that /upload answered with. */
export const fileSchema = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string' },
    orig_name: { type: 'string' },
    meta: { type: 'object', properties: { _type: { const: 'gradio.FileData' } } },
  },
};
