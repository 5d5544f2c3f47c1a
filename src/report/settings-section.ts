import { isBlend } from '../competition/is-blend.ts';
import type { StageRecord } from '../competition/run-record.ts';
import { formatCount, formatSeconds, meanStd } from './format-score.ts';
import { html, type Markup } from './html.ts';
import { winnerOf, type ReportData } from './report-data.ts';
import { scrollTable } from './scroll-table.ts';

/** Everything that the results depend on: folds and seed, stages with their options, times, versions, machine. */
export function settingsSection(data: ReportData): Markup {
  const { record, times } = data;
  const { competition, cv } = record;
  return html`<section id="settings" class="long" aria-labelledby="settings-title">
<h2 id="settings-title">Settings</h2>
${facts([
    ['Competition', competition.name],
    ['Metric', `${competition.metric} (${competition.better} is better)`],
    ['Id, target', `${competition.id}, ${competition.target}`],
    ['Features', shortList(competition.features)],
    ['Folds', `${cv.splitter}, ${cv.nSplits}`],
    ...Object.entries(cv.options).filter(([name]) => name !== 'nSplits').map(([name, value]): Fact => [`${cv.splitter}: ${name}`, optionText(value)]),
    ['Seed', String(record.seed)],
  ])}
${record.pipelines.map(({ name, stages }, i) => html`<h3>${name}</h3>
${stageTable(`stages-${i + 1}`, name, stages)}
`)}<h3>Times and machine</h3>
${timeTable({ record, times })}
${facts([
    ['Started', formatTime(times.started)],
    ['Whole run', formatSeconds(times.seconds)],
    ...(isBlend(winnerOf(data)) ? [] : [[`Refit of ${record.winner}`, formatSeconds(times.refitSeconds)] as const]),
    ...Object.entries(times.versions),
    ['Machine', `${times.machine.platform}, ${times.machine.cpu}, ${times.machine.cores} cores, ${formatCount(Math.round(times.machine.memoryGiB))} GiB`],
  ])}
</section>`;
}

function stageTable(id: string, pipeline: string, stages: readonly StageRecord[]): Markup {
  return scrollTable(
    id,
    `Stages of ${pipeline} and all their options.`,
    [{ name: 'Stage', kind: 'text' }, { name: 'Estimator', kind: 'text' }, { name: 'Options', kind: 'wrapped text' }],
    stages.map(({ name, estimator, options }) => html`<tr><th scope="row">${name}</th><td class="text">${estimator}</td><td class="text wrap">${optionList(options)}</td></tr>`),
  );
}

function timeTable({ record, times }: Pick<ReportData, 'record' | 'times'>): Markup {
  return scrollTable(
    'times',
    'Time to fit, and to predict and score: mean over folds, and all folds together.',
    [{ name: 'Pipeline', kind: 'text' }, { name: 'Fit per fold' }, { name: 'Score per fold' }, { name: 'All folds' }],
    record.pipelines.map(({ name }) => {
      const { fit, score } = times.pipelines[name] ?? { fit: [], score: [] };
      const all = [...fit, ...score].reduce((sum, seconds) => sum + seconds, 0);
      return html`<tr><th scope="row">${name}</th>${[meanStd(fit).mean, meanStd(score).mean, all].map((seconds) => html`<td>${formatSeconds(seconds)}</td>`)}</tr>`;
    }),
  );
}

type Fact = readonly [name: string, value: string];

/** Names with values, in as many columns as fit. */
export function facts(entries: readonly Fact[]): Markup {
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** `2026-11-23 06:46 UTC` of an ISO time. */
export function formatTime(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function optionList(options: Readonly<Record<string, unknown>>): Markup {
  const entries = Object.entries(options);
  if (entries.length === 0) return html`<span class="quiet">none</span>`;
  return html`<ul class="options">${entries.map(([name, value]) => html`<li><code>${name}: ${optionText(value)}</code></li>`)}</ul>`;
}

/** An option's value as code would write it, on one line of bounded length. */
export function optionText(value: unknown): string {
  // The record holds regular expressions as text.
  const isPattern = value instanceof RegExp || (typeof value === 'string' && /^\/.+\/[a-z]*$/s.test(value));
  const text = isPattern || typeof value === 'number' ? String(value) : JSON.stringify(value, plain) ?? String(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof RegExp || typeof value === 'bigint') return String(value);
  if (typeof value === 'function') return `function ${value.name}`.trim();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  return value;
}

function shortList(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
}
