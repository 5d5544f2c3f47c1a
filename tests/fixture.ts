import { readFileSync } from 'node:fs';

/** One case of a fixture file. */
export interface FixtureCase {
  /** A sentence that serves as the test's title. */
  name: string;
  /** What was called, in scikit-learn's words. */
  call: string;
  /** Our options for the same call. */
  options: any;
  input: any;
  expected: any;
  /** Largest allowed relative and absolute difference; 0 means exactly equal. */
  tolerance: number;
  /** Why the tolerance is what it is. */
  reason: string;
}

/** A file written by tests/fixtures/make/*.py. */
export interface Fixture {
  madeBy: string;
  versions: Record<string, string>;
  cases: FixtureCase[];
}

/** Reads tests/fixtures/<name>.json. */
export function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
}
