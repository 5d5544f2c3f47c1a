import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as Hooks from './typescript-hooks.ts';

type Load = (url: string, context: object, next: (url: string, context: object) => object) => object;

/** What Node has from 22.15 on, and the types of Node 20 do not know. */
type RegisterHooks = (hooks: { resolve: unknown; load: Load }) => void;

/**
 * From now on this thread imports TypeScript files. Where Node can ask in the thread itself it does; before 22.15 it asks a
 * thread of its own, whose start takes as long as Node's.
 * @param hooks the built loader/typescript-hooks.js
 */
export async function useTypeScript(hooks: URL): Promise<void> {
  // Imported by name it would be an error where it is not there.
  const { registerHooks } = createRequire(import.meta.url)('node:module') as { registerHooks?: RegisterHooks };
  if (registerHooks === undefined) {
    register(hooks.href);
    return;
  }
  const [{ resolve, isTypeScript, withoutTypes }, { transformSync }] = await Promise.all([import(hooks.href) as Promise<typeof Hooks>, import('oxc-transform')]);
  registerHooks({
    resolve,
    load: (url, context, next) => (isTypeScript(url) ? withoutTypes(url, readFileSync(fileURLToPath(url), 'utf8'), transformSync) : next(url, context)),
  });
}
