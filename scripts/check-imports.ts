/**
 * Prints wrong-way imports and import cycles in src/ and fails on them.
 *
 * Folders stand in layers. A file may import from its own folder and from folders of lower layers;
 * families share a layer and do not import each other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const LAYERS: readonly (readonly string[])[] = [
  ['core', 'loader'],
  ['kernels', 'formats'],
  ['matrix'],
  ['table'],
  ['base'],
  ['text', 'preprocessing', 'feature-selection', 'impute', 'linear', 'bayes', 'covariance', 'discriminant', 'neighbors', 'svm', 'decomposition', 'clustering', 'embedding', 'dummy', 'tree', 'metrics', 'pipeline'],
  ['model-selection'],
  ['calibration', 'ensemble', 'mixture', 'multiclass', 'imbalance', 'boosting', 'nn'],
  ['explain'],
  ['persistence'],
  ['adapters'],
  ['competition'],
  ['report'],
  ['serve', 'cluster'],
  ['cli'],
  ['index.ts', 'register.ts'],
];
// Where DESIGN.md draws an arrow that layers alone would refuse.
const ALSO_ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Boosted trees are trees: both share the record of nodes and what reads it.
  boosting: ['tree'],
  // DBSCAN's clusters grow from neighbours.
  clustering: ['neighbors'],
};

const root = join(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).sort();
const importPattern = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const imports = new Map<string, string[]>();
for (const file of files) {
  const source = readFileSync(join(root, file), 'utf8');
  const targets: string[] = [];
  for (const [, still, lazy] of source.matchAll(importPattern)) {
    const specifier = still ?? lazy;
    if (specifier.startsWith('.')) targets.push(normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts'));
  }
  imports.set(file, targets);
}

const folderOf = (file: string): string => file.split('/')[0];
const layerOf = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder));
const problems: string[] = [];

for (const [file, targets] of imports) {
  const from = folderOf(file);
  if (layerOf(from) < 0) problems.push(`${file}: folder ${from} has no place in the layers of ${relative(process.cwd(), import.meta.filename)}`);
  for (const target of targets) {
    const to = folderOf(target);
    if (!imports.has(target)) problems.push(`${file}: imports ${target}, which is not in src/`);
    else if (from !== to && layerOf(to) >= layerOf(from) && !ALSO_ALLOWED[from]?.includes(to)) {
      problems.push(`wrong way: ${file} → ${target} (${from} must not import ${to})`);
    }
  }
}

/** Depth-first search that reports each cycle once, from its first file in alphabetical order. */
const state = new Map<string, 'open' | 'done'>();
function visit(file: string, path: string[]): void {
  state.set(file, 'open');
  for (const target of imports.get(file) ?? []) {
    if (state.get(target) === 'open') problems.push(`cycle: ${[...path.slice(path.indexOf(target)), target].join(' → ')}`);
    else if (!state.has(target)) visit(target, [...path, target]);
  }
  state.set(file, 'done');
}
for (const file of files) if (!state.has(file)) visit(file, [file]);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${files.length} modules, ${[...imports.values()].flat().length} imports: no cycle, no wrong-way import`);
