/**
 * Builds anew what npm installs, unless the build is that of these very sources. npx, for one, installs a clone that it
 * finds itself in, which would build it a second time, without a word.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStamp, STAMP } from './build-stamp.mjs';

const root = join(import.meta.dirname, '..');
const stamp = join(root, STAMP);
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== buildStamp(root)) {
  await import('./clean-dist.mjs');
  await import('./build.mjs');
}
