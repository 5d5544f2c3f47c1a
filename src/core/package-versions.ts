import { readFileSync } from 'node:fs';

/** Versions that a run's results may depend on. */
export function packageVersions(): Record<string, string> {
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return { refit: own.version, node: process.versions.node, v8: process.versions.v8 };
}
