import { barChart } from './bar-chart.ts';
import type { Chart } from './draw-chart.ts';
import { formatScore, formatShare } from './format-score.ts';
import type { ReportData } from './report-data.ts';

/** Areas up to this are what chance gives. */
const NOTHING = 0.55;
/** From this on, scores on training rows may not hold. */
const MUCH = 0.7;

/** What tells training rows from test rows. @returns undefined where that was not worked out, or nothing does */
export function driftChart({ diagnostics }: ReportData): Chart | undefined {
  const drift = diagnostics?.drift;
  if (!drift || drift.auc <= NOTHING || drift.names.length === 0) return undefined;
  return barChart(
    drift.names.map((name, i) => ({ name, value: drift.shares[i], text: formatShare(drift.shares[i]) })),
    {
      title: `What tells training rows from test rows, by ${drift.of === 'columns' ? 'column' : 'term'}`,
      note: drift.of === 'columns' ? 'Share of the gain of boosted trees that tell them apart.' : 'Share of the weights of a logistic regression that tells them apart.',
      axis: 'Share',
    },
  );
}

/** The drift in a sentence. */
export function driftSentence({ diagnostics }: ReportData): string | undefined {
  const drift = diagnostics?.drift;
  if (!drift) return undefined;
  const found = `A model that tries to tell training rows from test rows reaches an AUC of ${formatScore(drift.auc)}, where 0.5 is chance.`;
  if (drift.auc <= NOTHING) return `${found} They are drawn alike as far as it can see.`;
  if (drift.auc < MUCH) return `${found} They differ a little.`;
  return `${found} They differ, so that scores on training rows may not hold on test rows: look at what gives them away, and leave it out if it says nothing of the target.`;
}
