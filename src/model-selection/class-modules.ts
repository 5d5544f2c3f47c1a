import { readFileSync } from 'node:fs';

/** Any class of this library that is rebuilt from its options or steps. */
export type NamedClass = new (described: any) => object;

const index = new URL(import.meta.url.endsWith('.ts') ? '../index.ts' : '../index.js', import.meta.url);
const found = new Map<string, Promise<NamedClass | undefined>>();
let files: Map<string, string> | undefined;

/**
 * The class that the library exports under a name, or undefined when there is none.
 *
 * The public surface is read as a table of contents, not loaded: only the class's own file and what it needs is, which
 * keeps the start of a worker thread short.
 */
export function classNamed(name: string): Promise<NamedClass | undefined> {
  let search = found.get(name);
  if (search === undefined) found.set(name, (search = find(name)));
  return search;
}

async function find(name: string): Promise<NamedClass | undefined> {
  files ??= contents(readFileSync(index, 'utf8'));
  const file = files.get(name);
  if (file === undefined) return undefined;
  const module = (await import(new URL(file, index).href)) as Record<string, unknown>;
  return typeof module[name] === 'function' ? (module[name] as NamedClass) : undefined;
}

/** The file of each name, from lines such as `export { Pipeline, type Step } from './pipeline/pipeline.ts';`. */
function contents(source: string): Map<string, string> {
  const lines = source.matchAll(/^export \{([^}]*)\} from ['"]([^'"]+)['"]/gm);
  return new Map([...lines].flatMap(([, names, file]) => names.split(',').map((name) => [name.trim(), file] as const)));
}
