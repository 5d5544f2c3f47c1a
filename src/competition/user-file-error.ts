import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompetitionError, RefitError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';

/**
 * What went wrong in loading or calling a file of the user's, told with the file that has the fault, once, its line where
 * that is known, and what to do; the error itself stays readable as the cause.
 * @param file full path of the file that was loaded
 */
export async function userFileError(file: string, cwd: string, error: unknown): Promise<CompetitionError> {
  const shown = (path: string): string => relative(cwd, path);
  const message = syntaxFault(error, shown) ?? (await exportFault(error, shown)) ?? moduleFault(error, shown) ?? plainFault(error, shown(file));
  return new CompetitionError(message, { cause: error });
}

type Shown = (path: string) => string;

/** The TypeScript loader tells of one as `file:line:column: message`, with the lines around it. */
function syntaxFault(error: unknown, shown: Shown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SyntaxError') return undefined;
  const [, path, line, column, message] = /^(.+?):(\d+):(\d+): (.+)$/s.exec(error.message) ?? [];
  return path === undefined ? undefined : `${shown(path)} line ${line}, column ${column}: SyntaxError: ${message}`;
}

/** Node tells of the importing file and line in front of the stack. */
async function exportFault(error: unknown, shown: Shown): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined;
  const [, module, name] = /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) ?? [];
  const [, importer, line] = /^(.+):(\d+)\n/.exec(error.stack ?? '') ?? [];
  if (module === undefined || importer === undefined) return undefined;
  const place = `${shown(importer.startsWith('file:') ? fileURLToPath(importer) : importer)} line ${line}`;
  if (name === 'default') return `${place}: ${module} has no default export. Import what it exports by name: import { … } from '${module}'.`;
  const near = module === 'refit' ? nearestName(name, await namesOfRefit(module)) : undefined;
  return `${place}: ${module} has no export ${name}. ${near ? `Did you mean ${near}? ` : ''}A type is imported as type ${name}.`;
}

/** Given as a parameter, the name is looked up when it is needed: nothing here is built with all of the library. */
async function namesOfRefit(module: string): Promise<string[]> {
  try {
    return Object.keys((await import(module)) as object);
  } catch {
    return [];
  }
}

function moduleFault(error: unknown, shown: Shown): string | undefined {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, kind, name, importer] = /^Cannot find (package|module) '(.+)' imported from (.+)$/.exec(error.message) ?? [];
  if (kind === undefined) return undefined;
  if (name === 'refit') return `${shown(importer)}: what a file imports of refit must be 'refit' or 'refit/adapters'.`;
  if (kind === 'package') return `${shown(importer)}: there is no package ${name}. Install it with npm install ${name}, or correct the name.`;
  const ending = ['.ts', '.mts', '.js', '.mjs'].find((one) => existsSync(name + one));
  const near = ending ? basename(name) + ending : nearestName(basename(name), existsSync(dirname(name)) ? readdirSync(dirname(name)) : []);
  return `${shown(importer)}: there is no file ${shown(name)}.${near ? ` Did you mean ${near}?` : ''}`;
}

function plainFault(error: unknown, file: string): string {
  const name = error instanceof Error && !(error instanceof RefitError) ? `${error.name}: ` : '';
  const message = error instanceof Error ? error.message : String(error);
  const line = error instanceof Error ? lineIn(file, error.stack) : undefined;
  return `${file}${line ? ` line ${line}` : ''}: ${name}${message}`;
}

function lineIn(file: string, stack: string | undefined): string | undefined {
  const base = file.slice(dirname(file).length);
  return stack?.split('\n').find((frame) => frame.includes(base) && /:\d+:\d+\)?$/.test(frame))?.match(/:(\d+):\d+\)?$/)?.[1];
}
