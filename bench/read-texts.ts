import { readFile } from 'node:fs/promises';

/** A list of texts from a JSON file, as strings that lie in one piece. */
export async function readTexts(file: string): Promise<string[]> {
  return JSON.parse(await readFile(file, 'utf8')) as string[];
}
