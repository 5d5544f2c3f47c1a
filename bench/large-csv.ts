import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adultLikeRows } from './adult-like-rows.ts';
import { benchFolder } from './inputs.ts';

/** The rows of the mixed table again and again, until a CSV has this many bytes. Made once per size. */
export async function largeCsv(bytes: number): Promise<string> {
  const file = join(benchFolder, `mixed-${bytes}-bytes.csv`);
  if (existsSync(file)) return file;
  const text = readFileSync(await adultLikeRows(32_000), 'utf8');
  const head = text.slice(0, text.indexOf('\n') + 1);
  writeFileSync(`${file}.part`, head + text.slice(head.length).repeat(Math.ceil(bytes / text.length)));
  renameSync(`${file}.part`, file);
  return file;
}
