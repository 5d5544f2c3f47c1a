import { show } from '../../core/show.ts';
import type { OutputComponent, OutputOptions } from '../component.ts';
import { fileSchema } from '../inputs/file.ts';

/** A file to download. */
export interface OutputFile {
  name: string;
  content: string | Uint8Array;
}

/** A file to download, as a name and its content; null for none. */
export function file({ label = 'File' }: OutputOptions = {}): OutputComponent<OutputFile | null> {
  return {
    type: 'file',
    label,
    schema: fileSchema,
    pythonType: 'filepath',
    page: {},
    write(value, files) {
      if (value === null) return null;
      const { name, content } = value ?? {};
      if (typeof name !== 'string' || (typeof content !== 'string' && !(content instanceof Uint8Array))) {
        throw new TypeError(`${label}: the function must return a file as { name, content }, got ${show(value)}.`);
      }
      return files.offer(name, typeof content === 'string' ? Buffer.from(content) : content);
    },
  };
}
