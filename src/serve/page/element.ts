type Child = Node | string | null | undefined | false;

/**
 * Makes an element. Text is always set as text, never as HTML, so that nothing a user or a model wrote can run.
 * Names that begin with `on` are listeners; true and false set and leave out an attribute.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | ((event: any) => void) | null | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

let count = 0;

/** An id that no other element has. */
export const freshId = (prefix: string): string => `${prefix}-${++count}`;
