import type { Markup } from './html.ts';

/** A part of the report under a heading of its own. */
export interface Section {
  /** Of the heading's element; the page's menu leads there. */
  id: string;
  title: string;
  body: Markup;
}
