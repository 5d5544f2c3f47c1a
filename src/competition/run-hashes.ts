import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Label } from '../core/labels.ts';
import type { Split } from '../model-selection/splitter.ts';
import { isBuiltIn, scorer } from '../metrics/scorer.ts';
import type { LoadedCompetition } from './load-competition.ts';

/** What a run's scores depend on besides its pipelines, each as a SHA-256 in hexadecimal digits. */
export interface RunHashes {
  /** The training file's bytes. */
  train: string;
  /** The test file's bytes. */
  test: string;
  /** The target of every training row, as read. */
  target: string;
  /** The rows of every fold. */
  folds: string;
  /** The metric's name, the text of its function where it is the competition's own, and what is predicted: labels, probabilities or numbers. */
  metric: string;
}

export async function runHashes(
  { definition, folder }: LoadedCompetition,
  { y, splits }: { y: readonly Label[]; splits: readonly Split[] },
): Promise<RunHashes> {
  const folds = createHash('sha256');
  for (const { train, test } of splits) {
    folds.update(`${train.length},${test.length}\n`);
    folds.update(bytesOf(train));
    folds.update(bytesOf(test));
  }
  return {
    train: await fileHash(join(folder, definition.train)),
    test: await fileHash(join(folder, definition.test)),
    target: textHash(JSON.stringify(y)),
    folds: folds.digest('hex'),
    metric: textHash(JSON.stringify([definition.metric, definition.submission.values, ...(isBuiltIn(definition.metric) ? [] : [scorer(definition.metric).text])])),
  };
}

/** SHA-256 of a file, read piece by piece. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a module and of all modules that it reaches by relative imports, in the order in which they are met. */
export function sourceHash(url: string): string {
  const hash = createHash('sha256');
  for (const source of sourceFiles(url).values()) hash.update(`${source.length}\n${source}`);
  return hash.digest('hex');
}

/** A module and all modules that it reaches by relative imports, in the order in which they are met: text by path. */
export function sourceFiles(url: string): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const visit = (file: string): void => {
    if (sources.has(file)) return;
    const source = readFileSync(file, 'utf8');
    sources.set(file, source);
    for (const [, still, lazy] of source.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|import\(?\s*['"]([^'"]+)['"]/g)) {
      const specifier = still ?? lazy;
      if (!specifier.startsWith('.')) continue;
      const target = resolve(dirname(file), specifier);
      const found = [target, target.replace(/\.js$/, '.ts')].find((path) => existsSync(path));
      if (found !== undefined) visit(found);
    }
  };
  visit(fileURLToPath(url));
  return sources;
}

/** The numbers' bytes, lowest first whatever the machine. */
function bytesOf(rows: Int32Array): Buffer {
  const bytes = Buffer.alloc(4 * rows.length);
  rows.forEach((row, i) => bytes.writeInt32LE(row, 4 * i));
  return bytes;
}
