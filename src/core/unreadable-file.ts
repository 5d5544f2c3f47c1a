import { ParseError } from './errors.ts';

/** What a user is told when the system refuses to read a file that `owner` was asked for. */
export function unreadableFile(owner: string, path: string, error: unknown): ParseError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new ParseError(`${owner}: ${reasonOf(path, code ?? message)}`, { cause: error });
}

function reasonOf(path: string, reason: string): string {
  switch (reason) {
    case 'ENOENT':
      return `there is no file ${path}. Check the path; it counts from ${process.cwd()}.`;
    case 'EISDIR':
      return `${path} is a folder. Name a file in it.`;
    case 'EACCES':
      return `${path} may not be read by this user. Change its permissions.`;
    default:
      return `${path} cannot be read (${reason}).`;
  }
}
