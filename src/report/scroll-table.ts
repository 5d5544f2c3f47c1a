import { html, raw, type Markup } from './html.ts';

/** One column's heading; text columns are aligned left, numbers right. */
export interface Column {
  name: string;
  kind?: 'text' | 'wrapped text';
}

/**
 * A table that scrolls by itself where the page is narrower, reachable by keyboard.
 * @param id unique in the page; the caption names the region
 * @param rows table rows as `tr` elements, their first header cell a `th scope="row"`
 */
export function scrollTable(id: string, caption: string, columns: readonly Column[], rows: readonly Markup[], footer: readonly Markup[] = []): Markup {
  const heads = columns.map(({ name, kind }) => html`<th scope="col"${raw(kind === undefined ? '' : ` class="${kind === 'text' ? 'text' : 'text wrap'}"`)}>${name}</th>`);
  const foot = footer.length > 0 ? html`<tfoot>${footer}</tfoot>` : null;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-caption"><table>
<caption id="${id}-caption"><span>${caption}</span></caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => html`${row}
`)}</tbody>${foot}</table></div>`;
}
