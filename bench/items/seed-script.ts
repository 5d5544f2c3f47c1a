import { join } from 'node:path';
import type { BenchItem } from '../bench-item.ts';
import { spamFolder } from '../spam-data.ts';

/** examples/seed-script.ts: read, split, pipeline, scores, ROC figure, refit, submission. */
export const seedScript: BenchItem = {
  name: 'seed-script',
  title: 'the seed script, start to submission written',
  timed: 'process',
  target: { ratio: 0.25, memoryRatio: 1.3 },
  input: async () => spamFolder,
  command: (input, scratch) => ['--import', './dist/register.js', join('examples', 'seed-script.ts'), input, scratch],
  peer: { script: 'seed_script.py', whole: true },
  tolerance: 1e-9,
};
