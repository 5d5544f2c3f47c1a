import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** What is reached from outside: modules with what they export, and programs. */
const MODULES = ['index', 'adapters/index', 'model-selection/fold-worker'];
const PROGRAMS = ['cli/main', 'tree/forest-worker'];

/** import.meta.url in a script for CommonJS. */
const ownAddress = {
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * The library as one script for CommonJS, dist/bundle/refit.cjs, of which each part runs when it is first asked for, and
 * for every entry a small ES module that takes its exports from there.
 *
 * One script, because V8 can keep what it compiled of a script (see make-code-cache.mjs) but nothing of ES modules, and
 * because modules loaded one by one each make a round through the thread of the TypeScript loader. It lies one folder
 * deep, as the sources do: addresses relative to a module stay right.
 */
export async function bundleLibrary(root, shared) {
  const outFile = join(root, 'dist/bundle/refit.cjs');
  const entries = [...MODULES, ...PROGRAMS];
  const { outputFiles } = await build({
    ...shared,
    write: false,
    stdin: {
      contents: `module.exports = {\n${entries.map((entry) => `  '${entry}': () => require('./src/${entry}.ts'),`).join('\n')}\n};`,
      resolveDir: root,
    },
    format: 'cjs',
    outfile: outFile,
    sourcemap: 'linked',
    sourcesContent: false,
    // Node shows the line of an error that nobody caught.
    lineLimit: 160,
    packages: 'external',
    ...ownAddress,
    plugins: [chartEngine, lazyBuiltins, asciiSources],
  });
  mkdirSync(dirname(outFile), { recursive: true });
  // As many letters: the map of the sources stays right.
  for (const { path, text } of outputFiles) writeFileSync(path, path === outFile ? text.replace(/(?<![\w$.])import\((?!\$\{)/g, '__load(') : text);
  await build({
    ...shared,
    entryPoints: [join(root, 'src/loader/load-library.ts')],
    format: 'cjs',
    outfile: join(root, 'dist/bundle/load-library.cjs'),
    ...ownAddress,
  });

  const { metafile } = await build({
    ...shared,
    entryPoints: MODULES.map((entry) => join(root, `src/${entry}.ts`)),
    outdir: join(root, 'dist'),
    outbase: join(root, 'src'),
    packages: 'external',
    write: false,
    metafile: true,
  });
  for (const entry of MODULES) write(entry, exportsOf(entry, metafile.outputs[`dist/${entry}.js`].exports));
  for (const entry of PROGRAMS) write(entry, `${called(entry)};`);

  function write(entry, body) {
    const file = join(root, `dist/${entry}.js`);
    mkdirSync(dirname(file), { recursive: true });
    const head = entry === 'cli/main' ? '#!/usr/bin/env node\n' : '';
    const up = '../'.repeat(entry.split('/').length - 1) || './';
    writeFileSync(file, `${head}import { createRequire } from 'node:module';\nconst { loadLibrary } = createRequire(import.meta.url)('${up}bundle/load-library.cjs');\n${body}\n`);
    // npm makes a command executable when it links it, which it does once.
    if (head) chmodSync(file, 0o755);
  }
}

const called = (entry) => `loadLibrary()['${entry}']()`;

function exportsOf(entry, names) {
  const named = names.filter((name) => name !== 'default');
  const lines = [`const library = ${called(entry)};`];
  if (named.length > 0) lines.push(`export const { ${named.join(', ')} } = library;`);
  if (named.length < names.length) lines.push('export default library.default;');
  return lines.join('\n');
}

/** The charts' libraries are a module of their own, loaded when the first chart is drawn. */
const chartEngine = {
  name: 'chart-engine',
  setup: ({ onResolve }) => onResolve({ filter: /chart-engine\.ts$/ }, () => ({ path: '../report/chart-engine.js', external: true })),
};

/** Asking the loader each time would cost a microsecond, which in a loop over a column's values is seconds. */
const KEPT = '\nfunction kept(name, value) { Object.defineProperty(exports, name, { enumerable: true, value }); return value; }';

/** Node's own modules are loaded when something of them is first used: half of a short process would go into them. */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ initialOptions, onResolve, onLoad }) {
    const names = builtinNames(join(initialOptions.absWorkingDir, 'src'));
    onResolve({ filter: /^node:/ }, ({ path, namespace, kind }) => (namespace === 'lazy' || kind !== 'import-statement' ? { path, external: true } : { path, namespace: 'lazy' }));
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: [...names.get(path)].map((name) => `Object.defineProperty(exports, '${name}', { enumerable: true, configurable: true, get: () => kept('${name}', require('${path}').${name}) });`).join('\n') + KEPT,
      loader: 'js',
    }));
  },
};

/** What the sources import by name of each of Node's modules. */
function builtinNames(folder) {
  const names = new Map();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, list, path] of readFileSync(join(folder, file), 'utf8').matchAll(/^import \{([^}]*)\} from '(node:[\w/]+)'/gm)) {
      const known = names.get(path) ?? names.set(path, new Set()).get(path);
      for (const name of list.split(',')) if (!/^\s*type /.test(name)) known.add(name.trim().split(' as ')[0]);
    }
  }
  return names;
}

/**
 * What is beyond ASCII is written as its escape, so that the script is read as one byte a character. esbuild leaves it in
 * regular expressions and tagged templates.
 */
const asciiSources = {
  name: 'ascii-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const line = text.split('\n').findIndex((line) => /\\[^\0-\x7f]|String\.raw.*[^\0-\x7f]/.test(line));
      if (line >= 0) throw new Error(`${path}:${line + 1}: an escape must not stand before a character beyond ASCII, nor String.raw hold one.`);
      return { contents: text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`), loader: 'ts' };
    });
  },
};
