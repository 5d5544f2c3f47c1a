/**
 * Builds dist/: type declarations, the library and its commands as one script, the kernels.
 *
 * Hundreds of small modules take longer to load than a small job takes to run, and every worker thread
 * loads them again: see bundle-library.mjs. Comments and white space are left out, a quarter of what a process would have
 * to read.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildStamp, STAMP } from './build-stamp.mjs';
import { bundleLibrary } from './bundle-library.mjs';

const root = join(import.meta.dirname, '..');
const node = (...words) => execFileSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
const shared = { bundle: true, format: 'esm', platform: 'node', target: 'node20', keepNames: true, minifyWhitespace: true, minifySyntax: true, logLevel: 'warning', absWorkingDir: root };

// What changes from here on is not in the build for sure.
const stamp = buildStamp(root);
rmSync(join(root, STAMP), { force: true });

await bundleLibrary(root, shared);

// What other threads run that need little of the library, and the TypeScript loader.
await build({
  ...shared,
  entryPoints: ['register', 'loader/typescript-hooks', 'cli/interrupt-thread', 'kernels/kernel-thread', 'table/csv-thread', 'nn/session-worker'].map((name) => `src/${name}.ts`),
  outdir: 'dist',
  outbase: 'src',
  packages: 'external',
  // Node shows the line that threw before a message: that of a TypeScript file with a mistake should be one line.
  minifyWhitespace: false,
});

// The chart library and its document in one module: it is loaded when the first chart is drawn.
await build({
  ...shared,
  entryPoints: ['src/report/chart-engine.ts'],
  outfile: 'dist/report/chart-engine.js',
  minify: true,
  keepNames: false,
  legalComments: 'linked',
  // linkedom draws no canvas unless this optional package is there; charts need none.
  external: ['canvas'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});

// The demo page of refit serve: scripts and style for browsers, which load nothing else.
const page = 'src/serve/page';
await build({
  ...shared,
  entryPoints: ['page.ts', 'login.ts', 'page.css'].map((file) => `${page}/${file}`),
  outdir: 'dist/serve/page',
  platform: 'browser',
  target: ['chrome109', 'firefox115', 'safari16'],
  minify: true,
  keepNames: false,
});
for (const file of ['index.html', 'login.html', 'favicon.svg']) copyFileSync(join(root, page, file), join(root, 'dist/serve/page', file));

node('scripts/build-kernels.mjs');
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
node('scripts/make-code-cache.mjs');

// Last: a build that failed has none.
writeFileSync(join(root, STAMP), stamp);
