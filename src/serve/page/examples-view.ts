import type { Payload, TabConfig } from './config.ts';
import { element } from './element.ts';

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
            element('tbody', {}, ...examples.map((example, i) => element('tr', {}, ...example.map((value, j) => element('td', {}, j === 0 ? button(example, shown(value, 40) || `Example ${i + 1}`) : shown(value, 40)))))),
          ),
        );
  return element('section', { class: 'examples' }, element('h2', {}, 'Examples'), content);
}

function shown(value: Payload, most: number): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
