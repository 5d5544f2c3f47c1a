/** How an item is timed. */
export type Timed =
  /** Wall time of a whole child process, from its start to its end. */
  | 'process'
  /** Wall time of one call by the process's own monotonic clock, warmed up, the median of several. */
  | 'call';

/** What one side of an item does inside its process. */
export interface Work<Result = unknown> {
  /** The timed part. */
  run: () => Promise<Result>;
  /** What both sides must agree on; not timed. Names as the peer has them. */
  numbers: (result: Result) => Promise<Numbers> | Numbers;
}

/** A number, a text (a hash) or lists of them, by name. */
export type Numbers = Readonly<Record<string, unknown>>;

/** What must be shown against the peer; ratios are ours over theirs. */
export interface Target {
  /** Most wall time, as a share of the peer's. */
  ratio?: number;
  /** Most peak memory, as a share of the peer's. */
  memoryRatio?: number;
  /** Most wall time in seconds, where there is no peer. */
  seconds?: number;
}

/** One line of the benchmark, or several: one per case. */
export interface BenchItem {
  /** As in `npm run bench -- name`; the file's name. */
  name: string;
  /** For the table. */
  title: string;
  timed: Timed;
  target: Target;
  /** Sizes, each a line of its own, whose times should grow no faster than the peer's. Default none: one line. */
  sizes?: (quick: boolean) => readonly number[];
  /** Makes the file or folder that both sides read and returns its path; smaller where a quick look is asked for. */
  input: (size: number, quick: boolean) => Promise<string>;
  /** Our side: reads the input (not timed where calls are timed) and returns the work. */
  ours?: (input: string) => Promise<Work<any>>;
  /** Our side as a process of its own: arguments of node. Its output is one JSON document of numbers, or nothing. */
  command?: (input: string, scratch: string) => readonly string[];
  /**
   * The peer: a file in bench/peers and its arguments after the input; `whole` for a script that gets a folder for its
   * outputs instead and prints its numbers as they are, `jobs` for one that starts two processes (n_jobs=2), which then
   * have one BLAS thread each, as joblib has it. Default none: ours alone.
   */
  peer?: { script: string; arguments?: readonly string[]; whole?: boolean; jobs?: boolean };
  /** How far numbers that are not whole may be apart, relative to 1 or their size. Default 0. */
  tolerance?: number;
  /** The same for single names, whole or not. */
  tolerances?: Readonly<Record<string, number>>;
}
