import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkSubmissionFile } from '../../competition/check-submission-file.ts';
import { KaggleClient, kaggleAuthorization } from '../../competition/kaggle-client.ts';
import { ledgerEntry } from '../../competition/ledger-entry.ts';
import { readLedger, withEntry, writeLedger } from '../../competition/ledger.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { refreshLedger } from '../../competition/refresh-ledger.ts';
import { OptionError, SubmissionError } from '../../core/errors.ts';
import { scorer } from '../../metrics/scorer.ts';
import type { Arguments } from '../command.ts';
import { ledgerText, writeLedgerChart } from '../ledger-view.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const { name, definition } = competition;
  const out = (options.out as string | undefined) ?? 'outputs';
  const slug = options.kaggle as string | undefined;
  const api = options.api as string | undefined;
  if (slug === undefined) throw new OptionError('refit submit: --kaggle must be given with the competition’s name in its address: kaggle.com/competitions/<name>. Elsewhere upload by hand, and enter it with refit ledger.');
  const path = join(out, name, 'ledger.csv');
  const entry = await ledgerEntry({ name, metric: definition.metric }, options.run as string | undefined, out);
  const before = await readLedger(path);
  const known = before.find(({ sha256 }) => sha256 === entry.sha256);
  if (known?.ref && known.status !== 'error') throw new SubmissionError(`Submit: ${entry.file} was uploaded at ${known.uploaded.slice(0, 16)} already, as ${known.ref}. refit ledger ${name} --kaggle ${slug} asks what became of it.`);
  const { problems } = await checkSubmissionFile(competition, entry.file);
  if (problems.length > 0) throw new SubmissionError(`Submit: ${entry.file} would be refused. ${problems[0].message}${problems.length > 1 ? ` And ${problems.length - 1} more: refit check ${entry.file} tells all.` : ''}`);

  const message = (options.message as string | undefined) ?? [entry.pipeline, entry.run, entry.cv === null ? undefined : `cv ${entry.cv.toFixed(4)}`].filter(Boolean).join(', ');
  const client = new KaggleClient(kaggleAuthorization(), api);
  const ref = await client.submit(slug, entry.file, message);
  // At once: whatever happens from here on, the upload is known.
  let entries = withEntry(before, { ...entry, ref, status: 'pending', message });
  await writeLedger(path, entries);
  if (!options.json) process.stderr.write(`${entry.file} was uploaded as ${ref}\n`);

  const deadline = performance.now() + 1000 * ((options.wait as number | undefined) ?? 120);
  for (let pause = 500; ; pause = Math.min(2 * pause, 10_000)) {
    entries = await refreshLedger(entries, slug, api);
    await writeLedger(path, entries);
    const { status } = entries.find((one) => one.ref === ref) as { status: string };
    if (status !== 'pending' || performance.now() + pause > deadline) break;
    await sleep(pause);
  }
  const entered = entries.find((one) => one.ref === ref) as (typeof entries)[number];
  const charts = await writeLedgerChart(entries, { name, metric: definition.metric }, join(out, name));
  process.stdout.write(options.json ? `${JSON.stringify(entered)}\n` : ledgerText(entries, scorer(definition.metric).better, charts));
  if (entered.status === 'error') throw new SubmissionError(`Submit: Kaggle could not score ${entry.file}: ${entered.message ?? 'it gave no reason'}. refit check ${entry.file} may tell why.`);
  if (entered.status === 'pending' && !options.json) process.stderr.write(`It is not scored yet; refit ledger ${name} --kaggle ${slug} asks again.\n`);
  return 0;
}
