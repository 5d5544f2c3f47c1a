import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LoadFnOutput, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { OxcError, transformSync } from 'oxc-transform';

const REFIT: Readonly<Record<string, string>> = {
  refit: new URL('../index.js', import.meta.url).href,
  'refit/adapters': new URL('../adapters/index.js', import.meta.url).href,
};

/**
 * 'refit' is the running copy, wherever the importing file lies: a second copy would have classes of
 * its own. A relative import of `x.js` finds `x.ts` when only that is there, as the compiler does.
 */
export const resolve: ResolveHook = (specifier, context, next) => {
  if (Object.hasOwn(REFIT, specifier)) return { url: REFIT[specifier], shortCircuit: true };
  if (/^\.\.?\/.*\.js$/.test(specifier) && context.parentURL?.startsWith('file:')) {
    const script = new URL(specifier, context.parentURL);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (!existsSync(script) && existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
};

/** Strips the types of what isTypeScript says. */
export const load: LoadHook = async (url, context, next) => {
  if (!isTypeScript(url)) return next(url, context);
  const [oxc, source] = await Promise.all([import('oxc-transform'), readFile(fileURLToPath(url), 'utf8')]);
  return withoutTypes(url, source, oxc.transformSync);
};

/** Whether a module is a .ts file outside node_modules. */
export function isTypeScript(url: string): boolean {
  return url.startsWith('file:') && /\.m?ts$/.test(new URL(url).pathname) && !url.includes('/node_modules/');
}

/** A TypeScript module as JavaScript; stack traces keep the original lines. @throws SyntaxError with the place */
export function withoutTypes(url: string, source: string, transform: typeof transformSync): LoadFnOutput {
  const file = fileURLToPath(url);
  const { code, map, errors } = transform(file, source, { sourcemap: true, typescript: { onlyRemoveTypeImports: true } });
  if (errors.length > 0) throw new SyntaxError(`${file}${placeIn(source, errors[0])}: ${errors[0].message}${linesAround(errors[0])}`);
  const inlineMap = Buffer.from(JSON.stringify(map)).toString('base64');
  return { format: 'module', source: `${code}\n//# sourceMappingURL=data:application/json;base64,${inlineMap}`, shortCircuit: true };
}

/** `:line:column`, both from 1; the error counts in bytes. */
function placeIn(source: string, { labels }: OxcError): string {
  if (labels.length === 0) return '';
  const before = Buffer.from(source).subarray(0, labels[0].start).toString().split('\n');
  return `:${before.length}:${before[before.length - 1].length + 1}`;
}

/** The lines of the source that the error shows, below the message and the file that it repeats. */
function linesAround({ codeframe }: OxcError): string {
  const lines = (codeframe ?? '').split('\n').filter((line) => /^ *(\d+ \||: )/.test(line));
  return lines.map((line) => `\n${line}`).join('');
}
