import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CompetitionError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import type { Stage } from '../pipeline/stage.ts';
import type { Competition } from './define-competition.ts';
import { userFileError } from './user-file-error.ts';

/** A competition's definition and where it lies. */
export interface LoadedCompetition {
  name: string;
  /** Folder of competition.ts. */
  folder: string;
  /** Folder that holds `competitions/` and `pipelines/`. */
  root: string;
  definition: Competition;
}

/** What a pipeline file is told. */
export interface PipelineContext {
  /** The run's seed, for stages with a randomState. */
  seed: number;
}

/** What a run needs of a pipeline. */
export interface Model extends Stage {
  clone(): Model;
  with(changes: any): Model;
  predict(X: any): Promise<ArrayLike<any>>;
  can?(method: string): boolean;
}

/** Where competitions are looked for: the working folder, then those that come with the package. */
function competitionRoots(cwd: string): string[] {
  const own = fileURLToPath(new URL('../../', import.meta.url));
  return [...new Set([resolve(cwd), resolve(own)])];
}

/** Names of the competitions there are. */
export function competitionNames(cwd: string): string[] {
  const names = competitionRoots(cwd).flatMap((root) => {
    const folder = join(root, 'competitions');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && competitionFile(join(folder, entry.name)) !== undefined)
      .map((entry) => entry.name);
  });
  return [...new Set(names)].sort();
}

function competitionFile(folder: string): string | undefined {
  return ['competition.ts', 'competition.mts', 'competition.js', 'competition.mjs'].map((f) => join(folder, f)).find(existsSync);
}

/**
 * Loads `competitions/<name>/competition.ts`.
 * @throws CompetitionError for an unknown name (with the names there are), or a file that throws or exports no definition.
 */
export async function loadCompetition(name: string, cwd: string = process.cwd()): Promise<LoadedCompetition> {
  for (const root of competitionRoots(cwd)) {
    const folder = join(root, 'competitions', name);
    const file = /[\\/]|^\.*$/.test(name) ? undefined : competitionFile(folder);
    if (file === undefined) continue;
    const { default: definition } = await importModule(file, cwd);
    if (typeof definition !== 'object' || definition === null || !('pipelines' in definition) || !('train' in definition)) {
      throw new CompetitionError(`${relative(cwd, file)}: must export default defineCompetition({ … }), got ${show(definition)}.`);
    }
    return { name, folder, root, definition: definition as Competition };
  }
  const names = competitionNames(cwd);
  const near = nearestName(name, names);
  throw new CompetitionError(
    `Competition: there is no ${show(name)}.${near ? ` Did you mean ${near}?` : ''} ` +
      (names.length > 0 ? `There are ${showList(names)}.` : `Make competitions/<name>/competition.ts in ${cwd}.`),
  );
}

/** A pipeline file's exports. */
export interface LoadedPipeline {
  model: Model;
  /** URL of the file. */
  url: string;
  /** Its `searchSpace`, for `refit run --search`; null for none. */
  searchSpace: object | null;
}

/**
 * Loads a pipeline file and makes its pipeline.
 * @throws CompetitionError when there is no such file, or it throws, or exports no function that returns a pipeline.
 */
export async function loadPipeline(competition: LoadedCompetition, name: string, context: PipelineContext): Promise<Model> {
  return (await loadPipelineFile(competition, name, context)).model;
}

/** As loadPipeline, with all else that the file exports. @throws CompetitionError */
export async function loadPipelineFile(competition: LoadedCompetition, name: string, context: PipelineContext): Promise<LoadedPipeline> {
  const file = pipelineFile(competition, name);
  const cwd = process.cwd();
  const shown = relative(cwd, file);
  const { default: make, searchSpace = null } = await importModule(file, cwd);
  if (typeof make !== 'function') {
    throw new CompetitionError(
      `${shown}: must export a default function that returns a Pipeline, got ${show(make)}. Write export default () => new Pipeline([ … ]).`,
    );
  }
  if (typeof searchSpace !== 'object') {
    throw new CompetitionError(`${shown}: searchSpace must be an object of options with the values to try, got ${show(searchSpace)}.`);
  }
  let model: unknown;
  try {
    model = await (make as (context: PipelineContext) => unknown)(context);
  } catch (error) {
    throw await userFileError(file, cwd, error);
  }
  if (typeof (model as Model | undefined)?.fit !== 'function' || typeof (model as Model).predict !== 'function') {
    throw new CompetitionError(`${shown}: the exported function must return a Pipeline that predicts, got ${show(model)}.`);
  }
  return { model: model as Model, url: pathToFileURL(file).href, searchSpace };
}

function pipelineFile(competition: LoadedCompetition, name: string): string {
  const folders = [join(competition.folder, 'pipelines'), join(competition.root, 'pipelines')];
  const file = folders.flatMap((folder) => ['.ts', '.mts', '.js', '.mjs'].map((ending) => join(folder, name + ending))).find(existsSync);
  if (file !== undefined) return file;
  const names = pipelineNames(folders);
  const near = nearestName(name, names);
  throw new CompetitionError(
    `Pipeline: there is no ${show(name)} in ${folders.map((f) => relative(process.cwd(), f) || '.').join(' or ')}.` +
      `${near ? ` Did you mean ${near}?` : ''} There are ${showList(names, 20) || 'none'}.`,
  );
}

function pipelineNames(folders: readonly string[]): string[] {
  const names = folders.filter(existsSync).flatMap((folder) => readdirSync(folder));
  return [...new Set(names.filter((f) => /\.m?[tj]s$/.test(f)).map((f) => f.replace(/\.m?[tj]s$/, '')))].sort();
}

async function importModule(file: string, cwd: string): Promise<{ default?: unknown; searchSpace?: object | null }> {
  try {
    return (await import(pathToFileURL(file).href)) as { default?: unknown; searchSpace?: object };
  } catch (error) {
    throw await userFileError(file, cwd, error);
  }
}
