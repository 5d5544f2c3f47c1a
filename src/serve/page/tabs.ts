import { element, freshId } from './element.ts';

/** Tabs as the ARIA practices have them: arrows move between them, only the chosen one is in the order of the Tab key. */
export function tabs(label: string, entries: readonly { title: string; panel: HTMLElement; hash?: string }[]): { list: HTMLElement; panels: HTMLElement[] } {
  const ids = entries.map(() => freshId('tab'));
  const buttons = entries.map(({ title }, i) => element('button', { type: 'button', role: 'tab', id: ids[i], 'aria-controls': `${ids[i]}-panel` }, title));
  const panels = entries.map(({ panel }, i) => element('div', { role: 'tabpanel', id: `${ids[i]}-panel`, 'aria-labelledby': ids[i] }, panel));
  const choose = (chosen: number, focus: boolean): void => {
    for (const [i, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(i === chosen));
      button.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
    }
    if (focus) buttons[chosen].focus();
  };
  for (const [i, button] of buttons.entries()) {
    button.addEventListener('click', () => {
      choose(i, false);
      const { hash } = entries[i];
      if (hash !== undefined) history.replaceState(null, '', hash === '' ? location.pathname : `#${hash}`);
    });
    button.addEventListener('keydown', (event) => {
      const last = buttons.length - 1;
      const to = { ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(to, true);
    });
  }
  choose(Math.max(0, entries.findIndex(({ hash }) => hash !== undefined && hash !== '' && location.hash === `#${hash}`)), false);
  return { list: element('div', { role: 'tablist', class: 'tabs', 'aria-label': label }, ...buttons), panels };
}
