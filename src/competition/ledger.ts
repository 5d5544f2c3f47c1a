import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { writeCsv } from '../table/write-csv.ts';

/** One upload. */
export interface LedgerEntry {
  /** ISO time. */
  uploaded: string;
  /** Name of the run it came from; null for a file of one's own. */
  run: string | null;
  /** Pipeline that was refitted. */
  pipeline: string | null;
  file: string;
  /** Of the file's bytes: the same file is the same upload. */
  sha256: string;
  metric: string;
  /** Cross-validation: mean over folds and their standard deviation. */
  cv: number | null;
  cvStd: number | null;
  publicScore: number | null;
  privateScore: number | null;
  status: 'by hand' | 'pending' | 'complete' | 'error';
  /** Kaggle's number of the submission. */
  ref: string | null;
  message: string | null;
}

const NUMBERS = ['cv', 'cvStd', 'publicScore', 'privateScore'] as const;
const TEXTS = ['uploaded', 'run', 'pipeline', 'file', 'sha256', 'metric', 'status', 'ref', 'message'] as const;
const COLUMNS: readonly (keyof LedgerEntry)[] = ['uploaded', 'run', 'pipeline', 'file', 'metric', 'cv', 'cvStd', 'publicScore', 'privateScore', 'status', 'ref', 'message', 'sha256'];

/** The uploads of a competition, the oldest first; none where there is no ledger yet. @throws CompetitionError for a file that is no ledger */
export async function readLedger(path: string): Promise<LedgerEntry[]> {
  if (!existsSync(path)) return [];
  const table = await readCsv(path, { naWords: [''], types: { ...Object.fromEntries(NUMBERS.map((name) => [name, 'number' as const])), ...Object.fromEntries(TEXTS.map((name) => [name, 'text' as const])) } });
  const missing = COLUMNS.filter((name) => !table.has(name));
  if (missing.length > 0) throw new CompetitionError(`Ledger: ${path} must have the columns ${COLUMNS.join(', ')}; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Correct it, or move it away.`);
  return Array.from({ length: table.rows }, (_, i) => rowOf(table, i));
}

function rowOf(table: Table, i: number): LedgerEntry {
  return Object.fromEntries(COLUMNS.map((name) => [name, table.column(name).at(i)])) as unknown as LedgerEntry;
}

/** Writes all of a ledger, or nothing. */
export async function writeLedger(path: string, entries: readonly LedgerEntry[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeCsv(path, Object.fromEntries(COLUMNS.map((name) => [name, entries.map((entry) => entry[name])])));
}

/** The entries with one more, in the order of upload; or with what is new about a file that was uploaded before. */
export function withEntry(entries: readonly LedgerEntry[], entry: LedgerEntry): LedgerEntry[] {
  const known = entries.find(({ sha256 }) => sha256 === entry.sha256);
  const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)) as Partial<LedgerEntry>;
  const merged = known ? { ...known, ...given, uploaded: known.uploaded } : entry;
  return [...entries.filter((one) => one !== known), merged].sort((a, b) => (a.uploaded < b.uploaded ? -1 : a.uploaded > b.uploaded ? 1 : 0));
}
