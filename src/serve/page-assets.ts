import { readFileSync } from 'node:fs';
import { escapeHtml } from '../report/escape-html.ts';

// The page is bundled into dist/; from src/, where tests load this module, it is found there too.
const folder = new URL('../../dist/serve/page/', import.meta.url);

const read = (name: string): Buffer => readFileSync(new URL(name, folder));

/** The page's files, read once. */
export interface PageAssets {
  /** By the path they are asked for. */
  files: ReadonlyMap<string, { body: Buffer; type: string }>;
  /** The page with its title in place. */
  html: Buffer;
  /** The page that asks for a login. */
  login: Buffer;
}

export function pageAssets(title: string, loginMessage: string): PageAssets {
  const fill = (name: string, values: Readonly<Record<string, string>>): Buffer =>
    Buffer.from(read(name).toString('utf8').replace(/\{\{(\w+)\}\}/g, (_, key: string) => escapeHtml(values[key] ?? '')));
  return {
    files: new Map([
      ['/assets/page.js', { body: read('page.js'), type: 'text/javascript; charset=utf-8' }],
      ['/assets/login.js', { body: read('login.js'), type: 'text/javascript; charset=utf-8' }],
      ['/assets/page.css', { body: read('page.css'), type: 'text/css; charset=utf-8' }],
      ['/favicon.svg', { body: read('favicon.svg'), type: 'image/svg+xml' }],
    ]),
    html: fill('index.html', { title }),
    login: fill('login.html', { title, message: loginMessage }),
  };
}

/** What the page may do: run our script, use our styles, talk to this server; nothing inline, nothing from elsewhere. */
export function pagePolicy(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.length > 0 ? ["'self'", ...frameAncestors].join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
  ].join('; ');
}
