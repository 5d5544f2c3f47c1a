import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchItem, Numbers } from './bench-item.ts';
import { compareNumbers } from './compare-numbers.ts';
import { benchEnvironment, CORES } from './machine.ts';
import { median } from './median.ts';
import { runProcess, type ProcessUsage } from './run-process.ts';
import type { CallTimes } from './time-calls.ts';

/** Medians of one side. */
export interface Side {
  wallSeconds: number;
  cpuSeconds: number;
  peakBytes: number;
  /** The work alone, in a process that is timed as a whole; undefined where it is not told. */
  innerSeconds?: number;
  /** BLAS threads of the peer. */
  threads?: number;
}

/** One line of the table. */
export interface Measured {
  item: BenchItem;
  /** 0 where the item has no sizes. */
  size: number;
  ours: Side;
  theirs?: Side;
  /** What differs between the numbers of both sides; undefined without a peer. */
  differences?: string[];
}

export interface MeasureSettings {
  /** Measured processes of each side. */
  runs: number;
  quick: boolean;
  /** Put before every command. */
  pin: readonly string[];
  /** The peer's Python; undefined measures ours alone. */
  python?: string;
  environment: NodeJS.ProcessEnv;
  /** Told before each process. */
  onRun?: (what: string) => void;
}

/** Where a process takes so long, files not yet in memory do not show, and the run before counts as the first. */
const LONG_SECONDS = 20;

interface Run extends ProcessUsage {
  threads: number;
  times?: CallTimes;
  numbers?: Numbers;
}

/**
 * Measures an item: our process and the peer's in turn (A B A B …), `runs` of each. Before, each side runs untimed, so
 * that files are in memory, and its memory is watched; the peer with one and with two BLAS threads, of which the faster
 * is kept.
 *
 * Of several sizes each has its turn in every round, so that a machine whose speed changes meanwhile does not pass for growth.
 */
export async function measureItem(item: BenchItem, settings: MeasureSettings): Promise<Measured[]> {
  const sizes = (item.sizes?.(settings.quick) ?? [0]).map((size) => new SizeRuns(item, size, settings));
  for (const size of sizes) await size.warmUp();
  for (let run = 1; run <= settings.runs; run++) for (const size of sizes) await size.run(run);
  return sizes.map((size) => size.result());
}

/** The processes of both sides for one size of an item. */
class SizeRuns {
  readonly #item: BenchItem;
  readonly #size: number;
  readonly #settings: MeasureSettings;
  readonly #hasPeer: boolean;
  readonly #ours: Run[] = [];
  readonly #theirs: Run[] = [];
  readonly #peakBytes = { ours: 0, theirs: 0 };
  #input: string | undefined;
  #threads = 1;

  constructor(item: BenchItem, size: number, settings: MeasureSettings) {
    this.#item = item;
    this.#size = size;
    this.#settings = settings;
    this.#hasPeer = item.peer !== undefined && settings.python !== undefined;
  }

  async warmUp(): Promise<void> {
    const item = this.#item;
    if (this.#settings.quick) return;
    const ours = await this.#once('ours', 'warm-up', this.#threads, true);
    this.#peakBytes.ours = ours.peakBytes;
    if (!this.#hasPeer) return;
    const theirs: Run[] = [];
    for (const count of item.peer?.jobs ? [1] : [1, CORES]) theirs.push(await this.#once('theirs', `warm-up, BLAS threads: ${count}`, count, true));
    theirs.sort((a, b) => summarise(item, [a]).wallSeconds - summarise(item, [b]).wallSeconds);
    const [fastest] = theirs;
    this.#threads = fastest.threads;
    this.#peakBytes.theirs = fastest.peakBytes;
    if (fastest.wallSeconds <= LONG_SECONDS) return;
    this.#ours.push(ours);
    this.#theirs.push(fastest);
  }

  /** A process of each side, unless the warm-up has stood for this run. */
  async run(run: number): Promise<void> {
    if (this.#ours.length >= run) return;
    const which = `run ${run} of ${this.#settings.runs}`;
    this.#ours.push(await this.#once('ours', which, this.#threads));
    if (this.#hasPeer) this.#theirs.push(await this.#once('theirs', which, this.#threads));
  }

  result(): Measured {
    const [item, size] = [this.#item, this.#size];
    const ours = summarise(item, this.#ours);
    if (!this.#hasPeer) return { item, size, ours };
    const differences = this.#ours.flatMap(({ numbers = {} }, run) => compareNumbers(numbers, this.#theirs[run].numbers ?? {}, item));
    return { item, size, ours, theirs: { ...summarise(item, this.#theirs), threads: this.#threads }, differences: [...new Set(differences)] };
  }

  async #once(side: 'ours' | 'theirs', which: string, threads: number, watch = this.#settings.quick): Promise<Run> {
    const { quick, pin, python, environment, onRun } = this.#settings;
    const [item, size] = [this.#item, this.#size];
    this.#input ??= await item.input(size, quick);
    const scratch = mkdtempSync(join(tmpdir(), 'refit-bench-out-'));
    try {
      onRun?.(`${item.name}${size > 0 ? ` × ${size}` : ''}: ${side}, ${which}`);
      const command = side === 'ours' ? ourCommand(item, this.#input, scratch) : peerCommand(item, python as string, this.#input, scratch);
      const usage = await runProcess([...pin, ...command], benchEnvironment(environment, threads), watch);
      return { ...usage, peakBytes: Math.max(usage.peakBytes, this.#peakBytes[side]), ...told(item, usage.stdout), threads };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

/** Arguments of our process; also what `--profile` runs. */
export function ourCommand(item: BenchItem, input: string, scratch: string, extra: readonly string[] = []): string[] {
  const inner = item.command?.(input, scratch) ?? ['--import', './dist/register.js', join('bench', 'child.ts'), item.name, input];
  return [process.execPath, '--import', './bench/report-usage.mjs', ...extra, ...inner];
}

function peerCommand({ peer }: BenchItem, python: string, input: string, scratch: string): string[] {
  const { script, arguments: more = [], whole = false } = peer as NonNullable<BenchItem['peer']>;
  const file = join('bench', 'peers', script);
  return whole ? [python, join('bench', 'peers', 'measured.py'), file, input, scratch] : [python, file, input, ...more];
}

/** What a process printed: times and numbers, or the numbers alone where the command is a program of its own. */
function told(item: BenchItem, stdout: string): Pick<Run, 'times' | 'numbers'> {
  if (item.command === undefined) return JSON.parse(stdout) as Pick<Run, 'times' | 'numbers'>;
  return item.peer === undefined ? {} : { numbers: JSON.parse(stdout) as Numbers };
}

function summarise({ timed }: BenchItem, runs: readonly Run[]): Side {
  const calls = runs.flatMap(({ times }) => times?.wallSeconds ?? []);
  const whole = timed === 'process';
  return {
    wallSeconds: median(whole ? runs.map((run) => run.wallSeconds) : calls),
    cpuSeconds: median(whole ? runs.map((run) => run.cpuSeconds) : runs.flatMap(({ times }) => times?.cpuSeconds ?? [])),
    peakBytes: median(runs.map((run) => run.peakBytes)),
    ...(whole && calls.length > 0 && { innerSeconds: median(calls) }),
  };
}
