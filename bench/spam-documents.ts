import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from './resample-documents.ts';
import { spamFolder } from './spam-data.ts';

/** The messages of train.csv as token numbers: lines `name,label,[0 43 2 66]`. */
export function spamDocuments(): Document[] {
  const lines = readFileSync(join(spamFolder, 'train.csv'), 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [, label, content] = line.split(',');
    return { label: Number(label), tokens: content.slice(1, -1).split(' ').map(Number) };
  });
}
