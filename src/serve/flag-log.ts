import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Payload } from './component.ts';
import type { Endpoint } from './endpoint.ts';
import { HttpError } from './http-error.ts';

/** Characters of a cell that are kept. */
const MOST_CHARACTERS = 20_000;

/** A result that somebody flagged. */
export interface Flag {
  data: readonly unknown[];
  results: readonly unknown[];
  flag: string;
  note: string;
  user: string | null;
}

/**
 * Flagged results as rows of a CSV file, one for each endpoint: inputs, results, what it was flagged as, the note, the
 * user and the time. Rows are written one after the other, so that flags at the same moment do not mix; the file's
 * size is bounded.
 */
export class FlagLog {
  readonly #folder: string;
  readonly #mostBytes: number;
  #written = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, mostBytes = 64 * 2 ** 20) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** @returns the file's name @throws HttpError 507 when the file is full */
  add({ options }: Endpoint, { data, results, flag, note, user }: Flag): Promise<string> {
    const header = [...options.names, ...options.outputs.map((output) => output.label), 'flag', 'note', 'user', 'time'];
    const cells = [
      ...options.inputs.map((_, j) => asText(data[j])),
      ...options.outputs.map((_, j) => asText(results[j])),
      flag,
      note,
      user ?? '',
      new Date().toISOString(),
    ];
    // Another form of the demo, with other columns, gets a file of its own.
    const file = join(this.#folder, `${options.apiName}-${createHash('sha256').update(JSON.stringify(header)).digest('hex').slice(0, 8)}.csv`);
    const line = cells.map(csvCell).join(',');
    const writing = this.#last.then(async () => {
      const written = this.#written.get(file) ?? 0;
      if (written + line.length > this.#mostBytes) throw new HttpError(507, 'There is no room for further flags.');
      await mkdir(this.#folder, { recursive: true });
      const text = existsSync(file) ? `${line}\n` : `${header.map(csvCell).join(',')}\n${line}\n`;
      await appendFile(file, text, { mode: 0o600 });
      this.#written.set(file, written + text.length);
      return file;
    });
    this.#last = writing.catch(() => undefined);
    return writing;
  }
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value as Payload);
}

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe goes in front of = + - @ and their like where they begin the
 * text, and where they follow a semicolon, a tab or a line break, at which a spreadsheet may split it. Plain numbers stay.
 */
export function csvCell(value: string): string {
  const text = value.slice(0, MOST_CHARACTERS);
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  const safe = isNumber ? text : text.replace(/(^|[;\t\r\n])([\s\p{Cc}\p{Cf}"']*)(?=[=+\-@|%＝＋－＠])/gu, "$1'$2");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
