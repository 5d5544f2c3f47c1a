/** What Ctrl-C leaves of a command's work. */
export interface KeptWork {
  /** How many steps are kept, of how many. */
  kept: number;
  steps: number;
  /** What steps are called. */
  unit: string;
  /** A sentence: how to go on with them. */
  goOn: string;
}

/** The last line of a command that Ctrl-C ends. On a terminal it takes the place of the ^C that was echoed. */
export function interruptedLine({ kept, steps, unit, goOn }: KeptWork, isTerminal: boolean): string {
  const line = kept === 0 ? `Interrupted with no ${unit} done.` : `Interrupted: ${kept} of ${steps} ${unit} are kept. ${goOn}`;
  return `${isTerminal ? '\r\x1b[K' : ''}${line}\n`;
}
