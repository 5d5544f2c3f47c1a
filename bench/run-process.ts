import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeMemory } from './tree-memory.ts';

/** What one child process took. */
export interface ProcessUsage {
  /** From its start to its end. */
  wallSeconds: number;
  /** User and system time of the process and of those it started. */
  cpuSeconds: number;
  /** Most memory at once, of the process and those it started. */
  peakBytes: number;
  stdout: string;
}

/** How often the memory of a process tree is looked at, in milliseconds. */
const EVERY = 20;

/**
 * Runs a program and measures it. CPU time and peak memory are what the program says of itself at its end
 * (REFIT_BENCH_USAGE); where it starts others, their memory is seen on Linux only, by looking every 20 ms if `watch`
 * says so: looking takes time from what is timed.
 * @throws Error with the program's own words when it fails.
 */
export function runProcess(command: readonly string[], environment: NodeJS.ProcessEnv, watch = true): Promise<ProcessUsage> {
  const folder = mkdtempSync(join(tmpdir(), 'refit-bench-'));
  const usageFile = join(folder, 'usage.json');
  return new Promise<ProcessUsage>((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), {
      env: { ...environment, REFIT_BENCH_USAGE: usageFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let peak = 0;
    let stdout = '';
    let stderr = '';
    let wallSeconds = 0;
    const looking = setInterval(() => {
      if (watch && child.pid !== undefined) peak = Math.max(peak, treeMemory(child.pid));
    }, EVERY);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => {
      clearInterval(looking);
      reject(error);
    });
    child.on('exit', () => {
      wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
      clearInterval(looking);
    });
    child.on('close', (code, signal) => {
      if (code !== 0) {
        reject(new Error(`${command.join(' ')}: ended with ${signal ?? code}.\n${stderr.trim().split('\n').slice(-15).join('\n')}`));
        return;
      }
      const { cpuSeconds, peakBytes } = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuSeconds: number; peakBytes: number };
      resolve({ wallSeconds, cpuSeconds, peakBytes: Math.max(peak, peakBytes), stdout });
    });
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}
