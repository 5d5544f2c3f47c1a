const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text for HTML and XML, in element content and in quoted attributes alike.
 * Control characters and lone surrogates, which XML forbids, become U+FFFD.
 */
export function escapeHtml(text: unknown): string {
  return printable(String(text)).replace(/[&<>"']/g, (c) => entities[c]);
}

/** Text on one line that both HTML and XML can hold. */
export function printable(text: string): string {
  return text.replace(/[\t\n\r\u00a0]/g, ' ').replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}
