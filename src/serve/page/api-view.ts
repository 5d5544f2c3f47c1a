import type { Config, InputConfig, TabConfig } from './config.ts';
import { element } from './element.ts';
import { curlSnippet, javaScriptSnippet, pythonSnippet } from './snippets.ts';
import { tabs } from './tabs.ts';

/** How to call each endpoint from curl, JavaScript and Python, with code that runs as it stands. */
export function apiView({ refit }: Config): HTMLElement {
  const base = (location.origin + location.pathname).replace(/\/+$/, '');
  return element(
    'div',
    { class: 'api' },
    element('p', { class: 'about' }, 'Everything here can be called by Gradio’s clients and by plain requests. ', element('a', { href: 'openapi.json' }, 'OpenAPI description'), '.'),
    ...refit.tabs.map((tab) => endpoint(tab, base, refit.canLogOut)),
  );
}

function endpoint(tab: TabConfig, base: string, hasLogin: boolean): HTMLElement {
  const languages = tabs(`Code for /${tab.apiName}`, [
    { title: 'curl', panel: code(curlSnippet(tab, base, hasLogin)) },
    { title: 'JavaScript', panel: code(javaScriptSnippet(tab, base, hasLogin)) },
    { title: 'Python', panel: code(pythonSnippet(tab, base, hasLogin)) },
  ]);
  return element(
    'section',
    { class: 'endpoint panel' },
    element('h2', {}, element('code', {}, `/${tab.apiName}`), element('span', { class: 'quiet' }, ` ${tab.title}`)),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Parameters of /${tab.apiName}` },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...['Parameter', 'Label', 'Takes', 'If left out'].map((head) => element('th', { scope: 'col' }, head)))),
        element(
          'tbody',
          {},
          ...tab.inputs.map((input) =>
            element('tr', {}, element('th', { scope: 'row' }, element('code', {}, input.name)), element('td', {}, input.label), element('td', {}, kind(input)), element('td', {}, input.initial === null && !input.optional ? 'must be given' : element('code', {}, JSON.stringify(input.initial)))),
          ),
        ),
      ),
    ),
    element('p', {}, 'Returns ', tab.outputs.map(({ label, type }) => `${label} (${type})`).join(', '), '.'),
    languages.list,
    ...languages.panels,
  );
}

function kind({ type, choices, min, max, whole, optional }: InputConfig): string {
  const orNull = optional ? ', or null' : '';
  if (choices) {
    const list = choices.slice(0, 12).map((one) => JSON.stringify(one)).join(', ') + (choices.length > 12 ? `, … (${choices.length} in all)` : '');
    return `${type === 'checkboxgroup' ? 'a list of' : 'one of'} ${list}${orNull}`;
  }
  if (type === 'number' || type === 'slider') {
    const range = min != null && max != null ? ` from ${min} to ${max}` : min != null ? ` from ${min}` : max != null ? ` up to ${max}` : '';
    return `a ${whole ? 'whole ' : ''}number${range}${orNull}`;
  }
  return { checkbox: 'true or false', dataframe: 'a table', file: 'an uploaded file', image: 'an uploaded image' }[type] ?? 'a text';
}

function code(text: string): HTMLElement {
  const said = element('span', { class: 'hidden', role: 'status' });
  const copy = element('button', { type: 'button', class: 'copy', onclick: async () => {
    await navigator.clipboard.writeText(text).then(() => (said.textContent = 'Copied'), () => (said.textContent = 'Select the text to copy it'));
    copy.textContent = said.textContent;
    setTimeout(() => {
      copy.textContent = 'Copy';
      said.textContent = '';
    }, 2000);
  } }, 'Copy');
  return element('div', { class: 'snippet' }, element('pre', { tabindex: 0, role: 'region', 'aria-label': 'Code' }, element('code', {}, text)), copy, said);
}
