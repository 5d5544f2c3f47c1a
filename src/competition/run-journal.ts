import { closeSync, existsSync, fsync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { FoldEvaluation } from '../model-selection/evaluate-variants.ts';
import type { Split } from '../model-selection/splitter.ts';
import { exactJson, parseExactJson } from './exact-json.ts';
import { textHash, type RunHashes } from './run-hashes.ts';

/** What decides what a run finds; an interrupted run goes on only where all of this is as it was. */
export interface JournalHead {
  /** ISO time at which the run started; names its folder. */
  started: string;
  options: { pipelines: readonly string[]; seed: number; search: boolean };
  hashes: RunHashes;
  versions: Record<string, string>;
  /** Folds of all pipelines and candidates together. */
  steps: number;
}

/** An interrupted run. */
export interface UnfinishedRun extends JournalHead {
  folder: string;
  /** Who writes it; `since` is the ISO time at which it began to. */
  process: { pid: number; host: string; since: string };
  /** How many folds are done. */
  done: number;
}

/** Stands for a candidate in a fold; `code` is a hash of all that makes the candidate. */
export interface JournalPlace {
  pipeline: string;
  candidate: number;
  fold: number;
  code: string;
}

const HEAD = 'run';

/**
 * Keeps the folds that a run has finished, so that it can go on after any interruption: a hidden folder
 * `<out>/<competition>/.unfinished/<run>/` with one small file for each of them.
 *
 * A file is written under another name, flushed and renamed, and begins with the hash of its content: after a
 * power cut a file is there and whole, or it does not count. The folder shows up with the first fold, and goes when the run's own folder is there.
 */
export class RunJournal {
  readonly folder: string;
  readonly #head: JournalHead;
  readonly #known = new Map<string, string>();
  #begun = false;

  constructor(parent: string, head: JournalHead, resumed: UnfinishedRun | undefined) {
    this.folder = resumed?.folder ?? join(parent, '.unfinished', `${head.started.slice(0, 19).replaceAll(':', '-').replace('T', '_')}-${process.pid}`);
    this.#head = head;
    if (resumed === undefined) return;
    for (const name of entryNames(resumed.folder)) {
      const content = readWhole(join(resumed.folder, name));
      if (content !== undefined) this.#known.set(name, content);
    }
    this.#begin();
  }

  /** What came of a candidate in a fold; undefined where that is not known, or its code has changed since. */
  find(place: JournalPlace, { train, test }: Split): FoldEvaluation | undefined {
    const content = this.#known.get(entryName(place));
    if (content === undefined) return undefined;
    const { code, result, ...rest } = parseExactJson(content) as { code: string; result: object };
    return code === place.code ? ({ ...rest, result: { ...result, train, test } } as FoldEvaluation) : undefined;
  }

  /** Keeps what came of a candidate in a fold. @throws CompetitionError when the folder cannot be written */
  keep(place: JournalPlace, evaluation: FoldEvaluation): void {
    if ('error' in evaluation) return;
    this.#begin();
    const { result, prediction, also } = evaluation;
    const { fold, scores, fitSeconds, scoreSeconds, learnedNumbers, notes } = result;
    this.#write(entryName(place), exactJson({ code: place.code, result: { fold, scores, fitSeconds, scoreSeconds, learnedNumbers, notes }, prediction, ...(also && { also }) }));
  }

  /** Removes it, and what other interrupted runs of the competition have left: a complete run makes them void. */
  remove(): void {
    const parent = join(this.folder, '..');
    rmSync(this.folder, { recursive: true, force: true });
    for (const run of unfinishedRuns(join(parent, '..'))) {
      if (!isRunning(run)) rmSync(run.folder, { recursive: true, force: true });
    }
    if (existsSync(parent) && readdirSync(parent).length === 0) rmSync(parent, { recursive: true, force: true });
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    try {
      mkdirSync(this.folder, { recursive: true });
    } catch (error) {
      throw new CompetitionError(`Run: ${join(this.folder, '../..')} must be a folder that can be written, got ${(error as Error).message}. Choose another with --out.`, { cause: error });
    }
    this.#write(HEAD, JSON.stringify({ ...this.#head, process: { pid: process.pid, host: hostname(), since: new Date().toISOString() } }));
  }

  #write(name: string, content: string): void {
    const path = join(this.folder, `${name}.json`);
    const temporary = join(this.folder, `.${name}.tmp`);
    const file = openSync(temporary, 'w');
    try {
      writeSync(file, `${textHash(content)}\n${content}\n`);
      renameSync(temporary, path);
    } catch (error) {
      closeSync(file);
      rmSync(temporary, { force: true });
      throw new CompetitionError(`Run: what is done so far cannot be kept in ${this.folder}, got ${(error as Error).message}. Make room, or choose another folder with --out.`, { cause: error });
    }
    // Flushing takes longer than all else; if the power fails before it is done, the hash tells.
    fsync(file, () => closeSync(file));
  }
}

/** Interrupted and running runs of a competition, the newest last. */
export function unfinishedRuns(parent: string): UnfinishedRun[] {
  const all = join(parent, '.unfinished');
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .sort()
    .flatMap((name) => {
      const folder = join(all, name);
      const head = readWhole(join(folder, `${HEAD}.json`));
      if (head === undefined) return [];
      return [{ ...(JSON.parse(head) as Omit<UnfinishedRun, 'folder' | 'done'>), folder, done: entryNames(folder).length }];
    });
}

/**
 * The newest interrupted run, to go on with.
 * @throws CompetitionError when all that there are still run
 */
export function interruptedRun(parent: string): UnfinishedRun | undefined {
  const runs = unfinishedRuns(parent);
  const dead = runs.filter((run) => !isRunning(run));
  if (dead.length === 0 && runs.length > 0) {
    throw new CompetitionError(`Run: the run of ${runs[0].started} is still running as process ${runs[0].process.pid}. Wait for it, or end it.`);
  }
  return dead.at(-1);
}

/** @throws CompetitionError naming what is not as it was when the run was interrupted */
export function checkUnchanged(interrupted: UnfinishedRun, now: Pick<JournalHead, 'hashes' | 'versions'>): void {
  const names: Record<keyof RunHashes, string> = {
    train: 'the training file',
    test: 'the test file',
    target: 'the target',
    folds: 'how rows are dealt to folds',
    metric: 'the metric',
  };
  const changed = [
    ...Object.entries(names).flatMap(([key, name]) => (interrupted.hashes[key as keyof RunHashes] === now.hashes[key as keyof RunHashes] ? [] : [name])),
    ...Object.entries(now.versions).flatMap(([name, version]) => (interrupted.versions[name] === version ? [] : [`${name} (${interrupted.versions[name]}, now ${version})`])),
  ];
  if (changed.length > 0) {
    throw new CompetitionError(`Run: the run of ${interrupted.started} cannot go on, since ${changed.join(' and ')} changed after it was interrupted. Run without --resume.`);
  }
}

/** Whether the process that writes a journal lives; one of another machine cannot be asked, and counts as dead. */
export function isRunning({ process: { pid, host, since } }: UnfinishedRun): boolean {
  // A number is given anew after a restart of the machine.
  if (host !== hostname() || pid === process.pid || Date.parse(since) < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const entryName = ({ pipeline, candidate, fold }: JournalPlace): string => `${encodeURIComponent(pipeline)}.${candidate}.${fold}`;

function entryNames(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.\d+\.\d+\.json$/.test(name) && !name.startsWith('.')).map((name) => name.slice(0, -'.json'.length));
}

/** A file's content if it is there and whole. */
function readWhole(path: string): string | undefined {
  const file = path.endsWith('.json') ? path : `${path}.json`;
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const end = text.indexOf('\n');
  const content = text.slice(end + 1, -1);
  return end > 0 && textHash(content) === text.slice(0, end) ? content : undefined;
}
