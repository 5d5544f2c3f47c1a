import { calibrationChart } from './calibration-chart.ts';
import { className } from './class-scores.ts';
import { classTable } from './class-table.ts';
import { confusionChart } from './confusion-chart.ts';
import { driftChart, driftSentence } from './drift-chart.ts';
import { formatCount, formatScorer, formatSeconds, formatShare } from './format-score.ts';
import { hardestTable } from './hardest-table.ts';
import { figure, htmlPage } from './html-page.ts';
import { html, type Markup } from './html.ts';
import { importanceChart } from './importance-chart.ts';
import { foldTable, leaderboardTable } from './leaderboard-table.ts';
import { learningCurveChart } from './learning-curve-chart.ts';
import { prChart } from './pr-chart.ts';
import { predictedChart, residualChart } from './regression-charts.ts';
import type { ReportData } from './report-data.ts';
import type { Section } from './section.ts';
import { rocChart } from './roc-chart.ts';
import { scoreChart } from './score-chart.ts';
import { scoreDistributionChart } from './score-distribution-chart.ts';
import { searchChart } from './search-chart.ts';
import { facts, formatTime, settingsSection } from './settings-section.ts';
import { thresholdChart } from './threshold-chart.ts';
import { thresholdTable } from './threshold-table.ts';
import { timeFoldsSection } from './time-folds-section.ts';
import { validationText } from './validation-text.ts';
import { verdict } from './verdict.ts';

/**
 * The report of a run as one HTML page that needs nothing else: no network, no script, no other file.
 * Light and dark, phone width, print and screen readers are taken care of. The same data give the same bytes.
 *
 * @example
 * await writeFile('report.html', await reportHtml({ record, times, y, outOfFold }));
 */
export async function reportHtml(data: ReportData): Promise<string> {
  const { record } = data;
  const { competition } = record;
  // First of all: it checks that the record has its winner.
  const outcome = verdict(data);
  const sections = [...(await timeFoldsSection(data)), ...(competition.task === 'regression' ? await regressionSections(data) : await classificationSections(data)), ...(await diagnosticSections(data))];
  const leaderboard = html`<section id="leaderboard" aria-labelledby="leaderboard-title">
<h2 id="leaderboard-title">Leaderboard</h2>
${leaderboardTable(data)}
<div class="${record.cv.nSplits <= 5 ? 'figures beside' : 'stacked'}">${await figure(scoreChart(data))}<div>${foldTable(data)}</div></div>
</section>`;
  const places = [{ id: 'leaderboard', title: 'Leaderboard' }, ...sections, { id: 'settings', title: 'Settings' }];
  return htmlPage({
    kind: 'report',
    competition,
    head: html`<p class="verdict">${outcome}</p>
${facts(summaryFacts(data))}
<nav aria-label="Sections"><ul>${places.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`,
    main: html`${warnings(data)}
${leaderboard}
${sections.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`)}${settingsSection(data)}`,
    footer: `Written by Refit ${data.times.versions.refit ?? ''}. All scores are out of fold: no row was scored by a model that had seen it.`,
  });
}

async function classificationSections(data: ReportData): Promise<Section[]> {
  const { classes, winner } = data.record;
  const curves = [await figure(rocChart(data)), await figure(prChart(data))].filter((f) => f !== undefined);
  const scores = [await figure(scoreDistributionChart(data)), await figure(calibrationChart(data))].filter((f) => f !== undefined);
  const thresholds = thresholdTable(data);
  const positive = classes.length === 2 ? html`<p class="quiet">The positive class is ${className(classes[1])}.</p>` : html`<p class="quiet">Each class against the rest, for ${winner}.</p>`;
  return [
    ...(curves.length > 0 ? [{ id: 'curves', title: 'ROC and precision–recall', body: html`${positive}<div class="figures">${curves}</div>` }] : []),
    {
      id: 'errors',
      title: 'Errors by class',
      body: html`<div class="figures">${await figure(confusionChart(data))}<div>${classTable(data)}</div></div>`,
    },
    ...(thresholds ? [{ id: 'threshold', title: 'Threshold', body: html`<div class="figures">${await figure(thresholdChart(data))}<div>${thresholds}</div></div>` }] : []),
    ...(scores.length > 0 ? [{ id: 'scores', title: 'Predicted scores', body: html`<div class="figures">${scores}</div>` }] : []),
  ];
}

/** What was worked out beyond scores. */
async function diagnosticSections(data: ReportData): Promise<Section[]> {
  const { record, diagnostics } = data;
  const sections: Section[] = [];
  const add = (id: string, title: string, parts: readonly (Markup | undefined)[]): void => {
    const body = parts.filter((part) => part !== undefined);
    if (body.length > 0) sections.push({ id, title, body: html`${body}` });
  };
  const beside = (figures: readonly (Markup | undefined)[]): Markup | undefined => (figures.some((one) => one !== undefined) ? html`<div class="figures">${figures}</div>` : undefined);
  add('importance', 'What the winner leans on', [beside([await figure(importanceChart(data)), await figure(learningCurveChart(data))])]);
  add('hardest-rows', 'Hardest rows', [hardestTable(data)]);
  const drift = driftSentence(data);
  add('drift', 'Training rows and test rows', [drift === undefined ? undefined : html`<p>${drift}</p>`, beside([await figure(driftChart(data))])]);
  const searches = await Promise.all(record.pipelines.map(({ name }) => figure(searchChart(data, name))));
  add('search', 'Search', [beside(searches)]);
  if (diagnostics && diagnostics.notes.length > 0) add('left-out', 'Left out', [html`<ul>${diagnostics.notes.map((note) => html`<li>${note}</li>`)}</ul>`]);
  return sections;
}

async function regressionSections(data: ReportData): Promise<Section[]> {
  const figures = [await figure(predictedChart(data)), await figure(residualChart(data))].filter((f) => f !== undefined);
  return figures.length > 0 ? [{ id: 'errors', title: 'Errors', body: html`<div class="figures">${figures}</div>` }] : [];
}

function summaryFacts({ record, times, y }: ReportData): [string, string][] {
  const { competition, cv, classes } = record;
  const shares = classes.map((label) => `${className(label)}: ${formatShare(Array.prototype.filter.call(y, (value) => value === label).length / (y.length || 1))}`);
  return [
    ['Training rows', formatCount(competition.trainRows)],
    ['Test rows', formatCount(competition.testRows)],
    ...(classes.length === 0 ? [] : [[`${classes.length} classes`, classes.length <= 4 ? shares.join(', ') : `${shares.slice(0, 3).join(', ')}, …`] as [string, string]]),
    ['Metric', formatScorer(competition.metric)],
    ['Validation', validationText(cv, record.seed)],
    ['Run', `${formatTime(times.started)}, took ${formatSeconds(times.seconds)}`],
  ];
}

function warnings({ record }: ReportData): Markup | null {
  const items = [
    ...record.warnings.map((text) => html`<li>${text}</li>`),
    ...record.pipelines.flatMap(({ name, warnings }) => warnings.map((text) => html`<li><strong>${name}</strong>: ${text}</li>`)),
  ];
  if (items.length === 0) return null;
  return html`<aside class="notice" aria-labelledby="warnings-title"><h2 id="warnings-title">Warnings</h2><ul>${items}</ul></aside>`;
}
