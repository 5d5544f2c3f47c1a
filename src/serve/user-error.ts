import { RefitError } from '../core/errors.ts';

/**
 * An error that is meant for whoever uses a demo: its message reaches the page and the API's callers as it is.
 * Every other error that a demo's function throws is logged on the server, and callers learn only that it happened.
 *
 * @example
 * if (text.trim() === '') throw new UserError('Write a message first.');
 */
export class UserError extends RefitError {
  /** Heading of the message on the page. */
  readonly title: string;

  constructor(message: string, { title = 'Error', ...options }: ErrorOptions & { title?: string } = {}) {
    super(message, options);
    this.title = title;
  }
}
