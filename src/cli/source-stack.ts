import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/** A place in the built library. */
const PLACE = /([^\s(]*refit\.cjs):(\d+):(\d+)/g;

/**
 * An error's stack with the places in the built library as those in its sources. Node does so by itself for modules that it
 * loads, but the library is loaded as one script with the code kept from its build.
 *
 * @example
 * sourceStack(error); // '… at completeOptions (src/core/rules.ts:139:11)'
 */
export function sourceStack(error: Error): string {
  const stack = error.stack ?? String(error);
  return stack.replace(PLACE, (place, script: string, line: string, column: string) => {
    const entry = mapOf(script)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    return `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

const maps = new Map<string, SourceMap | undefined>();

function mapOf(script: string): SourceMap | undefined {
  if (!maps.has(script)) maps.set(script, read(`${script}.map`));
  return maps.get(script);
}

function read(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
