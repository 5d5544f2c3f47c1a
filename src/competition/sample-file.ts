import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedCompetition } from './load-competition.ts';

/** Full path of a competition's sample submission; undefined where none is named, or it is not there. */
export function sampleFile({ definition, folder }: Pick<LoadedCompetition, 'definition' | 'folder'>): string | undefined {
  const { sample } = definition.submission;
  if (sample === null) return undefined;
  const path = join(folder, sample);
  return existsSync(path) ? path : undefined;
}
