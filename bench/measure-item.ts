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
 */
export async function measureItem(item: BenchItem, size: number, settings: MeasureSettings): Promise<Measured> {
  const { runs, quick, pin, python, environment, onRun } = settings;
  const input = await item.input(size, quick);
  const seen = { ours: 0, theirs: 0 };
  const once = async (side: 'ours' | 'theirs', which: string, threads: number, watch = quick): Promise<Run> => {
    const scratch = mkdtempSync(join(tmpdir(), 'refit-bench-out-'));
    try {
      onRun?.(`${item.name}${size > 0 ? ` × ${size}` : ''}: ${side}, ${which}`);
      const command = side === 'ours' ? ourCommand(item, input, scratch) : peerCommand(item, python as string, input, scratch);
      const usage = await runProcess([...pin, ...command], benchEnvironment(environment, threads), watch);
      return { ...usage, peakBytes: Math.max(usage.peakBytes, seen[side]), ...told(item, usage.stdout), threads };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
  const ours: Run[] = [];
  const theirs: Run[] = [];
  const hasPeer = item.peer !== undefined && python !== undefined;
  let threads = 1;
  if (!quick) {
    const ownWarmUp = await once('ours', 'warm-up', threads, true);
    seen.ours = ownWarmUp.peakBytes;
    if (hasPeer) {
      const warmUps: Run[] = [];
      for (const count of item.peer?.jobs ? [1] : [1, CORES]) warmUps.push(await once('theirs', `warm-up, BLAS threads: ${count}`, count, true));
      warmUps.sort((a, b) => summarise(item, [a]).wallSeconds - summarise(item, [b]).wallSeconds);
      threads = warmUps[0].threads;
      seen.theirs = warmUps[0].peakBytes;
      if (warmUps[0].wallSeconds > LONG_SECONDS) {
        ours.push(ownWarmUp);
        theirs.push(warmUps[0]);
      }
    }
  }
  for (let run = ours.length + 1; run <= runs; run++) {
    ours.push(await once('ours', `run ${run} of ${runs}`, threads));
    if (hasPeer) theirs.push(await once('theirs', `run ${run} of ${runs}`, threads));
  }
  if (!hasPeer) return { item, size, ours: summarise(item, ours) };
  const differences = ours.flatMap(({ numbers = {} }, run) => compareNumbers(numbers, theirs[run].numbers ?? {}, item));
  return { item, size, ours: summarise(item, ours), theirs: { ...summarise(item, theirs), threads }, differences: [...new Set(differences)] };
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
