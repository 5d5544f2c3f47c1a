import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Any class of this library that is rebuilt from its options or steps. */
export type NamedClass = new (described: any) => object;

const root = fileURLToPath(new URL('../', import.meta.url));
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const found = new Map<string, Promise<NamedClass | undefined>>();
let folders: string[] | undefined;

/**
 * The class of this name, imported from the file that is named after it (`LogisticRegression` from
 * `linear/logistic-regression`), or undefined when there is none. Only that file and what it needs is loaded, which
 * keeps the start of a worker thread short.
 */
export function classNamed(name: string): Promise<NamedClass | undefined> {
  let search = found.get(name);
  if (search === undefined) found.set(name, (search = find(name)));
  return search;
}

async function find(name: string): Promise<NamedClass | undefined> {
  if (!/^[A-Z]\w*$/.test(name)) return undefined;
  const file = kebabCase(name) + ending;
  folders ??= readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name));
  for (const folder of folders) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    if (typeof module[name] === 'function') return module[name] as NamedClass;
  }
  return undefined;
}

/** MultinomialNB → multinomial-nb, KNeighborsClassifier → k-neighbors-classifier, TfidfVectorizer → tfidf-vectorizer. */
export function kebabCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2').toLowerCase();
}
