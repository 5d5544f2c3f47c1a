import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namesTable, withNamesTable } from '../../scripts/names-table.ts';
import * as refit from '../../src/index.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/coming-from-scikit-learn.md'), 'utf8');

test('the table of names is up to date: npm run names-table writes it', () => {
  expect(withNamesTable(page, namesTable(root))).toBe(page);
});

test('the table has every exported name, and estimators, splitters and metrics name their counterpart or say what they are', () => {
  const rows = new Map(page.split('\n').flatMap((line) => {
    const [, name, there, text] = /^\| `(\w+)` \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, `${there} ${text}`] as const];
  }));
  expect(Object.keys(refit).filter((name) => !rows.has(name))).toEqual([]);
  const bare = Object.keys(refit).filter((name) => (rows.get(name) as string).replace('–', '').trim() === '');
  expect(bare).toEqual([]);
});
