import { join } from 'node:path';
import { ledgerEntry } from '../../competition/ledger-entry.ts';
import { readLedger, withEntry, writeLedger, type LedgerEntry } from '../../competition/ledger.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { refreshLedger } from '../../competition/refresh-ledger.ts';
import { OptionError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { scorer } from '../../metrics/scorer.ts';
import type { Arguments } from '../command.ts';
import { ledgerText, writeLedgerChart } from '../ledger-view.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const { name, definition } = await loadCompetition(positional.competition as string);
  const out = (options.out as string | undefined) ?? 'outputs';
  const path = join(out, name, 'ledger.csv');
  let entries = await readLedger(path);
  if (['run', 'score', 'private', 'message'].some((option) => options[option] !== undefined)) {
    const entry = await ledgerEntry({ name, metric: definition.metric }, options.run as string | undefined, out);
    entries = withEntry(entries, { ...entry, publicScore: number('score', options.score), privateScore: number('private', options.private), message: (options.message as string | undefined) ?? null });
    await writeLedger(path, entries);
  }
  if (options.kaggle !== undefined) {
    entries = await refreshLedger(entries, options.kaggle as string, options.api as string | undefined);
    await writeLedger(path, entries);
  }
  const charts = await writeLedgerChart(entries, { name, metric: definition.metric }, join(out, name));
  process.stdout.write(options.json ? `${JSON.stringify(entries satisfies LedgerEntry[])}\n` : ledgerText(entries, scorer(definition.metric).better, charts));
  return 0;
}

function number(option: string, value: unknown): number | null {
  if (value === undefined) return null;
  const parsed = Number(value);
  if (String(value).trim() === '' || !Number.isFinite(parsed)) throw new OptionError(`refit ledger: --${option} must be a number, got ${show(value)}.`);
  return parsed;
}
