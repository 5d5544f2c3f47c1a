import { escapeHtml } from './escape-html.ts';

/** HTML that is safe to insert as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | undefined | readonly Part[];

/** Marks text as markup: only for text that this program wrote. */
export const raw = (markup: string): Markup => ({ markup });

/**
 * A template tag that escapes every value put into it, unless that is Markup itself. Lists are joined;
 * null and undefined leave nothing.
 *
 * @example
 * html`<td>${pipeline.name}</td>`.markup; // <td>a &lt; b</td>
 */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return raw(texts.reduce((whole, text, i) => whole + render(parts[i - 1]) + text));
}

function render(part: Part): string {
  if (part == null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(part);
  return 'markup' in part ? part.markup : part.map(render).join('');
}
