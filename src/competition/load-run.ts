import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { showList } from '../core/show.ts';
import { loadModel, type LoadedModel } from '../persistence/load-model.ts';
import type { Modules } from '../persistence/known-names.ts';
import { loadPipelineFile, type LoadedCompetition } from './load-competition.ts';
import { MODEL_FILE } from './model-file-name.ts';
import { pipelineModules } from './pipeline-modules.ts';
import type { RunRecord } from './run-record.ts';
import { runNames } from './stored-run.ts';

/** A run as its folder keeps it. */
export interface LoadedRun {
  folder: string;
  record: RunRecord;
  /** The winner, refitted on all training rows. */
  model: LoadedModel;
}

export interface LoadRunOptions {
  /** Folder of all runs. Default 'outputs'. */
  out?: string;
  /** Name of the run's folder. Default: the newest run that has a model. */
  run?: string;
}

/**
 * A run's record and its saved model. Functions that the model's pipeline got from modules of the competition are found there.
 * @throws CompetitionError when there is no such run; ModelError for a model that cannot be loaded.
 */
export async function loadRun(competition: LoadedCompetition, { out = 'outputs', run }: LoadRunOptions = {}): Promise<LoadedRun> {
  const parent = join(out, competition.name);
  const folder = join(parent, run ?? newestWithModel(competition.name, parent));
  if (run !== undefined) checkRun(competition.name, parent, run);
  const record = JSON.parse(await readFile(join(folder, 'scores.json'), 'utf8')) as RunRecord;
  const model = await loadModel(join(folder, MODEL_FILE), { modules: await modulesOf(competition, record) });
  return { folder, record, model };
}

/** Modules of the winner's pipeline; none where its file is gone or broken, which most models do without. */
async function modulesOf(competition: LoadedCompetition, { winner, seed }: RunRecord): Promise<Modules> {
  try {
    const { url } = await loadPipelineFile(competition, winner, { seed });
    return await pipelineModules(competition, url);
  } catch (error) {
    if (error instanceof CompetitionError) return {};
    throw error;
  }
}

const hasModel = (parent: string, run: string): boolean => existsSync(join(parent, run, MODEL_FILE));

function newestWithModel(competition: string, parent: string): string {
  const newest = runNames(parent).filter((run) => hasModel(parent, run)).at(-1);
  if (newest !== undefined) return newest;
  throw new CompetitionError(`${competition}: there is no run with a saved model in ${parent}. Run refit run ${competition} first.`);
}

function checkRun(competition: string, parent: string, run: string): void {
  if (/[\\/]|^\.*$/.test(run) || !existsSync(join(parent, run))) {
    const runs = runNames(parent);
    const near = nearestName(run, runs);
    throw new CompetitionError(`${competition}: there is no run ${run} in ${parent}.${near ? ` Did you mean ${near}?` : ''} There are ${showList(runs.slice(-5)) || 'none'}.`);
  }
  if (!hasModel(parent, run)) {
    throw new CompetitionError(`${competition}: run ${run} has no ${MODEL_FILE}. Its scores.json may say why; run refit run ${competition} anew.`);
  }
}
