/**
 * Builds dist/: type declarations, the library and its commands as a few bundled modules, the kernels.
 *
 * Hundreds of small modules take longer to load than a small job takes to run, and every worker thread
 * loads them again. The entries share chunks, so that there is one copy of every class however it is
 * reached. Comments and white space are left out, a quarter of what a process would have to read. Chunks lie one
 * folder deep, as the sources do: addresses relative to a module stay right. (nn/index.ts is an entry for that reason
 * alone.)
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const node = (...words) => execFileSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
const shared = { bundle: true, format: 'esm', platform: 'node', target: 'node20', keepNames: true, minifyWhitespace: true, minifySyntax: true, logLevel: 'warning', absWorkingDir: root };

await build({
  ...shared,
  entryPoints: ['index.ts', 'adapters/index.ts', 'register.ts', 'cli/main.ts', 'loader/typescript-hooks.ts', 'model-selection/fold-worker.ts', 'tree/forest-worker.ts', 'kernels/kernel-thread.ts', 'nn/index.ts', 'nn/runtime/session-worker.ts'].map((file) => `src/${file}`),
  outdir: 'dist',
  outbase: 'src',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: 'linked',
  sourcesContent: false,
  packages: 'external',
  plugins: [{ name: 'chart-engine', setup: ({ onResolve }) => onResolve({ filter: /chart-engine\.ts$/ }, () => ({ path: '../report/chart-engine.js', external: true })) }],
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
