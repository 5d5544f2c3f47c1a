import { join } from 'node:path';
import type { BenchItem } from '../bench-item.ts';

/** What every command pays before it works. */
export const startUp: BenchItem = {
  name: 'start-up',
  title: 'refit --help',
  timed: 'process',
  target: { seconds: 0.25 },
  input: async () => '',
  command: () => [join('dist', 'cli', 'main.js'), '--help'],
};
