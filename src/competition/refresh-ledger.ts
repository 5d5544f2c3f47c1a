import { KaggleClient, kaggleAuthorization } from './kaggle-client.ts';
import type { LedgerEntry } from './ledger.ts';

/** The entries with what Kaggle says of those that came from it. @throws CompetitionError */
export async function refreshLedger(entries: readonly LedgerEntry[], competition: string, api?: string): Promise<LedgerEntry[]> {
  const listed = await new KaggleClient(kaggleAuthorization(), api).submissions(competition);
  return entries.map((entry) => {
    const found = entry.ref === null ? undefined : listed.find(({ ref }) => ref === entry.ref);
    if (found === undefined) return entry;
    return {
      ...entry,
      status: found.status,
      publicScore: found.publicScore ?? entry.publicScore,
      privateScore: found.privateScore ?? entry.privateScore,
      message: found.error ?? entry.message,
    };
  });
}
