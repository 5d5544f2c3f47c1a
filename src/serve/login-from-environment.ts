import { OptionError } from '../core/errors.ts';

/**
 * Names and passwords of `name:password`, several with a line break between. They come from the environment since a
 * command's words can be read by everybody on the machine.
 * @throws OptionError, which does not repeat what it got
 */
export function loginFromEnvironment(text: string | undefined): Readonly<Record<string, string>> | null {
  if (text === undefined || text.trim() === '') return null;
  const pairs = text.trim().split(/\r?\n/).map((line) => /^([^:]+):(.+)$/.exec(line.trim()));
  if (pairs.some((pair) => pair === null)) throw new OptionError('REFIT_LOGIN: it must be name:password, one a line, and it is not.');
  return Object.fromEntries((pairs as RegExpExecArray[]).map(([, name, password]) => [name, password]));
}
