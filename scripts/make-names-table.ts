/** Writes the table of names into docs/coming-from-scikit-learn.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesTable, withNamesTable } from './names-table.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/coming-from-scikit-learn.md');
writeFileSync(page, withNamesTable(readFileSync(page, 'utf8'), namesTable(root)));
