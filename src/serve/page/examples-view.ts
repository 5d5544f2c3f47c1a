import type { Payload, TabConfig } from './config.ts';
import { element } from './element.ts';

/** Inputs up to which a row has room for long texts. */
const FEW = 3;

/** The examples to click: lines of text for one input, a table for several. */
export function examplesView({ examples, inputs }: TabConfig, choose: (example: Payload[]) => void): HTMLElement | null {
  if (examples.length === 0) return null;
  const button = (example: Payload[], text: string): HTMLElement => element('button', { type: 'button', onclick: () => choose(example) }, text);
  const content =
    inputs.length === 1
      ? element('ul', { class: 'lines' }, ...examples.map((example) => element('li', {}, button(example, shown(example[0], 140)))))
      : element(
          'div',
          { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Examples' },
          element(
            'table',
            {},
            element('thead', {}, element('tr', {}, ...inputs.map(({ label }) => element('th', { scope: 'col' }, label)))),
            element('tbody', {}, ...examples.map((example, i) => tableRow(example.map((value) => shown(value, inputs.length > FEW ? 40 : 90)), (text) => button(example, text || `Example ${i + 1}`)))),
          ),
        );
  return element('section', { class: 'examples' }, element('h2', {}, 'Examples'), content);
}

/** The first cell that says something is the button, which the whole row belongs to. */
function tableRow(texts: readonly string[], button: (text: string) => HTMLElement): HTMLElement {
  const first = Math.max(0, texts.findIndex((text) => text !== ''));
  return element('tr', {}, ...texts.map((text, j) => element('td', {}, j === first ? button(text) : text)));
}

function shown(value: Payload, most: number): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
