import { fileURLToPath } from 'node:url';

/** The embedded competition: train.csv with name, label, content. */
export const spamFolder = fileURLToPath(new URL('../competitions/spam-detector/data/', import.meta.url));

/** Texts and labels of train.csv. */
export async function readSpam(folder: string): Promise<{ X: string[]; y: number[] }> {
  const { readCsv } = await import('refit');
  const { join } = await import('node:path');
  const train = await readCsv(join(folder, 'train.csv'), { ids: ['name'] });
  return { X: train.strings('content') as string[], y: Array.from(train.column('label').values as ArrayLike<number>) };
}
