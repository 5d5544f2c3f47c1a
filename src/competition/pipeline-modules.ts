import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Modules } from '../persistence/known-names.ts';
import type { LoadedCompetition } from './load-competition.ts';
import { sourceFiles } from './run-hashes.ts';

/**
 * The module of a pipeline and those that it reaches by relative imports, by their paths from the competition's folder:
 * where the functions and classes of one's own are that a saved model of the pipeline may hold.
 */
export async function pipelineModules({ folder }: LoadedCompetition, pipelineUrl: string): Promise<Modules> {
  const modules: [string, object][] = [];
  for (const file of sourceFiles(pipelineUrl).keys()) {
    const path = relative(folder, file).split(sep).join('/');
    modules.push([path.startsWith('.') ? path : `./${path}`, (await import(pathToFileURL(file).href)) as object]);
  }
  return Object.fromEntries(modules);
}
