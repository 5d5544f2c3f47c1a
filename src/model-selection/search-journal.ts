import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { DataError } from '../core/errors.ts';
import type { FoldEvaluation } from './evaluate-variants.ts';
import type { FoldResult } from './cross-validation.ts';
import type { Model } from './model.ts';
import type { Params } from './search-space.ts';
import type { Split } from './splitter.ts';

const FORMAT = 'refit search journal 1';

/**
 * A file in which a search keeps what came of each candidate in each fold, so that it can go on where it was
 * interrupted: one line of JSON per fold, begun by a line that says of which search. A line is written whole and flushed
 * to disk; a last line that a crash has torn does not count and is cut off.
 *
 * What failed is not kept, and is tried again.
 */
export class SearchJournal {
  readonly #path: string;
  readonly #known = new Map<string, string>();

  /**
   * Opens a journal, or begins one.
   * @param search what decides what the search finds: a journal of another one is refused
   * @throws DataError for a file of another search, or one that is no journal
   */
  constructor(owner: string, path: string, search: unknown) {
    this.#path = path;
    const head = JSON.stringify({ format: FORMAT, search: hash(exact(search)) });
    if (!existsSync(path) || readFileSync(path).length === 0) {
      this.#append(head);
      return;
    }
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [first, ...lines] = whole.split('\n');
    if (first !== head) {
      const reason = first.includes(FORMAT) ? 'is of another search: its data, folds, scorers or estimator differ' : 'is no search journal';
      throw new DataError(`${owner}: journal ${path} ${reason}. Use another file, or remove this one.`);
    }
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    for (const line of lines) {
      if (line === '') continue;
      const { key } = JSON.parse(line) as { key: string };
      this.#known.set(key, line);
    }
  }

  /** What an earlier run found of a candidate in a fold; undefined where it did not come so far. */
  find(candidate: number, params: Params, { train, test }: Split, fold: number): FoldEvaluation | undefined {
    const line = this.#known.get(keyOf(candidate, params, { train, test }, fold));
    if (line === undefined) return undefined;
    const { scores, fitSeconds, scoreSeconds, learnedNumbers, notes } = JSON.parse(line) as Omit<FoldResult<Model>, 'scores'> & { scores: Record<string, number | string> };
    const numbers = Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, Number(score)]));
    return { result: { fold, train, test, scores: numbers, fitSeconds, scoreSeconds, learnedNumbers, notes }, prediction: {} };
  }

  /** Keeps what came of a candidate in a fold. */
  keep(candidate: number, params: Params, split: Split, fold: number, evaluation: FoldEvaluation): void {
    if ('error' in evaluation) return;
    const { scores, fitSeconds, scoreSeconds, learnedNumbers, notes } = evaluation.result;
    const key = keyOf(candidate, params, split, fold);
    this.#append(exact({ key, candidate, fold, params, scores, fitSeconds, scoreSeconds, learnedNumbers, notes }));
  }

  #append(line: string): void {
    const file = openSync(this.#path, 'a');
    try {
      writeSync(file, `${line}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

/** Stands for a candidate in a fold: other values or other rows have another key. */
function keyOf(candidate: number, params: Params, { train, test }: Split, fold: number): string {
  return `${candidate}.${fold}.${hash(exact([params, train, test]))}`;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** JSON of anything that options hold: numbers exactly, functions by their source, models by class and options. */
export function exact(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'number' && !Number.isFinite(one)) return String(one);
    if (typeof one === 'function') return String(one);
    if (one instanceof RegExp) return String(one);
    if (one instanceof Map || one instanceof Set) return [one.constructor.name, ...one];
    if (ArrayBuffer.isView(one)) return createHash('sha256').update(new Uint8Array(one.buffer, one.byteOffset, one.byteLength)).digest('hex');
    const { options, steps } = (one ?? {}) as { options?: unknown; steps?: unknown };
    const { name } = (one as object | null)?.constructor ?? {};
    if (typeof one === 'object' && one !== null && name !== 'Object' && !Array.isArray(one) && (options ?? steps) !== undefined) return { [name as string]: steps ?? options };
    return one;
  });
}
