/** An error with the name of what failed in front of its message, and in the head of its stack; an abort is left as it is. */
export function nameError(name: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError') return error;
  const message = `${name}: ${error.message}`;
  const { stack } = error;
  if (stack !== undefined && error.message !== '') error.stack = stack.replace(error.message, () => message);
  error.message = message;
  return error;
}
