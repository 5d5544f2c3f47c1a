import type { OutputConfig, Payload } from './config.ts';
import { element } from './element.ts';

/** What an output shows of a value. */
export function outputView(config: OutputConfig, value: Payload): HTMLElement {
  if (value === null) return element('p', { class: 'quiet' }, config.view === 'contributions' ? 'This model does not say what pushed it.' : 'Nothing.');
  if (config.view === 'contributions') return contributions(value as unknown as Contributions);
  switch (config.type) {
    case 'label':
      return label(value as unknown as LabelPayload);
    case 'json':
      return element('pre', { tabindex: 0, role: 'region', 'aria-label': config.label }, JSON.stringify(value, null, 2));
    case 'dataframe':
      return table(config, value as unknown as TablePayload);
    case 'image':
      return element('img', { src: localPath(value), alt: config.label });
    case 'plot':
      return element('img', { class: 'chart', src: (value as unknown as { plot: string }).plot, alt: config.label });
    case 'file':
      return file(value as unknown as FilePayload);
    case 'number':
      return element('p', { class: 'big' }, number(value as number));
    default:
      return element('p', { class: 'text' }, String(value));
  }
}

interface LabelPayload {
  label: string;
  confidences?: { label: string; confidence: number }[];
}

function label({ label: answer, confidences }: LabelPayload): HTMLElement {
  const numeric = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(answer) && confidences === undefined;
  return element(
    'div',
    { class: 'label-output' },
    element('p', { class: 'big' }, numeric ? number(Number(answer)) : answer),
    confidences &&
      element(
        'ul',
        { class: 'bars' },
        ...confidences.map((one, i) => {
          const fill = element('span', { class: i === 0 ? 'fill top' : 'fill' });
          fill.style.width = `${100 * Math.min(1, Math.max(0, one.confidence))}%`;
          return element('li', {}, element('span', { class: 'name' }, one.label), element('span', { class: 'share' }, percent(one.confidence)), element('span', { class: 'track', 'aria-hidden': 'true' }, fill));
        }),
      ),
  );
}

interface Contributions {
  toward: string;
  against: string;
  unit: string;
  pushes: { name: string; value: Payload; push: number }[];
}

/** Signed bars from a middle line: to the right what spoke for the answer, to the left what spoke against it. */
function contributions({ toward, against, unit, pushes }: Contributions): HTMLElement {
  if (pushes.length === 0) return element('p', { class: 'quiet' }, 'Nothing in this input is known to have pushed the answer.');
  const most = Math.max(...pushes.map(({ push }) => Math.abs(push))) || 1;
  const digits = most >= 1e5 ? 0 : Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(most))));
  return element(
    'div',
    { class: 'pushes' },
    element('p', { class: 'legend' }, element('span', { class: 'against' }, `← ${against}`), element('span', { class: 'toward' }, `${toward} →`)),
    element(
      'ul',
      {},
      ...pushes.map(({ name, value, push }) => {
        const fill = element('span', { class: push >= 0 ? 'fill toward' : 'fill against' });
        fill.style.width = `${(50 * Math.abs(push)) / most}%`;
        return element(
          'li',
          {},
          element('span', { class: 'name' }, name, value === null ? null : element('span', { class: 'value' }, ` ${typeof value === 'number' ? number(value) : String(value)}`)),
          element('span', { class: 'share' }, `${push >= 0 ? '+' : '−'}${Math.abs(push).toFixed(digits)}`),
          element('span', { class: 'track', 'aria-hidden': 'true' }, fill),
        );
      }),
    ),
    element('p', { class: 'quiet' }, unit),
  );
}

interface TablePayload {
  headers: string[];
  data: Payload[][];
}

/** Rows that the page shows; more make it slow, and a file is the better place for them. */
const MOST_ROWS = 100;

function table(config: OutputConfig, { headers, data }: TablePayload): HTMLElement {
  const isNumeric = headers.map((_, j) => data.some((row) => typeof row[j] === 'number') && data.every((row) => row[j] === null || typeof row[j] === 'number'));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': config.label },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...headers.map((name, j) => element('th', { scope: 'col', class: isNumeric[j] ? 'numeric' : null }, name)))),
      element(
        'tbody',
        {},
        ...data.slice(0, MOST_ROWS).map((row) => element('tr', {}, ...row.map((cell, j) => element('td', { class: isNumeric[j] ? 'numeric' : null }, typeof cell === 'number' ? number(cell) : String(cell ?? ''))))),
      ),
    ),
    data.length > MOST_ROWS && element('p', { class: 'quiet' }, `The first ${MOST_ROWS} of ${data.length} rows.`),
  );
}

interface FilePayload {
  path: string;
  orig_name: string;
  size: number;
}

function file(payload: FilePayload): HTMLElement {
  return element(
    'p',
    { class: 'file' },
    element('a', { class: 'download', href: localPath(payload as unknown as Payload), download: payload.orig_name }, `Download ${payload.orig_name}`),
    element('span', { class: 'quiet' }, ` ${bytes(payload.size)}`),
  );
}

/** Files are fetched from where the page came from, whatever address the server believes to have. */
const localPath = (value: Payload): string => `gradio_api/file=${(value as { path: string }).path.split('/').map(encodeURIComponent).join('/')}`;

const bytes = (size: number): string => (size < 1000 ? `${size} bytes` : size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`);

export const percent = (share: number): string => {
  const hundredths = 100 * share;
  if (hundredths > 0 && hundredths < 0.1) return '< 0.1 %';
  if (hundredths < 100 && hundredths > 99.9) return '> 99.9 %';
  return `${hundredths.toFixed(1)} %`;
};

/** Four significant digits, whole numbers whole. */
export function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return value.toExponential(2);
  return size >= 1000 ? value.toFixed(1) : String(Number(value.toPrecision(4)));
}
