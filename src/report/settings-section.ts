import { formatCount, formatSeconds, meanStd } from './format-score.ts';
import { html, type Markup } from './html.ts';
import type { ReportData } from './report-data.ts';

/** Everything that the results depend on: folds and seed, stages with their options, times, versions, machine. */
export function settingsSection({ record, times }: ReportData): Markup {
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
${record.pipelines.map(
    ({ name, stages }, i) => html`<h3>${name}</h3>
<div class="scroll" tabindex="0" role="region" aria-labelledby="stages-${i}"><table>
<caption id="stages-${i}">Stages of ${name} and all their options.</caption>
<thead><tr><th scope="col" class="text">Stage</th><th scope="col" class="text">Estimator</th><th scope="col" class="text wrap">Options</th></tr></thead>
<tbody>
${stages.map(
      (stage) => html`<tr><th scope="row">${stage.name}</th><td class="text">${stage.estimator}</td><td class="text wrap">${optionList(stage.options)}</td></tr>
`,
    )}</tbody></table></div>
`,
  )}<h3>Times and machine</h3>
<div class="scroll" tabindex="0" role="region" aria-labelledby="times-caption"><table>
<caption id="times-caption">Seconds of fitting and of predicting with scoring, per fold and in all.</caption>
<thead><tr><th scope="col" class="text">Pipeline</th><th scope="col">Fit per fold</th><th scope="col">Score per fold</th><th scope="col">All folds</th></tr></thead>
<tbody>
${record.pipelines.map(({ name }) => {
    const { fit, score } = times.pipelines[name] ?? { fit: [], score: [] };
    const all = [...fit, ...score].reduce((sum, seconds) => sum + seconds, 0);
    return html`<tr><th scope="row">${name}</th><td>${formatSeconds(meanStd(fit).mean)}</td><td>${formatSeconds(meanStd(score).mean)}</td><td>${formatSeconds(all)}</td></tr>
`;
  })}</tbody></table></div>
${facts([
    ['Started', formatTime(times.started)],
    ['Whole run', formatSeconds(times.seconds)],
    [`Refit of ${record.winner}`, formatSeconds(times.refitSeconds)],
    ...Object.entries(times.versions),
    ['Machine', `${times.machine.platform}, ${times.machine.cpu}, ${times.machine.cores} cores, ${formatCount(Math.round(times.machine.memoryGiB))} GiB`],
  ])}
</section>`;
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
