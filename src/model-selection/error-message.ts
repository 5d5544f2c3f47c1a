import * as errors from '../core/errors.ts';

/** An error as plain data: its class would not survive the way between threads. */
export interface ErrorMessage {
  name: string;
  message: string;
  stack: string | undefined;
  /** The value itself where something else than an Error was thrown. */
  thrown?: unknown;
}

export function toErrorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: '', message: '', stack: undefined, thrown: typeof error === 'function' ? String(error) : error };
  return { name: error.name, message: error.message, stack: error.stack };
}

/** An error of the same class, name, message and stack; of class Error where the class is neither ours nor JavaScript's. */
export function fromErrorMessage({ name, message, stack, ...rest }: ErrorMessage): unknown {
  if ('thrown' in rest) return rest.thrown;
  const own = (errors as Record<string, unknown>)[name];
  const standard = (globalThis as Record<string, unknown>)[name];
  const Class = [own, standard].find((one): one is typeof Error => typeof one === 'function' && (one === Error || one.prototype instanceof Error)) ?? Error;
  const error = new Class(message);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
