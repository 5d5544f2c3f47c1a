/** How far a call is; shown as a bar on the page. */
export interface ProgressReport {
  /** Steps done. */
  done: number;
  /** Steps in all; null where it is not known. */
  total: number | null;
  /** What is being done. */
  text: string;
  unit: string;
}

/** What a demo's function is given after its inputs: a way to tell how far it is, and to hear that nobody waits any more. */
export interface CallContext {
  /**
   * Tells how far the call is.
   * @param done steps done @param total steps in all @param text what is being done @param unit what a step is called
   */
  progress(done: number, total?: number | null, text?: string, unit?: string): void;
  /** Shows the caller a note beside the result. */
  log(message: string, level?: 'info' | 'warning' | 'success'): void;
  /** Aborted when the caller has cancelled or gone, or the server ends. */
  readonly signal: AbortSignal;
}
