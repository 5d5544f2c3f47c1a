import { cpus, totalmem } from 'node:os';
import type { RunTimes } from './run-record.ts';

/** The machine that a run's times were taken on. */
export function thisMachine(): RunTimes['machine'] {
  const processors = cpus();
  return {
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}
