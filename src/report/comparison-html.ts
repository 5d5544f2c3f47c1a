import type { Comparison } from '../competition/compare-runs.ts';
import { differenceSentence, differenceText } from '../competition/difference-sentence.ts';
import { timeFoldsSentence } from '../competition/time-folds-sentence.ts';
import { differenceChart } from './difference-chart.ts';
import { formatCount, formatMeanStd, formatScore, formatScorer, formatScorerInText, formatSeconds } from './format-score.ts';
import { figure, htmlPage } from './html-page.ts';
import { html, raw, type Markup } from './html.ts';
import { scoreChart } from './score-chart.ts';
import { scrollTable } from './scroll-table.ts';
import { facts } from './settings-section.ts';
import { seriesStyle } from './theme.ts';
import { validationText } from './validation-text.ts';

/**
 * A comparison as one HTML page that needs nothing else, in the report's style: every pipeline with its score, how far it is behind the
 * best and whether that can be told from chance, fold by fold. The same data give the same bytes.
 *
 * @example
 * await writeFile('comparison.html', await comparisonHtml(compareRuns(storedRuns('spam-detector').runs)));
 */
export async function comparisonHtml(comparison: Comparison): Promise<string> {
  const { competition, pipelines, cv, seed } = comparison;
  const runs = new Set(pipelines.map(({ run }) => run));
  const figures = [await figure(scoreChart({ record: asRecord(comparison) })), await figure(differenceChart(comparison))];
  return htmlPage({
    kind: 'comparison',
    competition,
    head: html`<p class="verdict">${verdict(comparison)}</p>
${facts([
  ['Pipelines', formatCount(pipelines.length)],
  ['Runs', formatCount(runs.size)],
  ['Training rows', formatCount(competition.trainRows)],
  ['Metric', `${formatScorer(competition.metric)} (${competition.better} is better)`],
  ['Validation', validationText(cv, seed)],
])}`,
    main: html`<section id="pipelines" aria-labelledby="pipelines-title">
<h2 id="pipelines-title">Pipelines</h2>
${pipelineTable(comparison)}
<div class="figures">${figures}</div>
</section>
<section id="folds" aria-labelledby="folds-title">
<h2 id="folds-title">Fold by fold</h2>
${cv.inTime ? html`<p class="quiet">${timeFoldsSentence(cv.inTime, competition.trainRows, formatCount)}</p>` : null}
${foldTable(comparison)}
</section>
${leftOut(comparison)}`,
    footer: 'Differences are paired by fold; their intervals are corrected for the training rows that folds share (Nadeau and Bengio, 2003).',
  });
}

/** The part of a record that the score chart shows. */
function asRecord({ competition, pipelines }: Comparison): Parameters<typeof scoreChart>[0]['record'] {
  return { competition, pipelines: pipelines.map(({ label, record }) => ({ ...record, name: label })) };
}

function verdict({ competition, pipelines, cv }: Comparison): Markup {
  const [best, second] = pipelines;
  const own = html`<strong>${best.label}</strong> has the best ${formatScorerInText(competition.metric)}: <strong><span class="score">${formatMeanStd(best.score)}</span></strong> over ${cv.nSplits} folds.`;
  if (second?.behind === undefined) return own;
  return html`${own} ${differenceSentence(best.label, second.label, second.behind, cv.nSplits, competition.metric)}`;
}

function pipelineTable({ competition, pipelines, cv }: Comparison): Markup {
  return scrollTable(
    'compared',
    `Mean ± standard deviation over ${cv.nSplits} folds; behind the best with the corrected 95 % interval. p is how likely so large a difference would be between equal pipelines. Numbers: how many the fitted pipeline has learned.`,
    [
      { name: '#' },
      { name: 'Pipeline', kind: 'text' },
      { name: formatScorer(competition.metric) },
      { name: 'Behind the best' },
      { name: 'p' },
      { name: 'Worse in folds' },
      { name: 'Fit per fold' },
      { name: 'Numbers' },
      { name: 'Run', kind: 'text' },
    ],
    pipelines.map(({ label, score, behind, record, run, fitSeconds }, i) => {
      const difference = behind ? differenceText(behind, competition.metric) : i === 0 ? '' : 'n/a';
      const p = behind ? (behind.pValue < 0.001 ? '< 0.001' : behind.pValue.toFixed(3)) : '';
      const wins = behind ? `${behind.greater} of ${cv.nSplits}` : '';
      return html`<tr${raw(i === 0 ? ' class="best"' : '')}><td>${i + 1}</td><th scope="row"><span class="swatch" style="background:${seriesStyle(i).color}"></span>${label}</th><td class="rank-metric">${formatMeanStd(score)}</td><td>${difference}</td><td>${p}</td><td>${wins}</td><td>${formatSeconds(fitSeconds)}</td><td>${formatCount(record.size)}</td><td class="text">${run}</td></tr>`;
    }),
  );
}

function foldTable({ competition, pipelines, cv }: Comparison): Markup {
  const folds = Array.from({ length: cv.nSplits }, (_, f) => f);
  return scrollTable(
    'fold-scores',
    `${formatScorer(competition.metric)} in each fold; all pipelines saw the same folds.`,
    [{ name: 'Pipeline', kind: 'text' }, ...folds.map((f) => ({ name: `Fold ${f + 1}` }))],
    pipelines.map(({ label, score }) => html`<tr><th scope="row">${label}</th>${folds.map((f) => html`<td>${formatScore(score.folds[f])}</td>`)}</tr>`),
  );
}

function leftOut({ leftOut: runs }: Comparison): Markup | null {
  if (runs.length === 0) return null;
  return html`<section id="left-out" aria-labelledby="left-out-title">
<h2 id="left-out-title">Runs left out</h2>
<ul>${runs.map(({ run, reason }) => html`<li>${run}: ${reason}</li>`)}</ul>
</section>`;
}
