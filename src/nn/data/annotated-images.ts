import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { encodeLabels, type Label } from '../../core/labels.ts';
import { showList } from '../../core/show.ts';
import type { Table } from '../../table/table.ts';
import { ImageDataset, type ImageDatasetOptions } from './image-dataset.ts';

export interface AnnotatedImagesOptions extends ImageDatasetOptions {
  /** Column of file names, relative to the folder. Default 'file'. */
  file?: string;
  /** Column of labels. Default 'label'. */
  label?: string;
}

/**
 * Image files of one folder, with a table that says which file shows what.
 *
 * Counterpart: the CustomImageDataset of PyTorch's tutorial, with an annotations file and an image folder.
 * @throws DataError for files that are not in the folder, and for rows without a label
 *
 * @example
 * const data = new AnnotatedImages(await readCsv('labels.csv'), 'images', { transform: transforms.toTensor() });
 */
export class AnnotatedImages extends ImageDataset {
  constructor(annotations: Table, folder: string, { file = 'file', label = 'label', ...options }: AnnotatedImagesOptions = {}) {
    const names = annotations.strings(file);
    const { classes, codes } = encodeLabels('AnnotatedImages', annotations.column(label).toArray() as Label[]);
    const files = names.map((name) => join(folder, name));
    const missing = names.filter((_, i) => !existsSync(files[i]));
    if (missing.length > 0) {
      throw new DataError(`AnnotatedImages: every file must be in ${folder}, ${missing.length} of ${names.length} are not: ${showList(missing, 5)}. Check folder and names.`);
    }
    super(files, codes, classes, options);
  }
}
