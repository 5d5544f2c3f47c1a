import type { RunningDemo } from './launch.ts';

/** Waits for Ctrl-C or a request to end, then closes the server: running calls end first. A second signal ends the process at once. */
export async function untilStopped(demo: RunningDemo): Promise<void> {
  const [signal, status] = await new Promise<[NodeJS.Signals, number]>((resolve) => {
    for (const [name, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) process.once(name, () => resolve([name, code]));
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(status));
  process.stderr.write(`${signal}: closing, running calls end first.\n`);
  await demo.close();
}
