/**
 * Tests the adapters against the real packages, at the versions of tests/adapters/package-lock.json.
 *
 * The packages are installed in tests/adapters and nowhere else, with Refit beside them as users have it: a copy of the
 * built library, since a link would look for packages in this repository instead.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'tests', 'adapters');
const stamp = join(folder, 'node_modules', '.refit-lock');

function run(command, words, options) {
  const { status, error } = spawnSync(command, words, { stdio: 'inherit', cwd: folder, shell: process.platform === 'win32', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  // Scripts would download binaries that the tests do without: tfjs runs in JavaScript here.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}
const copy = join(folder, 'node_modules', 'refit');
rmSync(copy, { recursive: true, force: true });
mkdirSync(copy, { recursive: true });
cpSync(join(root, 'package.json'), join(copy, 'package.json'));
cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });

const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
run(process.execPath, ['--no-warnings', '--import', './node_modules/refit/dist/register.js', '--test', ...process.argv.slice(2), ...tests]);
