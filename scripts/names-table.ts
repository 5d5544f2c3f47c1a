import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Exported {
  group: string;
  name: string;
  /** Path of its file, relative to src/. */
  file: string;
}

/**
 * A table of every exported name with its counterpart and the differences, for docs/coming-from-scikit-learn.md: taken from the
 * names in src/index.ts and the line "Counterpart: …" of each docstring, so that it cannot fall behind either.
 */
export function namesTable(root: string): string {
  const groups = new Map<string, string[]>();
  for (const one of exportedNames(readFileSync(join(root, 'src/index.ts'), 'utf8'))) {
    groups.set(one.group, [...(groups.get(one.group) ?? []), rowOf(one, docstringOf(one, readFileSync(join(root, 'src', one.file), 'utf8')))]);
  }
  return [...groups].map(([group, rows]) => [`### ${group}`, '', '| Refit | there | differences, or what it is |', '| --- | --- | --- |', ...rows, ''].join('\n')).join('\n');
}

/** Values, not types, in the order and groups of the index. */
function exportedNames(index: string): Exported[] {
  const found: Exported[] = [];
  let group = '';
  for (const line of index.split('\n')) {
    group = /^\/\/ (.*)/.exec(line)?.[1] ?? group;
    const [, names, file] = /^export \{ (.*) \} from '\.\/(.*)';/.exec(line) ?? [];
    for (const name of names?.split(', ') ?? []) if (!name.startsWith('type ')) found.push({ group, name: name.replace(/.* as /, ''), file });
    const [, whole, wholeFile] = /^export \* as (\w+) from '\.\/(.*)';/.exec(line) ?? [];
    if (whole !== undefined) found.push({ group, name: whole, file: wholeFile });
  }
  return found;
}

/** The text of the docstring before a declaration, or of the file's first one. */
function docstringOf({ name }: Exported, source: string): string {
  const before = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*export (?:abstract )?(?:async )?(?:class|function\\*?|const) ${name}\\b`).exec(source) ?? /\/\*\*((?:(?!\*\/)[^])*)\*\//.exec(source);
  return (before?.[1] ?? '').split('\n').map((line) => line.replace(/^\s*\* ?/, '')).join('\n').trim();
}

function rowOf({ name }: Exported, doc: string): string {
  const counterpart = /(?:^|\n)Counterpart: ([^]*?)(?:\n\s*\n|\n?\bSources?: |\n@|$)/.exec(doc)?.[1].replaceAll(/\s+/g, ' ').trim();
  if (counterpart === undefined || counterpart.startsWith('none')) return row(name, '–', firstSentence(doc));
  const own = /^scikit-learn's (\w+(?:\.\w+)*(?:\([^)]*\))?)[:;,.]?\s*([^]*)$/.exec(counterpart);
  if (own) return row(name, `\`${own[1]}\``, capital(own[2]));
  const [, there, rest] = /^((?:[^;,.(]|\.(?=\S)|\([^)]*\))*)[;,.]?\s*([^]*)$/.exec(counterpart) ?? [];
  return row(name, there.trim(), capital(rest.trim()));
}

function firstSentence(doc: string): string {
  const text = doc.split(/\n\s*\n/)[0].replaceAll(/\s+/g, ' ');
  return /^(?:[^.]|\.(?=\S))*\.?/.exec(text)?.[0].replace(/\s*@.*$/, '') ?? '';
}

const row = (name: string, there: string, text: string): string => `| \`${name}\` | ${cell(there)} | ${cell(text)} |`;
/** Angle brackets outside code would be taken for tags. */
const cell = (text: string): string => text.replaceAll('|', '\\|').split('`').map((part, i) => (i % 2 === 0 ? part.replaceAll('<', '&lt;') : part)).join('`');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The page with a new table between its two marks. @throws Error where the marks are missing */
export function withNamesTable(page: string, table: string): string {
  const parts = page.split(/(<!-- names, made by npm run names-table -->\n|<!-- end of names -->)/);
  if (parts.length !== 5) throw new Error('docs/coming-from-scikit-learn.md must hold the two marks of the names table.');
  return [parts[0], parts[1], table, parts[3], parts[4]].join('');
}
