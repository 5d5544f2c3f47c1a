/**
 * From now on Ctrl-C and a request to end let the process exit in order, so that what is half written is removed. That
 * takes a main thread which turns to its events; without this a signal ends the process whatever it is doing.
 * @param atInterrupt called when it was Ctrl-C
 */
export function exitOnSignals(atInterrupt?: () => void): void {
  process.once('SIGINT', () => {
    atInterrupt?.();
    process.exit(130);
  });
  process.once('SIGTERM', () => process.exit(143));
}
