import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchItem } from './bench-item.ts';
import { ourCommand, type MeasureSettings } from './measure-item.ts';
import { runProcess } from './run-process.ts';
import { topFunctions, type CpuProfile } from './top-functions.ts';

/**
 * Runs our side once under V8's sampling profiler. Returns the folder with the .cpuprofile files (one per thread;
 * Chrome's developer tools open them) and, for each thread, where its time went.
 */
export async function profileItem(item: BenchItem, { quick, pin, environment }: MeasureSettings): Promise<{ folder: string; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'refit-profile-'));
  const input = await item.input(item.sizes?.(quick).at(-1) ?? 0, quick);
  const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  await runProcess([...pin, ...ourCommand(item, input, mkdtempSync(join(tmpdir(), 'refit-bench-out-')), profiling)], environment);
  const text = readdirSync(folder).map((file) => {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
    return [file, ...topFunctions(profile).map(([share, name]) => `  ${(100 * share).toFixed(1).padStart(5)} %  ${name}`)].join('\n');
  });
  return { folder, text: text.join('\n') };
}
