import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchItem, Numbers } from './bench-item.ts';
import { compareNumbers } from './compare-numbers.ts';
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
  times?: CallTimes;
  numbers?: Numbers;
}

/**
 * Measures an item: our process and the peer's in turn (A B A B …), `runs` of each. Whole processes are run once
 * before, unmeasured unless long, so that files are in memory; processes that time their own calls warm up by themselves.
 */
export async function measureItem(item: BenchItem, size: number, settings: MeasureSettings): Promise<Measured> {
  const { runs, quick, pin, python, environment, onRun } = settings;
  const input = await item.input(size, quick);
  const once = async (side: 'ours' | 'theirs', which: string): Promise<Run> => {
    const scratch = mkdtempSync(join(tmpdir(), 'refit-bench-out-'));
    try {
      onRun?.(`${item.name}${size > 0 ? ` × ${size}` : ''}: ${side}, ${which}`);
      const command = side === 'ours' ? ourCommand(item, input, scratch) : peerCommand(item, python as string, input, scratch);
      const usage = await runProcess([...pin, ...command], environment);
      return { ...usage, ...told(item, usage.stdout) };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
  const sides = item.peer !== undefined && python !== undefined ? (['ours', 'theirs'] as const) : (['ours'] as const);
  const kept: Record<'ours' | 'theirs', Run[]> = { ours: [], theirs: [] };
  let first = 1;
  if (item.timed === 'process' && !quick) {
    const warmUp = [];
    for (const side of sides) warmUp.push(await once(side, 'warm-up'));
    if (warmUp.some(({ wallSeconds }) => wallSeconds > LONG_SECONDS)) {
      sides.forEach((side, i) => kept[side].push(warmUp[i]));
      first = 2;
    }
  }
  for (let run = first; run <= runs; run++) {
    for (const side of sides) kept[side].push(await once(side, `run ${run} of ${runs}`));
  }
  const ours = summarise(item, kept.ours);
  if (kept.theirs.length === 0) return { item, size, ours };
  const differences = compareNumbers(kept.ours[0].numbers ?? {}, kept.theirs[0].numbers ?? {}, item);
  return { item, size, ours, theirs: summarise(item, kept.theirs), differences };
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
