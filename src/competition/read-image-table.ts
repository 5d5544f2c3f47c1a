import { basename } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { readIdx, type IdxArray } from '../nn/data/read-idx.ts';
import type { ColumnData } from '../table/column-data.ts';
import { Table } from '../table/table.ts';

export interface ImageTableOptions {
  /** Name of the column that numbers the images, from 0. */
  id: string;
  /** IDX file of labels, one per image, and the name of their column. */
  labels?: { file: string; column: string };
}

/**
 * An IDX file of images as a table, a row an image: its number in the file, its label, and a column of levels for each
 * pixel, `pixel0` … row after row, as Kaggle's tables of images have it. Pipelines for one kind work on the other.
 *
 * @throws ParseError for damaged files; CompetitionError for files that are no images, or labels that are not as many
 */
export async function readImageTable(file: string, { id, labels }: ImageTableOptions): Promise<Table> {
  const images = await readIdx(file);
  const [count, ...size] = images.shape;
  if (size.length === 0) throw new CompetitionError(`${basename(file)}: must hold images, images × rows × columns, got a list of ${count} values. Are images and labels mixed up?`);
  const columns: [string, ColumnData][] = [[id, numbers(Float64Array.from({ length: count }, (_, i) => i))]];
  if (labels !== undefined) columns.push([labels.column, numbers(Float64Array.from((await readLabels(labels.file, file, count)).data))]);
  const pixels = size.reduce((product, n) => product * n, 1);
  for (let j = 0; j < pixels; j++) columns.push([`pixel${j}`, numbers(Float64Array.from({ length: count }, (_, i) => images.data[i * pixels + j]))]);
  return new Table(columns, count);
}

/** An IDX file of labels as a table of numbers from 0 and labels. @throws ParseError, CompetitionError */
export async function readLabelTable(file: string, { id, target }: { id: string; target: string }): Promise<Table> {
  const { shape, data } = await readIdx(file);
  if (shape.length !== 1) throw new CompetitionError(`${basename(file)}: must hold a list of labels, got an array of ${shape.join(' × ')}. Are images and labels mixed up?`);
  return new Table([[id, numbers(Float64Array.from(data, (_, i) => i))], [target, numbers(Float64Array.from(data))]]);
}

async function readLabels(file: string, images: string, count: number): Promise<IdxArray> {
  const labels = await readIdx(file);
  if (labels.shape.length !== 1 || labels.data.length !== count) {
    throw new CompetitionError(`${basename(file)}: must hold a label for each of the ${count} images of ${basename(images)}, got ${labels.shape.join(' × ')} values. Take both files from the same place.`);
  }
  return labels;
}

const numbers = (values: Float64Array): ColumnData => ({ kind: 'number', values });
